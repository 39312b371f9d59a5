"""Assigning a module to people and teams, and taking that back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.models import Assignment, Enrolment
from courses.queries.assignments import schedule_for
from courses.queries.audience import AssignmentChoice, Standing, audience_of, with_standing
from courses.reminder_times import WorkingTime
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import Team, User

_ROWS_PER_INSERT = 1000
_NAMES_TOLD = 3
_AUDIENCE_LIMIT = 300


class NobodyNew(Refusal):
    """The assignment would reach nobody."""


class UndoIsOver(Refusal):
    """The hour in which an assignment can be undone has passed."""


class AlreadyFinished(Refusal):
    """What was finished cannot be withdrawn any more."""


@dataclass(frozen=True)
class AssignmentMade:
    """A new assignment and how many people it reached."""

    assignment: Assignment
    people: int


@transaction.atomic
def assign_module(
    choice: AssignmentChoice, *, by: User, at: datetime, note: str = ""
) -> AssignmentMade:
    """Give a module to everybody whom the choice reaches, and tell each of them in one mail.

    Who has it already keeps their date, who finished it is left alone. Two leads may do this at
    once, and the same lead twice: nobody gets a module a second time while it is open.

    Raises:
        UnknownAudience: a person or team is not theirs to choose, or does not exist.
        NobodyNew: nobody would get it; nothing was written.
    """
    people = audience_of(choice, viewer=by)
    _lock(people)
    reached = _reached(people, choice, at)
    assignment = Assignment.objects.create(
        module=choice.module,
        due_on=choice.due_on,
        remind_days_before=choice.reminders.days_before,
        notes_overdue=choice.reminders.notes_overdue,
        note=note,
        audience=_audience_in_words(choice),
        made_by=by,
        made_at=at,
    )
    enrolled = _enrol(assignment, reached)
    if not enrolled:
        raise NobodyNew(_("Everybody you chose has this module already, or finished it."))
    plan_emails(_drafts(assignment, enrolled), at=at)
    record(
        "assigned",
        assignment,
        by=by,
        at=at,
        module=choice.module.pk,
        due_on=choice.due_on.isoformat(),
        people=sorted(choice.people),
        teams=sorted(choice.teams),
        reached=len(enrolled),
    )
    return AssignmentMade(assignment, len(enrolled))


@transaction.atomic
def undo_assignment(assignment: Assignment, *, by: User, at: datetime) -> int:
    """Withdraw whatever of an assignment is still open; return from how many people.

    Mails that have not left yet are dropped when their turn comes. Safe to repeat.

    Raises:
        UndoIsOver: it was made more than an hour ago.
    """
    found = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if found.undone_at:
        return 0
    if not found.can_be_undone(at):
        raise UndoIsOver(
            _("This was assigned more than an hour ago. You can still withdraw it per person.")
        )
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    withdrawn: int = found.enrolments.open().update(withdrawn_at=at, withdrawn_by=by)
    record("undid", found, by=by, at=at, withdrawn=withdrawn)
    return withdrawn


@transaction.atomic
def withdraw_enrolment(enrolment: Enrolment, *, by: User, at: datetime) -> Enrolment:
    """Take a module off somebody's list; what they did in it stays. Safe to repeat.

    Raises:
        AlreadyFinished: they have finished it.
    """
    found = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if found.completed_at:
        raise AlreadyFinished(_("They finished it in the meantime, so it stays on their record."))
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by = at, by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record("withdrew", found, by=by, at=at, user=found.user_id, module=found.module_id)
    return found


def _lock(people: QuerySet[User]) -> None:
    """Keep everybody from finishing the module, or getting it from another lead, until we are done.

    In the order of their ids, so that two leads wait for each other instead of blocking.
    """
    rows = User.objects.filter(pk__in=people.values("pk")).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _reached(people: QuerySet[User], choice: AssignmentChoice, at: datetime) -> list[Enrolment]:
    """Return enrolments, not stored yet, for everybody who gets the module."""
    found = with_standing(people, choice.module).filter(standing=Standing.REACHED)
    schedule_of = cache(partial(schedule_for, choice, at=at))
    people_and_moments = [
        (person, schedule_of(WorkingTime.of(person)))
        for person in found.only("time_zone", "work_starts", "work_ends", "working_days")
    ]
    return [
        Enrolment(
            user=person,
            module=choice.module,
            due_on=choice.due_on,
            due_at=moments.due_at,
            remind_at=moments.remind_at,
            overdue_note_at=moments.overdue_note_at,
            created_at=at,
        )
        for person, moments in people_and_moments
        if moments.due_at > at
    ]


def _enrol(assignment: Assignment, reached: Collection[Enrolment]) -> list[Enrolment]:
    """Store the enrolments that conflict with none, and return those with their people."""
    for enrolment in reached:
        enrolment.assignment = assignment
    Enrolment.objects.bulk_create(reached, batch_size=_ROWS_PER_INSERT, ignore_conflicts=True)
    stored = Enrolment.objects.filter(assignment=assignment).select_related("user")
    return list(stored.only("user", "user__email").order_by("pk"))


def _drafts(assignment: Assignment, enrolled: Collection[Enrolment]) -> list[EmailDraft]:
    return [
        EmailDraft(
            kind="learning_assigned",
            recipient=enrolment.user,
            to_address=enrolment.user.email,
            dedupe_key=f"learning_assigned:{enrolment.user_id}:{assignment.pk}",
            params={"enrolment": enrolment.pk},
            due_at=assignment.made_at,
        )
        for enrolment in enrolled
    ]


def _audience_in_words(choice: AssignmentChoice) -> str:
    """Return for whom it was made: `Scheduling Blue, Priya Raman and 2 more`."""
    teams = Team.objects.filter(pk__in=choice.teams).order_by("path")
    people = User.objects.filter(pk__in=choice.people).by_name()
    names = [*teams.values_list("name", flat=True)[:_NAMES_TOLD]]
    names += people.values_list("name", flat=True)[: _NAMES_TOLD - len(names)]
    more = len(choice.teams) + len(choice.people) - len(names)
    words = ", ".join(names)
    if more:
        words = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
            "names": words,
            "more": more,
        }
    return Truncator(words).chars(_AUDIENCE_LIMIT)
