"""The clock and the calendar of a person's own zone. Logic takes a time as an argument."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return the present moment in UTC. Called by views, tasks and commands only."""
    return timezone.now()


def local_date(at: datetime, zone: str) -> date:
    """Return the calendar day that it is at `at` in an IANA zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def utc_day(at: datetime) -> date:
    """Return the calendar day in UTC, for records that compare people of several zones."""
    return at.astimezone(UTC).date()


def end_of_day(day: date, zone: str) -> datetime:
    """Return, in UTC, the last second of `day` in an IANA zone: "due Friday" ends there."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def local_moment(day: date, at: time, zone: str) -> datetime:
    """Return, in UTC, the moment when clocks in an IANA zone show `at` on `day`.

    A time that a clock change skips means the moment the clocks jump over it (an hour later on
    the wall); one that comes twice means the first.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
