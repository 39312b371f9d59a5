"""The sweep: the right mail, once, at the right time of each person's own day."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction

from courses.actions.reminders import plan_learning_reminders, reschedule_reminders
from courses.models import Enrolment
from courses.reminder_times import ReminderChoice, WorkingTime, schedule
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.actions.profile import Profile, update_profile
from portal.people.models import User
from portal.people.models.user import CallersWait, Theme
from tests.factories.courses import AssignmentFactory, EnrolmentFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TOLD_AT = MONDAY - timedelta(days=60)
# For a module that is due on Friday, in New York.
REMINDED_AT = datetime(2026, 11, 24, 14, tzinfo=UTC)
NOTED_AT = datetime(2026, 11, 30, 14, tzinfo=UTC)


def enrolled(
    user: User | None = None, *, due_on: date = FRIDAY, days_before: int = 3, **fields: object
) -> Enrolment:
    """Return an enrolment of two months ago, as assigning makes it."""
    user = user or PersonFactory()
    moments = schedule(due_on, ReminderChoice(days_before), WorkingTime.of(user), told_at=TOLD_AT)
    assignment = AssignmentFactory(due_on=due_on, remind_days_before=days_before, made_at=TOLD_AT)
    return EnrolmentFactory(
        user=user,
        module=assignment.module,
        assignment=assignment,
        due_on=due_on,
        due_at=moments.due_at,
        remind_at=moments.remind_at,
        overdue_note_at=moments.overdue_note_at,
        created_at=TOLD_AT,
        **fields,
    )


def planned() -> list[tuple[int, str, datetime, list[int]]]:
    """Return the outbox: whom each mail is for, its key, when it leaves, and what it is about."""
    mails = OutgoingEmail.objects.filter(kind="learning_reminder").order_by("due_at", "recipient")
    return [
        (mail.recipient_id, mail.dedupe_key, mail.due_at, mail.params["enrolments"])
        for mail in mails
    ]


def test_nothing_happens_before_the_time_has_come() -> None:
    enrolled()
    assert plan_learning_reminders(now=REMINDED_AT - timedelta(seconds=1)) == 0
    assert planned() == []


def test_a_reminder_is_planned_when_work_starts_three_days_before() -> None:
    one = enrolled()
    assert plan_learning_reminders(now=REMINDED_AT) == 1
    key = f"learning_reminder:{one.user_id}:2026-11-24"
    assert planned() == [(one.user_id, key, REMINDED_AT, [one.pk])]
    one.refresh_from_db()
    assert (one.reminded_at, one.overdue_noted_at) == (REMINDED_AT, None)


def test_an_overdue_note_is_planned_on_the_next_working_day() -> None:
    one = enrolled(reminded_at=REMINDED_AT)
    assert plan_learning_reminders(now=NOTED_AT - timedelta(seconds=1)) == 0
    assert plan_learning_reminders(now=NOTED_AT) == 1
    key = f"learning_reminder:{one.user_id}:2026-11-30"
    assert planned() == [(one.user_id, key, NOTED_AT, [one.pk])]


def test_the_sweep_run_twice_changes_nothing_the_second_time() -> None:
    enrolled()
    assert plan_learning_reminders(now=REMINDED_AT) == 1
    before = planned()
    assert plan_learning_reminders(now=REMINDED_AT) == 0
    assert plan_learning_reminders(now=REMINDED_AT + timedelta(minutes=1)) == 0
    assert planned() == before


def test_one_mail_a_day_tells_of_everything() -> None:
    priya = PersonFactory()
    soon = enrolled(priya)
    also_soon = enrolled(priya)
    overdue = enrolled(priya, due_on=date(2026, 11, 23), reminded_at=TOLD_AT)
    assert plan_learning_reminders(now=REMINDED_AT) == 1
    key = f"learning_reminder:{priya.pk}:2026-11-24"
    assert planned() == [(priya.pk, key, REMINDED_AT, [soon.pk, also_soon.pk, overdue.pk])]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Pacific/Kiritimati", "2026-11-23T19:00"),
        ("Asia/Kathmandu", "2026-11-24T03:15"),
        ("Europe/London", "2026-11-24T09:00"),
        ("America/Phoenix", "2026-11-24T16:00"),
    ],
)
def test_each_person_is_reminded_at_nine_on_their_own_clock(zone: str, at: str) -> None:
    nine = datetime.fromisoformat(f"{at}+00:00")
    one = enrolled(PersonFactory(time_zone=zone))
    assert plan_learning_reminders(now=nine - timedelta(seconds=1)) == 0
    assert plan_learning_reminders(now=nine) == 1
    assert planned() == [
        (one.user_id, f"learning_reminder:{one.user_id}:2026-11-24", nine, [one.pk])
    ]


@pytest.mark.parametrize(
    ("due_on", "before_the_change", "after_the_change"),
    [
        # New York: clocks go back on Sunday 1 November 2026, and forward on 14 March 2027.
        (
            date(2026, 11, 3),
            datetime(2026, 10, 30, 13, tzinfo=UTC),
            datetime(2026, 11, 4, 14, tzinfo=UTC),
        ),
        (
            date(2027, 3, 16),
            datetime(2027, 3, 12, 14, tzinfo=UTC),
            datetime(2027, 3, 17, 13, tzinfo=UTC),
        ),
    ],
)
def test_both_changes_of_the_clock_leave_nine_at_nine(
    due_on: date, before_the_change: datetime, after_the_change: datetime
) -> None:
    one = enrolled(due_on=due_on)
    hour = timedelta(hours=1)
    plan_learning_reminders(now=before_the_change - timedelta(seconds=1))
    assert planned() == []
    plan_learning_reminders(now=before_the_change)
    plan_learning_reminders(now=after_the_change - hour)
    assert [due_at for _, _, due_at, _ in planned()] == [before_the_change]
    plan_learning_reminders(now=after_the_change)
    assert [due_at for _, _, due_at, _ in planned()] == [before_the_change, after_the_change]
    one.refresh_from_db()
    assert (one.reminded_at, one.overdue_noted_at) == (before_the_change, after_the_change)


@pytest.mark.parametrize("fate", ["finished", "withdrawn"])
def test_what_is_over_is_not_planned(fate: str) -> None:
    enrolled(**{fate: True})
    assert plan_learning_reminders(now=NOTED_AT) == 0
    assert planned() == []


def test_who_wanted_no_reminders_makes_none() -> None:
    EnrolmentFactory()
    assert plan_learning_reminders(now=NOTED_AT + timedelta(days=30)) == 0


def test_a_sweep_that_comes_late_waits_for_working_hours() -> None:
    one = enrolled()
    tuesday_evening = datetime(2026, 11, 25, 2, tzinfo=UTC)
    plan_learning_reminders(now=tuesday_evening)
    wednesday = datetime(2026, 11, 25, 14, tzinfo=UTC)
    key = f"learning_reminder:{one.user_id}:2026-11-25"
    assert planned() == [(one.user_id, key, wednesday, [one.pk])]


def test_after_days_of_standing_still_one_mail_tells_it_all() -> None:
    one = enrolled()
    a_week_later = datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert plan_learning_reminders(now=a_week_later) == 1
    one.refresh_from_db()
    assert (one.reminded_at, one.overdue_noted_at) == (a_week_later, a_week_later)


def test_what_comes_after_the_days_mail_has_left_waits_for_the_next_working_day() -> None:
    priya = PersonFactory()
    enrolled(priya)
    plan_learning_reminders(now=REMINDED_AT)
    OutgoingEmail.objects.update(state=EmailState.SENT, sent_at=REMINDED_AT)
    late = enrolled(priya)
    plan_learning_reminders(now=REMINDED_AT + timedelta(hours=2))
    tomorrow = REMINDED_AT + timedelta(days=1)
    key = f"learning_reminder:{priya.pk}:2026-11-25"
    assert planned()[1:] == [(priya.pk, key, tomorrow, [late.pk])]


def test_what_comes_before_the_days_mail_has_left_is_told_in_it() -> None:
    priya = PersonFactory()
    enrolled(priya)
    plan_learning_reminders(now=REMINDED_AT)
    late = enrolled(priya)
    assert plan_learning_reminders(now=REMINDED_AT + timedelta(minutes=1)) == 0
    assert len(planned()) == 1
    late.refresh_from_db()
    assert late.reminded_at == REMINDED_AT + timedelta(minutes=1)


def test_more_people_than_fit_one_batch_are_all_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.actions.reminders._PEOPLE_PER_BATCH", 3)
    people = {enrolled().user_id for _ in range(8)}
    assert plan_learning_reminders(now=REMINDED_AT) == 8
    assert {recipient for recipient, *_ in planned()} == people


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_plan_each_mail_once() -> None:
    people = [enrolled().user_id for _ in range(12)]
    start = threading.Barrier(2)

    def sweep() -> None:
        start.wait()
        plan_learning_reminders(now=REMINDED_AT)
        connection.close()

    sweeps = [threading.Thread(target=sweep) for _ in range(2)]
    for one in sweeps:
        one.start()
    for one in sweeps:
        one.join()
    plan_learning_reminders(now=REMINDED_AT + timedelta(minutes=1))
    assert sorted(recipient for recipient, *_ in planned()) == people


@pytest.mark.django_db(transaction=True)
def test_who_is_being_changed_elsewhere_waits_for_the_next_sweep() -> None:
    one = enrolled()
    swept: list[int] = []

    def sweep() -> None:
        swept.append(plan_learning_reminders(now=REMINDED_AT))
        connection.close()

    with transaction.atomic():
        User.objects.select_for_update().get(pk=one.user_id)
        thread = threading.Thread(target=sweep)
        thread.start()
        thread.join()
    sweep()
    assert swept == [0, 1]


# Moving house, or hours


def new_working_time(user: User, *, at: datetime = MONDAY, **changes: object) -> None:
    profile = {
        "name": user.name,
        "pronouns": user.pronouns,
        "language": user.language,
        "time_zone": user.time_zone,
        "work_starts": user.work_starts,
        "work_ends": user.work_ends,
        "working_days": user.working_days,
        "theme": Theme(user.theme),
        "shortcuts_enabled": user.shortcuts_enabled,
        "callers_wait": CallersWait(user.callers_wait),
    }
    update_profile(user, Profile(**{**profile, **changes}), at=at)  # type: ignore[arg-type]  # named by each test


def moments(enrolment: Enrolment) -> tuple[datetime, datetime | None, datetime | None]:
    enrolment.refresh_from_db()
    return enrolment.due_at, enrolment.remind_at, enrolment.overdue_note_at


def test_due_times_and_reminders_move_with_a_person_to_another_zone() -> None:
    one = enrolled()
    new_working_time(one.user, time_zone="America/Los_Angeles")
    assert moments(one) == (
        datetime(2026, 11, 28, 7, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 24, 17, tzinfo=UTC),
        datetime(2026, 11, 30, 17, tzinfo=UTC),
    )


def test_reminders_follow_new_hours_and_working_days() -> None:
    one = enrolled()
    new_working_time(one.user, work_starts=time(7, 30), working_days=[2, 3, 5])
    assert moments(one) == (
        datetime(2026, 11, 28, 4, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 21, 12, 30, tzinfo=UTC),
        datetime(2026, 11, 28, 12, 30, tzinfo=UTC),
    )


def test_a_new_name_moves_nothing() -> None:
    one = enrolled()
    Enrolment.objects.update(remind_at=TOLD_AT)
    new_working_time(one.user, name="Another Name")
    assert moments(one)[1] == TOLD_AT


def test_what_was_planned_already_is_not_planned_again_after_a_move() -> None:
    one = enrolled()
    plan_learning_reminders(now=REMINDED_AT)
    new_working_time(one.user, at=REMINDED_AT, time_zone="America/Los_Angeles")
    assert plan_learning_reminders(now=REMINDED_AT + timedelta(hours=4)) == 0


def test_what_is_over_stays_as_it_was_after_a_move() -> None:
    one = enrolled(finished=True)
    before = moments(one)
    one.user.time_zone = "Asia/Manila"
    one.user.save()
    reschedule_reminders(one.user)
    assert moments(one) == before
