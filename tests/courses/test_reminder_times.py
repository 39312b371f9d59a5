"""When people are reminded: their own zone, their own week, both changes of the clock."""

from datetime import UTC, date, datetime, time

import pytest

from courses.reminder_times import ReminderChoice, Schedule, WorkingTime, schedule
from tests.factories.moments import MONDAY

FRIDAY_4_DECEMBER = date(2026, 12, 4)


def working(
    zone: str = "America/New_York",
    starts: time = time(9),
    ends: time = time(17),
    days: tuple[int, ...] = (0, 1, 2, 3, 4),
) -> WorkingTime:
    return WorkingTime(zone, starts, ends, frozenset(days))


def test_three_days_before_a_friday_is_tuesday_and_the_note_comes_on_monday() -> None:
    planned = schedule(FRIDAY_4_DECEMBER, ReminderChoice(), working(), told_at=MONDAY)
    assert planned == Schedule(
        due_at=datetime(2026, 12, 5, 4, 59, 59, tzinfo=UTC),
        remind_at=datetime(2026, 12, 1, 14, tzinfo=UTC),
        overdue_note_at=datetime(2026, 12, 7, 14, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("zone", "due_at", "remind_at"),
    [
        ("Pacific/Kiritimati", (2026, 12, 4, 9, 59, 59), (2026, 11, 30, 19)),
        ("Asia/Manila", (2026, 12, 4, 15, 59, 59), (2026, 12, 1, 1)),
        ("Europe/London", (2026, 12, 4, 23, 59, 59), (2026, 12, 1, 9)),
        ("America/Los_Angeles", (2026, 12, 5, 7, 59, 59), (2026, 12, 1, 17)),
        ("Pacific/Pago_Pago", (2026, 12, 5, 10, 59, 59), (2026, 12, 1, 20)),
    ],
)
def test_friday_ends_and_the_reminder_comes_on_each_persons_own_clock(
    zone: str, due_at: tuple[int, ...], remind_at: tuple[int, ...]
) -> None:
    planned = schedule(FRIDAY_4_DECEMBER, ReminderChoice(), working(zone), told_at=MONDAY)
    assert planned.due_at == datetime(*due_at, tzinfo=UTC)
    assert planned.remind_at == datetime(*remind_at, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "due_at", "remind_at", "overdue_note_at"),
    [
        # Clocks in New York go back on Sunday 1 November 2026 and forward on Sunday 14 March 2027.
        ("2026-11-01", (2026, 11, 2, 4, 59, 59), (2026, 10, 29, 13), (2026, 11, 2, 14)),
        ("2027-03-14", (2027, 3, 15, 3, 59, 59), (2027, 3, 11, 14), (2027, 3, 15, 13)),
    ],
)
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(
    due_on: str,
    due_at: tuple[int, ...],
    remind_at: tuple[int, ...],
    overdue_note_at: tuple[int, ...],
) -> None:
    told_at = datetime(2026, 10, 1, tzinfo=UTC)
    planned = schedule(date.fromisoformat(due_on), ReminderChoice(), working(), told_at=told_at)
    assert planned == Schedule(
        due_at=datetime(*due_at, tzinfo=UTC),
        remind_at=datetime(*remind_at, tzinfo=UTC),
        overdue_note_at=datetime(*overdue_note_at, tzinfo=UTC),
    )


def test_work_that_starts_in_the_skipped_hour_starts_as_the_clocks_jump_over_it() -> None:
    early = working(starts=time(2, 30), ends=time(10), days=(6,))
    assert early.start_on(date(2027, 3, 14)) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)


def test_work_that_starts_in_the_repeated_hour_starts_the_first_time() -> None:
    early = working(starts=time(1, 30), ends=time(10), days=(6,))
    assert early.start_on(date(2026, 11, 1)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_reminder_on_a_day_off_comes_on_the_working_day_before() -> None:
    wednesday = date(2026, 12, 2)
    planned = schedule(wednesday, ReminderChoice(3), working(), told_at=MONDAY)
    assert planned.remind_at == datetime(2026, 11, 27, 14, tzinfo=UTC)


def test_people_who_work_at_weekends_are_reminded_at_weekends() -> None:
    weekend = working(days=(5, 6))
    planned = schedule(FRIDAY_4_DECEMBER, ReminderChoice(5), weekend, told_at=MONDAY)
    assert planned.remind_at == datetime(2026, 11, 29, 14, tzinfo=UTC)
    assert planned.overdue_note_at == datetime(2026, 12, 5, 14, tzinfo=UTC)


def test_without_any_working_day_every_day_counts() -> None:
    planned = schedule(date(2026, 12, 6), ReminderChoice(1), working(days=()), told_at=MONDAY)
    assert planned.remind_at == datetime(2026, 12, 5, 14, tzinfo=UTC)


def test_nobody_is_reminded_on_the_day_they_were_told() -> None:
    thursday = date(2026, 11, 26)
    assert schedule(thursday, ReminderChoice(3), working(), told_at=MONDAY).remind_at is None
    in_manila = working("Asia/Manila")  # where it is Monday, 11 pm, so Tuesday is another day
    friday = schedule(date(2026, 11, 27), ReminderChoice(3), in_manila, told_at=MONDAY)
    assert friday.remind_at == datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "is_reminded", "is_noted"),
    [
        (ReminderChoice(days_before=None, notes_overdue=True), False, True),
        (ReminderChoice(days_before=None, notes_overdue=False), False, False),
        (ReminderChoice(days_before=1, notes_overdue=False), True, False),
    ],
)
def test_only_what_the_lead_chose_is_planned(
    choice: ReminderChoice, is_reminded: bool, is_noted: bool
) -> None:
    planned = schedule(FRIDAY_4_DECEMBER, choice, working(), told_at=MONDAY)
    assert (planned.remind_at is not None, planned.overdue_note_at is not None) == (
        is_reminded,
        is_noted,
    )


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2026-11-23T14:00", "2026-11-23T14:00"),  # Monday, 9 am: work begins
        ("2026-11-23T21:59", "2026-11-23T21:59"),  # Monday, 4:59 pm
        ("2026-11-23T22:00", "2026-11-24T14:00"),  # Monday, 5 pm: wait for Tuesday
        ("2026-11-23T13:59", "2026-11-23T14:00"),  # Monday, 8:59 am
        ("2026-11-27T23:00", "2026-11-30T14:00"),  # Friday evening: wait for Monday
        ("2026-11-28T15:00", "2026-11-30T14:00"),  # Saturday
    ],
)
def test_a_mail_waits_for_working_hours(at: str, moment: str) -> None:
    found = working().next_moment(datetime.fromisoformat(f"{at}+00:00"))
    assert found == datetime.fromisoformat(f"{moment}+00:00")


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2026-11-28T04:00", "2026-11-28T04:00"),  # Friday, 11 pm: at work
        ("2026-11-28T10:59", "2026-11-28T10:59"),  # Saturday, 5:59 am: still Friday's shift
        ("2026-11-28T11:00", "2026-12-01T03:00"),  # Saturday, 6 am: until Monday, 10 pm
        ("2026-11-30T08:00", "2026-12-01T03:00"),  # Monday, 3 am: no shift began on Sunday
    ],
)
def test_a_shift_over_midnight_belongs_to_the_day_it_starts(at: str, moment: str) -> None:
    nights = working(starts=time(22), ends=time(6))
    found = nights.next_moment(datetime.fromisoformat(f"{at}+00:00"))
    assert found == datetime.fromisoformat(f"{moment}+00:00")
