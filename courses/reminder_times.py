"""When somebody is reminded of a due date: calendar work in the person's own zone and week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from portal.kit.clock import end_of_day, local_date, local_moment

if TYPE_CHECKING:
    from portal.people.models import User

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True)
class WorkingTime:
    """When a person works: an IANA zone, hours on the clock there, and weekdays (Monday = 0).

    Hours that end before they start run over midnight. Without any weekday, every day counts.
    """

    zone: str
    starts: time
    ends: time
    days: frozenset[int]

    @classmethod
    def of(cls, person: User) -> WorkingTime:
        """Return the working time that a person's profile says."""
        days = frozenset(person.working_days)
        return cls(person.time_zone, person.work_starts, person.work_ends, days)

    def includes_day(self, day: date) -> bool:
        """Whether it is a day on which work starts."""
        return not self.days or day.weekday() in self.days

    def includes(self, at: datetime) -> bool:
        """Whether the person is at work at `at`."""
        local = at.astimezone(ZoneInfo(self.zone))
        clock, today = local.time(), local.date()
        if self.starts < self.ends:
            return self.includes_day(today) and self.starts <= clock < self.ends
        since_today = clock >= self.starts and self.includes_day(today)
        return since_today or (clock < self.ends and self.includes_day(today - _DAY))

    def start_on(self, day: date) -> datetime:
        """Return, in UTC, when work starts on `day`."""
        return local_moment(day, self.starts, self.zone)

    def last_day_up_to(self, day: date) -> date:
        """Return `day` or the working day before it."""
        return next(one for one in _days(day, -_DAY) if self.includes_day(one))

    def first_day_from(self, day: date) -> date:
        """Return `day` or the working day after it."""
        return next(one for one in _days(day, _DAY) if self.includes_day(one))

    def next_moment(self, at: datetime) -> datetime:
        """Return `at` if the person is at work then, else the next time that work starts."""
        if self.includes(at):
            return at
        start = self.start_on(self.first_day_from(local_date(at, self.zone)))
        return start if start > at else self.next_start_after_day_of(at)

    def next_start_after_day_of(self, at: datetime) -> datetime:
        """Return when work starts on the first working day after the local day of `at`."""
        return self.start_on(self.first_day_from(local_date(at, self.zone) + _DAY))


@dataclass(frozen=True)
class ReminderChoice:
    """What a lead chose: a reminder some days before the due date, and a note once it is over."""

    days_before: int | None = 3
    notes_overdue: bool = True


@dataclass(frozen=True)
class Schedule:
    """The moments of one enrolment, in UTC; None where nothing is to be sent."""

    due_at: datetime
    remind_at: datetime | None
    overdue_note_at: datetime | None
    closes_at: datetime | None = None


def schedule(
    due_on: date,
    choice: ReminderChoice,
    working: WorkingTime,
    *,
    told_at: datetime,
    closes_days_after: int | None = None,
) -> Schedule:
    """Return when somebody's time is up and when they hear of it, always as their work starts.

    A reminder that falls on a day off comes on the working day before, so that nobody loses time
    by it, and not at all if they were first told (`told_at`) on that day or later. The note that
    the date has passed comes on their first working day after it, unless it has closed by then:
    some days after the last one (`closes_days_after`), or never.
    """
    closes_at = None
    if closes_days_after is not None:
        closes_at = end_of_day(due_on + closes_days_after * _DAY, working.zone)
    return Schedule(
        due_at=end_of_day(due_on, working.zone),
        remind_at=_remind_at(due_on, choice, working, told_at),
        overdue_note_at=_overdue_note_at(due_on, choice, working, closes_at),
        closes_at=closes_at,
    )


def _overdue_note_at(
    due_on: date, choice: ReminderChoice, working: WorkingTime, closes_at: datetime | None
) -> datetime | None:
    if not choice.notes_overdue:
        return None
    at = working.start_on(working.first_day_from(due_on + _DAY))
    return at if closes_at is None or at < closes_at else None


def _remind_at(
    due_on: date, choice: ReminderChoice, working: WorkingTime, told_at: datetime
) -> datetime | None:
    if choice.days_before is None:
        return None
    day = working.last_day_up_to(due_on - timedelta(days=choice.days_before))
    return working.start_on(day) if day > local_date(told_at, working.zone) else None


def _days(first: date, step: timedelta) -> list[date]:
    return [first + n * step for n in range(_WEEK)]
