"""Reminders of sessions: a day and an hour before, once each."""

from datetime import timedelta

import pytest

from portal.coaching.actions.reminders import plan_session_reminders
from portal.coaching.actions.scheduling import Meeting, cancel_session, move_session
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def reminders() -> list[tuple[str, str]]:
    found = OutgoingEmail.objects.filter(kind="session_reminder")
    rows = found.order_by("created_at", "recipient__name")
    return [
        (params["which"], name) for params, name in rows.values_list("params", "recipient__name")
    ]


def sweep_until(end) -> None:
    at = MONDAY
    while at <= end:
        plan_session_reminders(now=at)
        at += timedelta(minutes=20)


def test_both_are_reminded_a_day_and_an_hour_before(pair):
    planned(*pair)
    sweep_until(WEDNESDAY - DAY - MINUTE)
    assert reminders() == []
    sweep_until(WEDNESDAY)
    assert reminders() == [
        ("day", "Dana Whitfield"),
        ("day", "Priya Raman"),
        ("hour", "Dana Whitfield"),
        ("hour", "Priya Raman"),
    ]


def test_running_twice_changes_nothing(pair):
    planned(*pair)
    at = WEDNESDAY - HOUR
    assert plan_session_reminders(now=at) == 2
    assert plan_session_reminders(now=at) == 0


def test_what_was_planned_less_than_a_day_ahead_gets_the_later_one_only(pair):
    planned(*pair, at=WEDNESDAY - 3 * HOUR)
    plan_session_reminders(now=WEDNESDAY - 2 * HOUR)
    plan_session_reminders(now=WEDNESDAY - HOUR)
    assert [which for which, _ in reminders()] == ["hour", "hour"]


def test_a_moved_session_is_reminded_of_anew_and_a_cancelled_one_never(pair):
    dana, _ = pair
    session = planned(*pair)
    plan_session_reminders(now=WEDNESDAY - DAY)
    move_session(session.pk, Meeting(WEDNESDAY + 2 * DAY, 30), by=dana, at=WEDNESDAY - DAY)
    plan_session_reminders(now=WEDNESDAY + DAY)
    assert [which for which, _ in reminders()] == ["day"] * 4
    cancel_session(session.pk, words="", by=dana, at=WEDNESDAY + DAY)
    plan_session_reminders(now=WEDNESDAY + 2 * DAY - HOUR)
    assert len(reminders()) == 4


def test_what_has_begun_by_the_clock_is_not_reminded_of(pair):
    planned(*pair)
    assert plan_session_reminders(now=WEDNESDAY) == 0
