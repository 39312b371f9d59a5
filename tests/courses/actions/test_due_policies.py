"""Assigning by other last days than a date, whole courses, roles, and what closes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.actions.assigning import assign_learning
from courses.actions.progress import finish_activity
from courses.actions.reminders import close_what_is_over
from courses.due_dates import DuePolicy
from courses.models import Module
from portal.notifications.models import OutgoingEmail
from portal.people.models import Team, User
from tests.factories.assigning import choice, lead_of, member_of
from tests.factories.courses import CompletionFactory, LessonFactory, ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue, name="Dana Whitfield")


@pytest.fixture
def module() -> Module:
    return ModuleFactory()


def test_a_course_gives_each_person_the_modules_they_lack_in_one_mail(
    blue: Team, dana: User
) -> None:
    first = LessonFactory().module
    second = LessonFactory(module=ModuleFactory(course=first.course)).module
    new, begun, done = (member_of(blue) for _ in range(3))
    CompletionFactory(user=begun, module=first)
    for module in (first, second):
        CompletionFactory(user=done, module=module)

    made = assign_learning(choice(first.course, blue), by=dana, at=MONDAY)

    rows = made.assignment.enrolments.order_by("pk").values_list("user", "module")
    assert (made.people, sorted(rows)) == (
        2,
        sorted([(new.pk, first.pk), (new.pk, second.pk), (begun.pk, second.pk)]),
    )
    told = dict(OutgoingEmail.objects.values_list("recipient", "params__enrolments"))
    assert {pk: len(enrolments) for pk, enrolments in told.items()} == {new.pk: 2, begun.pk: 1}
    assert (made.assignment.title, made.assignment.skill) == (first.course.title, "listening")


def test_days_after_the_hire_date_are_counted_for_each_person(
    blue: Team, dana: User, module: Module
) -> None:
    member_of(blue, joined_on=date(2020, 1, 6))
    member_of(blue, joined_on=date(2026, 11, 30))
    made = assign_learning(choice(module, blue, due=DuePolicy.after_hire(14)), by=dana, at=MONDAY)
    days = made.assignment.enrolments.order_by("user").values_list("due_on", flat=True)
    assert list(days) == [date(2026, 12, 7), date(2026, 12, 14)]


def test_a_role_means_the_leads_own_people_who_have_it(
    blue: Team, dana: User, module: Module
) -> None:
    deputy = member_of(blue, lead=True)
    member_of(blue)
    member_of(TeamFactory(), lead=True)
    made = assign_learning(choice(module, roles=frozenset({"lead"})), by=dana, at=MONDAY)
    assert [one.user for one in made.assignment.enrolments.all()] == [deputy]
    assert made.assignment.audience == "Team lead"


def test_what_closes_can_be_finished_until_then_and_no_longer(blue: Team, dana: User) -> None:
    lesson = LessonFactory()
    in_time, late, idle = (member_of(blue, time_zone="UTC") for _ in range(3))
    friday = date(2026, 11, 27)
    chosen = choice(lesson.module, blue, due_on=friday, closes_days_after=2)
    assignment = assign_learning(chosen, by=dana, at=MONDAY).assignment
    closes_at = datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC)

    finish_activity(lesson, lesson.live_revision, by=in_time, at=closes_at)
    assert close_what_is_over(now=closes_at) == 0
    after = closes_at + timedelta(seconds=1)
    finish_activity(lesson, lesson.live_revision, by=late, at=after)
    assert [close_what_is_over(now=after) for _ in range(2)] == [2, 0]

    rows = assignment.enrolments.order_by("user").values_list(
        "user", "closes_at", "completed_at", "withdrawn_at", "withdrawn_as"
    )
    assert list(rows) == [
        (in_time.pk, closes_at, closes_at, None, ""),
        (late.pk, closes_at, None, closes_at, "closed"),
        (idle.pk, closes_at, None, closes_at, "closed"),
    ]
    # No note about what is closed by the Monday after; and what was learnt late stays learnt.
    assert set(assignment.enrolments.values_list("overdue_note_at", flat=True)) == {None}
    assert late.completions.count() == 1
