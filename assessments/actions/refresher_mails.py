"""The daily mail about cards that are due, for those who asked for it: at work's start, once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from assessments.mail_kinds import REFRESHERS_DUE
from assessments.queries.refreshers import people_with_cards_due
from courses.reminder_times import WorkingTime
from portal.kit.clock import local_date
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.models import OutgoingEmail, Subscription
from portal.people.models import User

MORNING = timedelta(hours=3)
"""How long after work starts the mail still goes out, should the sweep have been late."""
_PEOPLE_PER_BATCH = 500


def plan_refresher_mails(*, now: datetime) -> int:
    """Plan one mail for each subscriber whose work has just started and who has cards due.

    Returns how many were new. Safe to run twice, late, and on two machines: the mail of a person's
    day has one key.
    """
    planned, last = 0, 0
    while people := _subscribers(after=last):
        planned += plan_emails(_drafts(people, now), at=now)
        last = people[-1].pk
    return planned


def _subscribers(*, after: int) -> list[User]:
    wanted = Subscription.objects.filter(kind=REFRESHERS_DUE, user__gt=after).values("user")
    return list(User.objects.active().filter(pk__in=wanted).order_by("pk")[:_PEOPLE_PER_BATCH])


def _drafts(people: Iterable[User], now: datetime) -> list[EmailDraft]:
    drafts = {
        _key(person, day): (person, day)
        for person in people
        for day in [_day_that_starts(WorkingTime.of(person), now)]
        if day
    }
    told = OutgoingEmail.objects.filter(dedupe_key__in=drafts)
    for key in told.values_list("dedupe_key", flat=True):
        del drafts[key]
    by_day: dict[date, list[User]] = defaultdict(list)
    for person, _day in drafts.values():
        by_day[local_date(now, person.time_zone)].append(person)
    due = set().union(*(people_with_cards_due(some, today) for today, some in by_day.items()))
    return [
        EmailDraft(
            kind=REFRESHERS_DUE,
            recipient=person,
            to_address=person.email,
            dedupe_key=key,
            params={"day": local_date(now, person.time_zone).isoformat()},
            due_at=now,
        )
        for key, (person, _day) in drafts.items()
        if person.pk in due
    ]


def _day_that_starts(working: WorkingTime, now: datetime) -> date | None:
    """Return the working day whose start has just come; nights start on the day before, perhaps."""
    today = local_date(now, working.zone)
    return next(
        (
            day
            for day in (today, today - timedelta(days=1))
            if working.includes_day(day) and timedelta() <= now - working.start_on(day) < MORNING
        ),
        None,
    )


def _key(person: User, day: date) -> str:
    return f"{REFRESHERS_DUE}:{person.pk}:{day}"
