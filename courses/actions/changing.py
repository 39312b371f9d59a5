"""Changing one person's duty: more time, an exemption, taking it off their list; always told."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.learning_state import WithdrawnAs
from courses.models import ChangeOfDuty, Enrolment, EnrolmentChange
from courses.reminder_times import WorkingTime, schedule
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User

_STATE_FIELDS = ["withdrawn_at", "withdrawn_by", "withdrawn_as"]


class AlreadyFinished(Refusal):
    """What was finished cannot be changed any more."""


class IsOver(Refusal):
    """The duty has ended in a way that this change cannot undo."""


class NoLaterDay(Refusal):
    """More time means a later day than now, and one that is not over."""


@transaction.atomic
def extend_enrolment(
    enrolment: Enrolment, *, due_on: date, reason: str, by: User, at: datetime
) -> EnrolmentChange:
    """Give somebody until the end of a later day; reminders follow, and what closed is open again.

    Raises:
        AlreadyFinished: they have finished it.
        IsOver: it was withdrawn, or they have it again by another assignment.
        NoLaterDay: the day is not later than theirs, or over where they are.
    """
    found = _locked(enrolment)
    if found.withdrawn_as not in ("", WithdrawnAs.CLOSED):
        raise IsOver(_("It’s not on their list any more. Assign it again instead."))
    if found.withdrawn_as and _have_it_again(found):
        raise IsOver(_("They have it again by another assignment. Give them more time there."))
    moments = schedule(
        due_on,
        found.assignment.reminder_choice,
        WorkingTime.of(found.user),
        told_at=at,
        closes_days_after=found.assignment.closes_days_after,
    )
    if due_on <= found.due_on or moments.due_at <= at:
        raise NoLaterDay(_("Choose a later day than the one they have."))
    before = found.due_on
    found.due_on, found.due_at, found.told_at = due_on, moments.due_at, at
    found.closes_at, found.remind_at = moments.closes_at, moments.remind_at
    found.overdue_note_at = moments.overdue_note_at
    found.reminded_at = found.overdue_noted_at = None
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_as = None, None, ""
    found.save()
    return _note(
        found,
        ChangeOfDuty.EXTENDED,
        reason,
        by=by,
        at=at,
        due_on_before=before,
        due_on_after=due_on,
    )


@transaction.atomic
def exempt_enrolment(
    enrolment: Enrolment, *, reason: str, by: User, at: datetime
) -> EnrolmentChange:
    """Say that somebody need not do it, now or by a later assignment, until the exemption ends.

    Raises:
        AlreadyFinished: they have finished it.
        IsOver: it is not on their list any more.
    """
    found = _locked(enrolment)
    if found.withdrawn_as not in ("", WithdrawnAs.CLOSED):
        raise IsOver(_("It’s not on their list any more."))
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_as = at, by, WithdrawnAs.EXEMPT
    found.save(update_fields=_STATE_FIELDS)
    return _note(found, ChangeOfDuty.EXEMPTED, reason, by=by, at=at)


@transaction.atomic
def withdraw_enrolment(
    enrolment: Enrolment, *, reason: str, by: User, at: datetime
) -> EnrolmentChange | None:
    """Take a module off somebody's list; what they did in it stays. Safe to repeat.

    Raises:
        AlreadyFinished: they have finished it.
    """
    found = _locked(enrolment)
    if found.withdrawn_as:
        return None
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_as = at, by, WithdrawnAs.WITHDRAWN
    found.save(update_fields=_STATE_FIELDS)
    return _note(found, ChangeOfDuty.WITHDRAWN, reason, by=by, at=at)


@transaction.atomic
def end_exemption(
    enrolment: Enrolment, *, reason: str, by: User, at: datetime
) -> EnrolmentChange | None:
    """Let assignments reach somebody again who was exempt from a module. Safe to repeat."""
    found = _locked(enrolment)
    if found.withdrawn_as != WithdrawnAs.EXEMPT:
        return None
    found.withdrawn_as = WithdrawnAs.WITHDRAWN
    found.save(update_fields=["withdrawn_as"])
    return _note(found, ChangeOfDuty.EXEMPTION_ENDED, reason, by=by, at=at)


def _locked(enrolment: Enrolment) -> Enrolment:
    """Lock a duty and its person, the person first as in every action that does both."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.user_id)
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("user", "assignment")
    found = rows.get(pk=enrolment.pk)
    if found.completed_at:
        raise AlreadyFinished(_("They finished it in the meantime, so it stays on their record."))
    return found


def _have_it_again(found: Enrolment) -> bool:
    others = Enrolment.objects.open().filter(user=found.user_id, module=found.module_id)
    return others.exists()


def _note(
    found: Enrolment, kind: ChangeOfDuty, reason: str, *, by: User, at: datetime, **days: Any
) -> EnrolmentChange:
    """Write down what was changed and why, and tell the person."""
    change = EnrolmentChange.objects.create(
        enrolment=found, kind=kind, reason=reason, made_by=by, made_at=at, **days
    )
    record(
        f"{kind.value} duty",
        found,
        by=by,
        at=at,
        user=found.user_id,
        module=found.module_id,
        reason=reason,
        **{name: day.isoformat() for name, day in days.items()},
    )
    draft = EmailDraft(
        kind="learning_changed",
        recipient=found.user,
        to_address=found.user.email,
        dedupe_key=f"learning_changed:{found.user_id}:{change.pk}",
        params={"change": change.pk},
        due_at=at,
    )
    plan_emails([draft], at=at)
    return change
