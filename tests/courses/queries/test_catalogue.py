"""The library shows what is on offer, and a module's page how one person stands in it."""

from datetime import timedelta

import pytest

from courses.models import ActivityKind
from courses.queries.catalogue import activities_to_take, library_for, module_page
from tests.factories.courses import (
    ActivityFactory,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    ProgressFactory,
    QuizFactory,
    ScenarioFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def library_in_words(user) -> dict[str, list[tuple[str, int]]]:
    return {
        offer.course.title: [(one.module.title, one.progress.percent) for one in offer.modules]
        for offer in library_for(user)
    }


def test_the_library_lists_courses_and_modules_in_their_order() -> None:
    priya = PersonFactory()
    second, first = (
        CourseFactory(title=title, position=position)
        for title, position in (("Empathy", 2), ("Listening", 1))
    )
    later = ModuleFactory(course=first, title="Later", position=2)
    sooner = ModuleFactory(course=first, title="Sooner", position=1)
    done = LessonFactory(module=sooner)
    ProgressFactory(user=priya, activity=done, finished=True)
    QuizFactory(module=sooner)
    LessonFactory(module=later)
    LessonFactory(module=ModuleFactory(course=second, title="Warmth"))

    assert library_in_words(priya) == {
        "Listening": [("Sooner", 50), ("Later", 0)],
        "Empathy": [("Warmth", 0)],
    }


def test_what_cannot_be_taken_is_not_in_the_library() -> None:
    course = CourseFactory(title="Listening")
    LessonFactory(module=ModuleFactory(course=course, title="Open"))
    LessonFactory(module=ModuleFactory(course=course, archived_at=MONDAY))
    ActivityFactory(module=ModuleFactory(course=course))  # nothing published
    LessonFactory(module__course__archived_at=MONDAY)
    assert library_in_words(PersonFactory()) == {"Listening": [("Open", 0)]}


def test_a_course_in_which_nothing_is_published_yet_is_not_listed() -> None:
    CourseFactory(title="Empathy")
    assert library_in_words(PersonFactory()) == {}


@pytest.mark.parametrize("count", [1, 50])
def test_any_library_takes_three_queries(count: int, django_assert_num_queries) -> None:
    priya = PersonFactory()
    for _ in range(count):
        LessonFactory()
    with django_assert_num_queries(3):
        assert len(library_for(priya)) == count


def test_activities_can_be_taken_while_nothing_around_them_is_archived() -> None:
    lesson, quiz, scenario = LessonFactory(), QuizFactory(), ScenarioFactory()
    LessonFactory(archived_at=MONDAY)
    LessonFactory(module__archived_at=MONDAY)
    LessonFactory(module__course__archived_at=MONDAY)
    ActivityFactory()
    assert list(activities_to_take(ActivityKind.LESSON)) == [lesson]
    assert list(activities_to_take(ActivityKind.QUIZ, ActivityKind.SCENARIO)) == [quiz, scenario]


# One module


def test_a_module_nobody_asked_for() -> None:
    lesson = LessonFactory()
    page = module_page(lesson.module, PersonFactory())
    assert (page.module, page.enrolment, page.completion) == (lesson.module, None, None)
    assert [step.activity_id for step in page.progress.steps] == [lesson.pk]


def test_the_latest_enrolment_that_stands_is_shown() -> None:
    priya, module = PersonFactory(), ModuleFactory()
    EnrolmentFactory(user=priya, module=module, finished=True)
    latest = EnrolmentFactory(user=priya, module=module, created_at=MONDAY + HOUR)
    EnrolmentFactory(user=priya, module=module, created_at=MONDAY + 2 * HOUR, withdrawn=True)
    EnrolmentFactory(module=module, created_at=MONDAY + 3 * HOUR)
    assert module_page(module, priya).enrolment == latest


def test_the_latest_completion_is_shown() -> None:
    priya, module = PersonFactory(), ModuleFactory()
    CompletionFactory(user=priya, module=module)
    latest = CompletionFactory(user=priya, module=module, number=2, completed_at=MONDAY + HOUR)
    CompletionFactory(module=module, completed_at=MONDAY + 2 * HOUR)
    assert module_page(module, priya).completion == latest


@pytest.mark.parametrize("count", [1, 50])
def test_any_module_takes_three_queries(count: int, django_assert_num_queries) -> None:
    priya, module = PersonFactory(), ModuleFactory()
    for _ in range(count):
        LessonFactory(module=module)
    EnrolmentFactory(user=priya, module=module)
    with django_assert_num_queries(3):
        page = module_page(module, priya)
        assert page.enrolment.assignment.made_by.name
    assert page.progress.total == count
