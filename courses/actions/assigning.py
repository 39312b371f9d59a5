"""Assigning a module or a course to people, teams and roles, and taking that back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.actions.enrolling import (
    Planner,
    assigned_drafts,
    lacking_duties,
    lock_people,
    store_duties,
)
from courses.learning_state import WithdrawnAs
from courses.models import Assignment, Course, Module, SavedView
from courses.queries.audience import AssignmentChoice, Audience, audience_of, modules_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import plan_emails
from portal.people.models import Team, User
from portal.people.permissions import Role

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
    choice: AssignmentChoice, *, by: User, at: datetime, note: str = "", is_told: bool = True
) -> AssignmentMade:
    """Give a module, or all of a course, to everybody whom the choice reaches; one mail to each.

    Without `is_told` the caller tells them, in a mail about something larger.

    Who has a module already keeps their date, who finished it is left alone. Two leads may do this
    at once, and the same lead twice: nobody gets a module a second time while it is open.

    Raises:
        UnknownAudience: a person or team is not theirs to choose, or does not exist.
        NobodyNew: nobody would get it; nothing was written.
    """
    people, modules = audience_of(choice, viewer=by, now=at), modules_of(choice.what)
    lock_people(people)
    duties = lacking_duties(people, modules, Planner(choice, at))
    if not duties and not choice.goes_on:
        raise NobodyNew(_("Everybody you chose has this already, or finished it."))
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
        audience=audience_in_words(choice),
        made_by=by,
        made_at=at,
        roles=sorted(choice.roles),
        tags=sorted(choice.tags),
        reaches_later=choice.reaches_later,
        renew_months=choice.renew_months,
        opens_days_before=choice.opens_days_before,
    )
    assignment.teams.set(choice.teams)
    assignment.people.set(choice.people)
    if choice.views:
        assignment.views.set(choice.views)
    stored = store_duties(assignment, duties)
    if not stored and not choice.goes_on:
        raise NobodyNew(_("Everybody you chose has this already, or finished it."))
    drafts = assigned_drafts(assignment, stored)
    if is_told:
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
        tags=sorted(choice.tags),
        views=sorted(choice.views),
        reaches_later=choice.reaches_later,
        renew_months=choice.renew_months,
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
    if found.goes_on:
        found.stopped_at, found.stopped_by = found.stopped_at or at, found.stopped_by or by
    found.save(update_fields=["undone_at", "stopped_at", "stopped_by"])
    withdrawn: int = found.enrolments.open().update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_as=WithdrawnAs.WITHDRAWN
    )
    record("undid", found, by=by, at=at, withdrawn=withdrawn)
    return withdrawn


def audience_in_words(choice: Audience) -> str:
    """Return for whom something is: `Scheduling Blue, Priya Raman and 2 more`."""
    teams = Team.objects.filter(pk__in=choice.teams).order_by("path")
    people = User.objects.filter(pk__in=choice.people).by_name()
    names = [*teams.values_list("name", flat=True)[:_NAMES_TOLD]]
    names += [str(role.label) for role in Role if role in choice.roles]
    names += [gettext("tagged %(tag)s") % {"tag": tag} for tag in sorted(choice.tags)]
    if choice.views:
        names += SavedView.objects.filter(pk__in=choice.views).values_list("name", flat=True)
    names = names[:_NAMES_TOLD]
    names += people.values_list("name", flat=True)[: _NAMES_TOLD - len(names)]
    chosen = (choice.teams, choice.roles, choice.tags, choice.views, choice.people)
    more = sum(map(len, chosen)) - len(names)
    words = ", ".join(names)
    if more:
        words = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
            "names": words,
            "more": more,
        }
    return Truncator(words).chars(_AUDIENCE_LIMIT)
