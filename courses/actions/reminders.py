"""Reminders about assignments that are nearly due or overdue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from courses.learning_state import WithdrawnAs
from courses.models import Enrolment
from courses.reminder_times import WorkingTime, schedule
from portal.kit.clock import local_date
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.models import OutgoingEmail
from portal.notifications.models.outgoing_email import OPEN_STATES
from portal.people.models import User

KIND = "learning_reminder"
_PEOPLE_PER_BATCH = 500


def plan_learning_reminders(*, now: datetime) -> int:
    """Plan one mail for each person whose reminders or overdue notes have come; return how many.

    Whatever comes for a person at one time goes into one mail, and there is one mail a day. It
    leaves in their working hours. Each batch is one transaction that also marks what it planned,
    so the sweep may run twice, late, or on two machines.
    """
    planned = 0
    while True:
        with transaction.atomic():
            people = _people_to_tell(now)
            planned += _plan_mails(people, now)
        if not people:
            return planned


@transaction.atomic
def reschedule_reminders(user: User) -> None:
    """Move somebody's due times and reminders to the time zone and working time they have now.

    The due day stays. What was planned already is not planned again.
    """
    open_ones = Enrolment.objects.open().filter(user=user).select_related("assignment")
    enrolments = list(open_ones.select_for_update(of=("self",)).order_by("pk"))
    working = WorkingTime.of(user)
    for one in enrolments:
        choice = one.assignment.reminder_choice
        moments = schedule(
            one.due_on,
            choice,
            working,
            told_at=one.told_at or one.created_at,
            closes_days_after=one.assignment.closes_days_after,
        )
        one.due_at, one.closes_at = moments.due_at, moments.closes_at
        one.remind_at = moments.remind_at
        one.overdue_note_at = moments.overdue_note_at
    moved = ["due_at", "closes_at", "remind_at", "overdue_note_at"]
    Enrolment.objects.bulk_update(enrolments, moved)


def close_what_is_over(*, now: datetime) -> int:
    """End what was not finished while that counted; return how much. Safe to run twice."""
    closed: int = Enrolment.objects.to_close(now).update(
        withdrawn_at=F("closes_at"), withdrawn_as=WithdrawnAs.CLOSED
    )
    return closed


def _people_to_tell(now: datetime) -> dict[int, User]:
    """Lock some people whose reminders have come. Who is being changed elsewhere waits a minute.

    People are locked before their enrolments, as in every action that does both.
    """
    ids = _first_people(_to_remind(now), "remind_at")
    ids |= _first_people(_to_note_overdue(now), "overdue_note_at")
    rows = User.objects.filter(pk__in=ids).order_by("pk")
    locked = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return {user.pk: user for user in locked}


def _first_people(enrolments: QuerySet[Enrolment], field: str) -> set[int]:
    longest_waiting = enrolments.order_by(field).values_list("user_id", flat=True)
    return set(longest_waiting[:_PEOPLE_PER_BATCH])


def _plan_mails(people: Mapping[int, User], now: datetime) -> int:
    """Plan one mail a person about everything that has come for them, and mark it as planned."""
    to_remind = _to_remind(now).filter(user__in=people)
    to_note = _to_note_overdue(now).filter(user__in=people)
    subjects: dict[int, set[int]] = defaultdict(set)
    for rows in (to_remind, to_note):
        for user_id, enrolment_id in rows.values_list("user_id", "pk"):
            subjects[user_id].add(enrolment_id)
    to_remind.update(reminded_at=now)
    to_note.update(overdue_noted_at=now)
    drafts = [
        _draft(people[pk], enrolments, WorkingTime.of(people[pk]).next_moment(now))
        for pk, enrolments in subjects.items()
    ]
    return plan_emails(_one_a_day(drafts, people), at=now)


def _draft(person: User, enrolments: Iterable[int], due_at: datetime) -> EmailDraft:
    return EmailDraft(
        kind=KIND,
        recipient=person,
        to_address=person.email,
        dedupe_key=f"{KIND}:{person.pk}:{local_date(due_at, person.time_zone)}",
        params={"enrolments": sorted(enrolments)},
        due_at=due_at,
    )


def _one_a_day(drafts: Iterable[EmailDraft], people: Mapping[int, User]) -> list[EmailDraft]:
    """Put off what comes after that day's mail has left: it waits for the next working day."""
    by_key = {draft.dedupe_key: draft for draft in drafts}
    left = OutgoingEmail.objects.filter(dedupe_key__in=by_key).exclude(state__in=OPEN_STATES)
    for key, user_id in left.values_list("dedupe_key", "recipient_id"):
        person, draft = people[user_id], by_key[key]
        later = WorkingTime.of(person).next_start_after_day_of(draft.due_at)
        by_key[key] = _draft(person, draft.params["enrolments"], later)
    return list(by_key.values())


def _to_remind(now: datetime) -> QuerySet[Enrolment]:
    return Enrolment.objects.to_remind(now)


def _to_note_overdue(now: datetime) -> QuerySet[Enrolment]:
    return Enrolment.objects.to_note_overdue(now)
