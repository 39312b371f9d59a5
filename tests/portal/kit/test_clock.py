"""Days and moments are those of a person's own zone, whatever clocks do there."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.kit.clock import end_of_day, local_date, local_moment, now

FRIDAY = date(2026, 11, 27)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_now_is_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 28)),
        ("America/New_York", date(2026, 11, 27)),
        ("Asia/Manila", date(2026, 11, 28)),
        ("Pacific/Kiritimati", date(2026, 11, 28)),
    ],
)
def test_the_same_moment_is_another_day_elsewhere(zone: str, day: date) -> None:
    assert local_date(utc(2026, 11, 28, 4, 59, 59), zone) == day


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert local_date(utc(2026, 11, 28, 5), "America/New_York") == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        (FRIDAY, "UTC", utc(2026, 11, 27, 23, 59, 59)),
        (FRIDAY, "America/New_York", utc(2026, 11, 28, 4, 59, 59)),
        (FRIDAY, "Asia/Manila", utc(2026, 11, 27, 15, 59, 59)),
        (FRIDAY, "Asia/Kathmandu", utc(2026, 11, 27, 18, 14, 59)),
        # The last days before and after clocks change in New York.
        (date(2026, 3, 7), "America/New_York", utc(2026, 3, 8, 4, 59, 59)),
        (date(2026, 3, 8), "America/New_York", utc(2026, 3, 9, 3, 59, 59)),
        (date(2026, 11, 1), "America/New_York", utc(2026, 11, 2, 4, 59, 59)),
        # In Cairo clocks jump at midnight itself: Friday 24 April 2026 has no 0:00.
        (date(2026, 4, 23), "Africa/Cairo", utc(2026, 4, 23, 21, 59, 59)),
    ],
)
def test_a_day_ends_with_its_last_second_in_the_zone(day: date, zone: str, end: datetime) -> None:
    assert end_of_day(day, zone) == end
    assert local_date(end, zone) == day
    assert local_date(end + timedelta(seconds=1), zone) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (FRIDAY, time(9), utc(2026, 11, 27, 14)),
        (date(2026, 7, 3), time(9), utc(2026, 7, 3, 13)),
        # 2:30 is skipped on the one day, and comes twice on the other.
        (date(2026, 3, 8), time(2, 30), utc(2026, 3, 8, 7, 30)),
        (date(2026, 11, 1), time(1, 30), utc(2026, 11, 1, 5, 30)),
    ],
)
def test_a_time_of_day_is_the_one_on_the_wall(day: date, at: time, moment: datetime) -> None:
    assert local_moment(day, at, "America/New_York") == moment
