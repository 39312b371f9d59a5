"""Times that suit two people."""

from datetime import UTC, datetime, time, timedelta

from courses.reminder_times import WorkingTime
from portal.coaching.slots import Busy, free_slots
from tests.factories.moments import MONDAY

WEEKDAYS = frozenset(range(5))
NEW_YORK = WorkingTime("America/New_York", time(9), time(17), WEEKDAYS)
LOS_ANGELES = WorkingTime("America/Los_Angeles", time(9), time(17), WEEKDAYS)
NIGHT = WorkingTime("America/New_York", time(22), time(6), WEEKDAYS)


def test_slots_lie_in_the_working_hours_of_both_and_at_most_two_on_a_day():
    found = free_slots(NEW_YORK, LOS_ANGELES, [], minutes=30, now=MONDAY)
    assert found == [
        datetime(2026, 11, 24, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 24, 19, 0, tzinfo=UTC),
        datetime(2026, 11, 25, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 25, 19, 0, tzinfo=UTC),
        datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 26, 19, 0, tzinfo=UTC),
    ]


def test_a_slot_meets_nothing_that_is_planned():
    noon = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    busy = [Busy(noon, noon + timedelta(minutes=45))]
    found = free_slots(NEW_YORK, LOS_ANGELES, busy, minutes=30, now=MONDAY, most=1)
    assert found == [noon + timedelta(hours=1)]


def test_a_session_may_begin_where_another_ends():
    noon = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    busy = [Busy(noon, noon + timedelta(minutes=30))]
    found = free_slots(NEW_YORK, LOS_ANGELES, busy, minutes=30, now=MONDAY, most=1)
    assert found == [noon + timedelta(minutes=30)]


def test_the_whole_session_fits_into_the_working_hours():
    late = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # half past four, on Monday
    now = late - timedelta(hours=20)
    assert free_slots(NEW_YORK, NEW_YORK, [], minutes=30, now=now, most=1) == [late]
    next_morning = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert free_slots(NEW_YORK, NEW_YORK, [], minutes=60, now=now, most=1) == [next_morning]


def test_hours_follow_the_clock_over_a_change():
    # Clocks in New York go back on Sunday, November 1: nine o'clock is 13:00, then 14:00 UTC.
    friday = datetime(2026, 10, 30, 17, 0, tzinfo=UTC)
    found = free_slots(NEW_YORK, NEW_YORK, [], minutes=30, now=friday, most=1)
    assert found == [datetime(2026, 11, 2, 14, 0, tzinfo=UTC)]


def test_people_who_never_work_at_the_same_time_get_no_slot():
    assert free_slots(NEW_YORK, NIGHT, [], minutes=30, now=MONDAY) == []
