"""*My learning*: what to go on with, what comes up, and the rhythm of the last weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.models import ActivityProgress, Module
from courses.queries.learning import MyLearning, Week, my_learning
from portal.people.models import User
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    ProgressFactory,
    QuizFactory,
)
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=2)
DAY = timedelta(days=1)


@pytest.fixture
def priya() -> User:
    return PersonFactory(name="Priya Raman")


def module_with_lesson(**fields: object) -> Module:
    return LessonFactory(module=ModuleFactory(**fields)).module


def assigned(user: User, due_on: date = FRIDAY, **fields: object) -> Module:
    return EnrolmentFactory(user=user, due_on=due_on, module=module_with_lesson(), **fields).module


def begun(user: User, at: datetime = MONDAY) -> Module:
    lesson = LessonFactory()
    ProgressFactory(user=user, activity=lesson, started_at=at, last_seen_at=at)
    return lesson.module


def modules_on(page: MyLearning) -> list[Module]:
    items = [page.current, *page.coming_up]
    return [Module.objects.get(pk=item.module.id) for item in items if item]


# What to go on with


def test_somebody_new_has_nothing_to_do(priya) -> None:
    page = my_learning(priya, now=NOW)
    assert (page.current, page.coming_up, page.due_this_week) == (None, (), 0)


def diagnostic() -> Module:
    return QuizFactory(module=ModuleFactory(course__skill="")).module


def invited(user: User) -> Module | None:
    item = my_learning(user, now=NOW).invitation
    return Module.objects.get(pk=item.module.id) if item else None


def test_a_newcomer_is_invited_to_what_looks_at_all_skills(priya) -> None:
    look = diagnostic()
    assert (invited(priya), modules_on(my_learning(priya, now=NOW))) == (look, [])


def test_a_lesson_read_leaves_one_a_newcomer_and_practice_does_not(priya) -> None:
    look = diagnostic()
    ProgressFactory(user=priya, activity=LessonFactory(), finished_at=MONDAY)
    assert invited(priya) == look
    ProgressFactory(user=priya, activity=QuizFactory(), finished_at=MONDAY)
    assert invited(priya) is None


def test_once_begun_the_invitation_is_something_to_go_on_with(priya) -> None:
    look = diagnostic()
    ProgressFactory(user=priya, activity=look.activities.get())
    assert (invited(priya), modules_on(my_learning(priya, now=NOW))) == (None, [look])


def test_what_was_assigned_comes_as_it_is_due(priya) -> None:
    later, soon, late = (assigned(priya, FRIDAY + n * DAY) for n in (7, 0, -7))
    assert modules_on(my_learning(priya, now=NOW)) == [late, soon, later]


def test_the_module_visited_last_comes_first(priya) -> None:
    due = assigned(priya)
    started = begun(priya)
    assert modules_on(my_learning(priya, now=NOW)) == [started, due]


def test_only_the_visit_before_counts_for_the_first_place(priya) -> None:
    earlier, latest = begun(priya, MONDAY - DAY), begun(priya, MONDAY)
    due = assigned(priya)
    assert modules_on(my_learning(priya, now=NOW)) == [latest, due, earlier]


def test_what_was_chosen_freely_has_no_date_and_no_sender(priya) -> None:
    begun(priya)
    item = my_learning(priya, now=NOW).current
    assert (item.due_on, item.made_by) == (None, "")


def test_what_was_assigned_says_by_whom_and_until_when(priya) -> None:
    lead = PersonFactory(lead=True, name="Dana Whitfield")
    module = module_with_lesson()
    assignment = AssignmentFactory(module=module, made_by=lead)
    EnrolmentFactory(user=priya, module=module, assignment=assignment)
    item = my_learning(priya, now=NOW).current
    assert (item.due_on, item.made_by) == (FRIDAY, "Dana Whitfield")


def test_a_finished_module_is_gone_and_the_most_pressing_one_takes_its_place(priya) -> None:
    later, soon = (assigned(priya, FRIDAY + n * DAY) for n in (7, 0))
    done = begun(priya)
    ActivityProgress.objects.filter(activity__module=done).update(finished_at=NOW)
    assert modules_on(my_learning(priya, now=NOW)) == [soon, later]


@pytest.mark.parametrize("over", ["finished", "withdrawn"])
def test_what_is_over_is_not_asked_for(priya, over) -> None:
    assigned(priya, **{over: True})
    assert modules_on(my_learning(priya, now=NOW)) == []


def test_a_module_with_nothing_to_take_yet_waits_until_there_is(priya) -> None:
    EnrolmentFactory(user=priya)
    assert modules_on(my_learning(priya, now=NOW)) == []


@pytest.mark.parametrize("where", ["", "course__"])
def test_archived_modules_are_not_offered(priya, where: str) -> None:
    archived = module_with_lesson(**{f"{where}archived_at": MONDAY})
    EnrolmentFactory(user=priya, module=archived)
    lesson = LessonFactory(**{f"module__{where}archived_at": MONDAY})
    ProgressFactory(user=priya, activity=lesson)
    assert modules_on(my_learning(priya, now=NOW)) == []


def test_other_peoples_learning_is_theirs(priya) -> None:
    other = PersonFactory()
    assigned(other)
    begun(other)
    page = my_learning(priya, now=NOW)
    assert (modules_on(page), page.weeks_practiced) == ([], 0)


# The calendar


def test_this_week_ends_on_sunday_and_counts_what_is_late(priya) -> None:
    for due_on in (date(2026, 11, 20), FRIDAY, date(2026, 11, 29), date(2026, 11, 30)):
        assigned(priya, due_on)
    begun(priya)
    assert my_learning(priya, now=NOW).due_this_week == 3


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        # Five to midnight on Sunday in New York, and five past.
        ("America/New_York", datetime(2026, 11, 23, 4, 55, tzinfo=UTC), date(2026, 11, 22)),
        ("America/New_York", datetime(2026, 11, 23, 5, 5, tzinfo=UTC), date(2026, 11, 23)),
        # At the same moment it is Monday in Manila already.
        ("Asia/Manila", datetime(2026, 11, 23, 4, 55, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_today_is_the_day_of_the_readers_own_zone(zone, now, today) -> None:
    person = PersonFactory(time_zone=zone)
    assigned(person, date(2026, 11, 27))
    page = my_learning(person, now=now)
    assert page.today == today
    assert page.due_this_week == (1 if today == date(2026, 11, 23) else 0)


def test_six_weeks_are_shown_and_those_with_practice_are_marked(priya) -> None:
    for weeks_ago in (1, 3):
        begun(priya, MONDAY - timedelta(weeks=weeks_ago))
    begun(priya, MONDAY - timedelta(weeks=9))

    page = my_learning(priya, now=NOW)

    assert page.weeks == (
        Week(date(2026, 10, 19), has_practice=False, is_current=False),
        Week(date(2026, 10, 26), has_practice=False, is_current=False),
        Week(date(2026, 11, 2), has_practice=True, is_current=False),
        Week(date(2026, 11, 9), has_practice=False, is_current=False),
        Week(date(2026, 11, 16), has_practice=True, is_current=False),
        Week(date(2026, 11, 23), has_practice=False, is_current=True),
    )
    assert page.weeks_practiced == 2


def test_starting_finishing_and_coming_back_are_all_practice(priya) -> None:
    start = MONDAY - timedelta(weeks=5)
    ProgressFactory(
        user=priya,
        started_at=start,
        finished_at=start + timedelta(weeks=2),
        last_seen_at=start + timedelta(weeks=4),
    )
    practiced = [week.has_practice for week in my_learning(priya, now=NOW).weeks]
    assert practiced == [True, False, True, False, True, False]


def test_practice_late_on_sunday_belongs_to_the_week_of_the_readers_own_zone() -> None:
    # 23:30 on Sunday 15 November in New York, Monday in UTC.
    late = datetime(2026, 11, 16, 4, 30, tzinfo=UTC)
    for zone, monday in (("America/New_York", date(2026, 11, 9)), ("UTC", date(2026, 11, 16))):
        person = PersonFactory(time_zone=zone)
        begun(person, late)
        weeks = my_learning(person, now=NOW).weeks
        assert [week.monday for week in weeks if week.has_practice] == [monday]


# What it costs


@pytest.mark.parametrize("modules", [1, 50])
def test_any_amount_of_learning_takes_one_query(
    priya, modules: int, django_assert_num_queries
) -> None:
    for _ in range(modules):
        assigned(priya)
        diagnostic()
        QuizFactory(module=begun(priya))
    with django_assert_num_queries(1):
        page = my_learning(priya, now=NOW)
    assert len(page.coming_up) == 2 * modules - 1
