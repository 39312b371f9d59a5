"""Sessions that come back: on the wall's time, each once, until somebody ends it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.coaching.actions.repeating import end_series, plan_next_sessions, plan_series
from portal.coaching.actions.scheduling import Meeting, ask_for_session
from portal.coaching.errors import TimeTaken
from portal.coaching.models import FeedbackSession, SessionSeries
from portal.kit.errors import NotAllowed
from portal.notifications.models import OutgoingEmail
from portal.people.models import Membership, User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def every(weeks: int, pair: tuple[User, User], starts_at: datetime = WEDNESDAY) -> FeedbackSession:
    """Plan the first session of a series."""
    dana, priya = pair
    meeting = Meeting(starts_at, 30, "Room 4")
    return plan_series(meeting, every_weeks=weeks, agent=priya, by=dana, at=MONDAY)


def wall_times(zone: str = "America/New_York") -> list[str]:
    """Return when sessions start, on the wall of a zone."""
    starts = FeedbackSession.objects.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{at.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for at in starts if at]


def test_the_next_ones_are_planned_about_two_weeks_ahead(pair):
    every(1, pair)
    assert plan_next_sessions(now=MONDAY) == 1
    assert wall_times() == ["25 Nov 14:30", "02 Dec 14:30"]
    assert plan_next_sessions(now=WEDNESDAY) == 1
    assert wall_times() == ["25 Nov 14:30", "02 Dec 14:30", "09 Dec 14:30"]
    assert {one.place for one in FeedbackSession.objects.all()} == {"Room 4"}


def test_running_twice_plans_each_once_and_invites_once(pair):
    every(2, pair)
    for _ in range(2):
        plan_next_sessions(now=WEDNESDAY)
    assert wall_times() == ["25 Nov 14:30", "09 Dec 14:30"]
    assert OutgoingEmail.objects.filter(kind="session_invitation").count() == 4


def test_a_change_of_the_clocks_moves_nothing_on_the_wall_of_the_lead(pair):
    # The clocks go forward on 14 March 2027: half past two stays half past two.
    before = datetime(2027, 3, 10, 19, 30, tzinfo=ZoneInfo("UTC"))
    every(1, pair, before)
    plan_next_sessions(now=before)
    assert wall_times() == ["10 Mar 14:30", "17 Mar 14:30", "24 Mar 14:30"]
    assert wall_times("UTC") == ["10 Mar 19:30", "17 Mar 18:30", "24 Mar 18:30"]


def test_a_day_on_which_one_of_the_two_is_taken_is_passed_over_and_said(pair):
    dana, _ = pair
    session = every(1, pair)
    planned(dana, PersonFactory(), starts_at=WEDNESDAY + WEEK)
    plan_next_sessions(now=WEDNESDAY)
    series = SessionSeries.objects.get()
    assert series.passed_over == ["2026-12-02"]
    assert series.next_on == date(2026, 12, 16)
    assert session.series.sessions.count() == 2


def test_a_sweep_that_did_not_run_for_weeks_plans_nothing_in_the_past(pair):
    every(1, pair)
    late = WEDNESDAY + 5 * WEEK + timedelta(hours=1)
    plan_next_sessions(now=late)
    assert wall_times()[1:] == ["06 Jan 14:30", "13 Jan 14:30"]


def test_only_the_lead_ends_it_and_what_is_planned_stays(pair):
    dana, priya = pair
    session = every(1, pair)
    with pytest.raises(NotAllowed):
        end_series(session.pk, by=priya, at=MONDAY)
    for _ in range(2):
        end_series(session.pk, by=dana, at=MONDAY)
    assert plan_next_sessions(now=WEDNESDAY) == 0
    assert wall_times() == ["25 Nov 14:30"]


def test_it_ends_by_itself_when_the_agent_leaves_the_team(pair):
    _, priya = pair
    every(1, pair)
    Membership.objects.filter(user=priya).update(ended_on=MONDAY.date())
    assert plan_next_sessions(now=WEDNESDAY) == 0
    assert not SessionSeries.objects.running().exists()


def test_another_series_of_the_two_takes_the_place_of_the_first(pair):
    every(1, pair)
    every(2, pair, WEDNESDAY + timedelta(hours=1))
    assert SessionSeries.objects.running().get().every_weeks == 2


def test_a_first_time_that_is_taken_leaves_nothing_behind(pair):
    dana, _ = pair
    planned(dana, PersonFactory())
    with pytest.raises(TimeTaken):
        every(1, pair)
    assert not SessionSeries.objects.exists()


def test_what_an_agent_asked_to_talk_about_comes_to_the_next_one(pair):
    dana, priya = pair
    every(1, pair)
    ask_for_session(lead=dana, topic="Night shifts", by=priya, at=MONDAY)
    plan_next_sessions(now=MONDAY)
    following = FeedbackSession.objects.get(starts_at=WEDNESDAY + WEEK)
    assert [one.words for one in following.agenda.all()] == ["Night shifts"]
