"""Assigning a module or a course to people, teams and roles, and taking that back."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.learning_state import WithdrawnAs
from courses.models import Assignment, Course, Enrolment, Module
from courses.queries.assignments import last_day_for, schedule_for
from courses.queries.audience import (
    AssignmentChoice,
    Standing,
    audience_of,
    modules_of,
    pairs_covered,
    with_standing,
)
from courses.reminder_times import Schedule, WorkingTime
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import Team, User
from portal.people.permissions import Role

_ROWS_PER_INSERT = 1000
_NAMES_TOLD = 3
_AUDIENCE_LIMIT = 300


class NobodyNew(Refusal):
    """The assignment would reach nobody."""


class UndoIsOver(Refusal):
    """The hour in which an assignment can be undone has passed."""


@dataclass(frozen=True)
class AssignmentMade:
    """A new assignment and how many people it reached."""

    assignment: Assignment
    people: int


@transaction.atomic
def assign_learning(
    choice: AssignmentChoice, *, by: User, at: datetime, note: str = ""
) -> AssignmentMade:
    """Give a module, or all of a course, to everybody whom the choice reaches; one mail to each.

    Who has a module already keeps their date, who finished it is left alone. Two leads may do this
    at once, and the same lead twice: nobody gets a module a second time while it is open.

    Raises:
        UnknownAudience: a person or team is not theirs to choose, or does not exist.
        NobodyNew: nobody would get it; nothing was written.
    """
    people, modules = audience_of(choice, viewer=by), modules_of(choice.what)
    _lock(people)
    reached = _reached(people, modules, choice, at)
    what = choice.what
    assignment = Assignment.objects.create(
        module=what if isinstance(what, Module) else None,
        course=what if isinstance(what, Course) else None,
        due_kind=choice.due.kind,
        due_on=choice.due.on,
        due_days=choice.due.days,
        closes_days_after=choice.closes_days_after,
        remind_days_before=choice.reminders.days_before,
        notes_overdue=choice.reminders.notes_overdue,
        note=note,
        audience=_audience_in_words(choice),
        made_by=by,
        made_at=at,
    )
    enrolled = _enrol(assignment, reached)
    if not enrolled:
        raise NobodyNew(_("Everybody you chose has this already, or finished it."))
    drafts = _drafts(assignment, enrolled)
    plan_emails(drafts, at=at)
    record(
        "assigned",
        assignment,
        by=by,
        at=at,
        what=str(what._meta.label_lower),
        id=what.pk,
        due=choice.due.kind.value,
        due_on=choice.due.on.isoformat() if choice.due.on else None,
        due_days=choice.due.days,
        people=sorted(choice.people),
        teams=sorted(choice.teams),
        roles=sorted(choice.roles),
        reached=len(drafts),
    )
    return AssignmentMade(assignment, len(drafts))


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
    withdrawn: int = found.enrolments.open().update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_as=WithdrawnAs.WITHDRAWN
    )
    record("undid", found, by=by, at=at, withdrawn=withdrawn)
    return withdrawn


def _lock(people: QuerySet[User]) -> None:
    """Keep everybody from finishing the module, or getting it from another lead, until we are done.

    In the order of their ids, so that two leads wait for each other instead of blocking.
    """
    rows = User.objects.filter(pk__in=people.values("pk")).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _reached(
    people: QuerySet[User], modules: list[Module], choice: AssignmentChoice, at: datetime
) -> list[Enrolment]:
    """Return enrolments, not stored yet, for everybody who gets something, in each module."""
    found = with_standing(people, modules).filter(standing=Standing.REACHED)
    fields = ("time_zone", "work_starts", "work_ends", "working_days", "joined_on")
    lacking = list(found.only(*fields))
    covered = pairs_covered([person.pk for person in lacking], modules)
    schedules: dict[tuple[WorkingTime, date], Schedule] = {}
    reached = []
    for person in lacking:
        working = WorkingTime.of(person)
        due_on = last_day_for(choice, person.time_zone, person.joined_on, at=at)
        if (working, due_on) not in schedules:
            schedules[working, due_on] = schedule_for(choice, working, due_on, at=at)
        moments = schedules[working, due_on]
        if moments.due_at <= at:
            continue
        reached += [
            Enrolment(
                user=person,
                module=module,
                due_on=due_on,
                due_at=moments.due_at,
                closes_at=moments.closes_at,
                remind_at=moments.remind_at,
                overdue_note_at=moments.overdue_note_at,
                created_at=at,
            )
            for module in modules
            if (person.pk, module.pk) not in covered
        ]
    return reached


def _enrol(assignment: Assignment, reached: Collection[Enrolment]) -> list[Enrolment]:
    """Store the enrolments that conflict with none, and return those with their people."""
    for enrolment in reached:
        enrolment.assignment = assignment
    Enrolment.objects.bulk_create(reached, batch_size=_ROWS_PER_INSERT, ignore_conflicts=True)
    stored = Enrolment.objects.filter(assignment=assignment).select_related("user")
    return list(stored.only("user", "user__email").order_by("pk"))


def _drafts(assignment: Assignment, enrolled: Collection[Enrolment]) -> list[EmailDraft]:
    """Return one mail for each person, about all that they got."""
    of_person: dict[User, list[int]] = defaultdict(list)
    for enrolment in enrolled:
        of_person[enrolment.user].append(enrolment.pk)
    return [
        EmailDraft(
            kind="learning_assigned",
            recipient=person,
            to_address=person.email,
            dedupe_key=f"learning_assigned:{person.pk}:{assignment.pk}",
            params={"enrolments": enrolments},
            due_at=assignment.made_at,
        )
        for person, enrolments in of_person.items()
    ]


def _audience_in_words(choice: AssignmentChoice) -> str:
    """Return for whom it was made: `Scheduling Blue, Priya Raman and 2 more`."""
    teams = Team.objects.filter(pk__in=choice.teams).order_by("path")
    people = User.objects.filter(pk__in=choice.people).by_name()
    names = [*teams.values_list("name", flat=True)[:_NAMES_TOLD]]
    names += [str(role.label) for role in Role if role in choice.roles]
    names = names[:_NAMES_TOLD]
    names += people.values_list("name", flat=True)[: _NAMES_TOLD - len(names)]
    more = len(choice.teams) + len(choice.roles) + len(choice.people) - len(names)
    words = ", ".join(names)
    if more:
        words = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
            "names": words,
            "more": more,
        }
    return Truncator(words).chars(_AUDIENCE_LIMIT)
