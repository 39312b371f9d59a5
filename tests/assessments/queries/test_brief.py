"""Before an attempt: what to go on with, what was done earlier, and how to begin."""

from datetime import timedelta

import pytest

from assessments.models import AttemptMode
from assessments.queries.brief import brief_of
from courses.models import Activity, ActivityKind
from courses.queries.catalogue import activities_to_take
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.courses import LessonFactory, QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def priya() -> User:
    return PersonFactory()


def page_of(activity: Activity, user: User):
    found = activities_to_take(*ActivityKind).get(pk=activity.pk)
    return brief_of(found, user)


def test_the_first_time_there_is_nothing_to_look_back_on(priya) -> None:
    lesson = LessonFactory(position=1)
    call = ScenarioFactory(module=lesson.module, position=2)
    page = page_of(call, priya)
    assert (page.content.title, page.number, page.is_quiz) == ("A small thing", 2, False)
    assert (page.open_attempt, page.earlier) == (None, ())
    assert page.suggested_mode == AttemptMode.GUIDED


def test_a_quiz_is_a_quiz(priya) -> None:
    assert page_of(QuizFactory(), priya).is_quiz


def test_an_open_attempt_is_there_to_go_on_with(priya) -> None:
    quiz = QuizFactory()
    AttemptFactory(activity=quiz)  # of somebody else
    AttemptFactory(user=priya)  # at another quiz
    own = AttemptFactory(user=priya, activity=quiz)
    page = page_of(quiz, priya)
    assert (page.open_attempt, page.earlier) == (own, ())


def test_the_latest_five_are_shown_newest_first(priya) -> None:
    quiz = QuizFactory()
    attempts = [
        AttemptFactory(user=priya, activity=quiz, finished=True, started_at=MONDAY - n * DAY)
        for n in range(7)
    ]
    open_one = AttemptFactory(user=priya, activity=quiz, started_at=MONDAY + DAY)
    page = page_of(quiz, priya)
    assert (page.open_attempt, page.earlier) == (open_one, tuple(attempts[:5]))
    assert page.suggested_mode == AttemptMode.PRACTICE


@pytest.mark.parametrize("count", [1, 50])
def test_any_history_takes_two_queries(priya, count: int, django_assert_num_queries) -> None:
    quiz = QuizFactory()
    AttemptFactory.create_batch(count, user=priya, activity=quiz, finished=True)
    found = activities_to_take(ActivityKind.QUIZ).get()
    brief_of(found, priya)
    with django_assert_num_queries(2):
        page = brief_of(found, priya)
        assert {one.is_passed for one in page.earlier} == {True}
