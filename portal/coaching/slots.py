"""Times at which two people could meet: inside the working hours of both, and free for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.reminder_times import WorkingTime

STEP = timedelta(minutes=30)
_A_DAY_AHEAD = timedelta(hours=20)


@dataclass(frozen=True)
class Busy:
    """A span of time that is taken, in UTC; the end is free again."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it overlaps another span."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def free_slots(
    one: WorkingTime,
    other: WorkingTime,
    busy: Iterable[Busy],
    *,
    minutes: int,
    now: datetime,
    most: int = 6,
    days: int = 21,
) -> list[datetime]:
    """Return up to `most` starting times in UTC, on half hours and at most two a day of `one`.

    Nothing begins within the next 20 hours, so that both can prepare. Empty when the two never
    work at the same time within `days`.
    """
    taken, length = list(busy), timedelta(minutes=minutes)
    found: list[datetime] = []
    start = _next_half_hour(now + _A_DAY_AHEAD)
    while start < now + timedelta(days=days) and len(found) < most:
        end = start + length
        fits = all(_works_through(who, start, end) for who in (one, other))
        if fits and not any(span.meets(start, end) for span in taken):
            found.append(start)
            start = _two_hours_on_or_tomorrow(found, start, one)
        else:
            start += STEP
    return found


def _works_through(who: WorkingTime, start: datetime, end: datetime) -> bool:
    last_minute = end - timedelta(minutes=1)
    return who.includes(start) and who.includes(last_minute)


def _two_hours_on_or_tomorrow(found: list[datetime], start: datetime, one: WorkingTime) -> datetime:
    if len(found) % 2:
        return start + timedelta(hours=2)
    return _next_half_hour(one.next_start_after_day_of(start))


def _next_half_hour(at: datetime) -> datetime:
    whole = at.replace(minute=0, second=0, microsecond=0)
    while whole < at:
        whole += STEP
    return whole
