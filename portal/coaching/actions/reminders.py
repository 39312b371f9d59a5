"""Reminders of sessions: a day before and an hour before, found by a sweep each minute."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.coaching.actions.agenda import build_agenda
from portal.coaching.actions.mailing import mail_both
from portal.coaching.mail_kinds import REMINDER
from portal.coaching.models import FeedbackSession

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_PER_BATCH = 200


def plan_session_reminders(*, now: datetime) -> int:
    """Plan what has come and return for how many sessions; safe to run twice and side by side.

    Who was told of the time less than a day before it gets only the later reminder, and nobody
    whom the invitation reached within the last hour gets one.
    The agenda is brought up to date with the reminder of the day before.
    """
    return _remind(now, "reminded_day_at", DAY) + _remind(now, "reminded_hour_at", HOUR)


def _remind(now: datetime, field: str, ahead: timedelta) -> int:
    done = 0
    while True:
        with transaction.atomic():
            sessions = _due(now, field, ahead)
            for session in sessions:
                _remind_of(session, field, ahead, now)
        if not sessions:
            return done
        done += len(sessions)


def _due(now: datetime, field: str, ahead: timedelta) -> list[FeedbackSession]:
    waiting = FeedbackSession.objects.planned().filter(
        starts_at__gt=now, starts_at__lte=now + ahead, **{f"{field}__isnull": True}
    )
    locked = waiting.select_for_update(of=("self",), skip_locked=True).order_by("starts_at")
    return list(locked.select_related("lead", "agent")[:_PER_BATCH])


def _remind_of(session: FeedbackSession, field: str, ahead: timedelta, now: datetime) -> None:
    setattr(session, field, now)
    session.save(update_fields=[field])
    assert session.starts_at is not None
    told_at = session.planned_at or now
    if ahead == DAY:
        build_agenda(session, at=now)
    if told_at > session.starts_at - ahead:
        return  # the invitation came after this reminder was due, and said it all
    mail_both(session, REMINDER, at=now, which=":day" if ahead == DAY else ":hour")
