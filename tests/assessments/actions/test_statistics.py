"""Counting attempts into statistics: once each, in parts, and only first attempts that ended."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.statistics import count_attempts
from assessments.models import Attempt, AttemptMode, QuizStatistic
from assessments.queries.statistics import statistics_page
from assessments.tasks import count_attempts_task
from courses.actions.publishing import publish_revision
from courses.models import Activity
from portal.people.models import User
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import finished_run
from tests.support.reading import html_of
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def take(quiz: Activity, first: str, second: str = "", by: User | None = None) -> Attempt:
    """Take the small quiz to its end; A and true are right, nothing leaves an answer out."""
    attempt = start_quiz(quiz, by=by or PersonFactory(), at=MONDAY)
    for seq, (item_id, option) in enumerate((("first", first), ("second", second)), 1):
        if option:
            sent = {"item_id": item_id, "payload": {"option": option}, "by": attempt.user}
            answer_item(attempt.pk, seq=seq, at=MONDAY + seq * MINUTE, **sent)
    return finish_quiz(attempt.pk, by=attempt.user, at=MONDAY + 5 * MINUTE)


def sums_of(quiz: Activity, step_id: str = "first") -> dict[str, Any]:
    return QuizStatistic.objects.get(activity=quiz, step_id=step_id).sums


def test_what_was_answered_is_summed_up_with_time_and_score() -> None:
    quiz = QuizFactory(published=quiz_raw())
    take(quiz, "A", "true")
    take(quiz, "B", "true")
    take(quiz, "B")
    assert count_attempts(at=MONDAY) == 3
    assert sums_of(quiz) == {
        "attempts": 3,
        "omitted": 0,
        "x": 1,
        "xx": 1,
        "r": 2,
        "rr": 2,
        "xr": 1,
        "scores": {"0": 1, "50": 1, "100": 1},
        "choices": {"A": {"100": 1}, "B": {"0": 1, "50": 1}},
        "seconds": {"60": 3},
    }
    assert (sums_of(quiz, "second")["omitted"], sums_of(quiz, "")["tt"]) == (1, 5)


def test_attempts_are_counted_once_however_often_and_in_whatever_parts() -> None:
    quiz = QuizFactory(published=quiz_raw())
    for option in "AABB":
        take(quiz, option)
    assert [count_attempts(at=MONDAY, most=3) for _ in range(3)] == [3, 1, 0]
    assert sums_of(quiz)["choices"] == {"A": {"50": 2}, "B": {"0": 2}}
    assert count_attempts_task() == 0


@pytest.mark.django_db(transaction=True)
def test_counting_at_once_in_several_places_counts_each_once() -> None:
    quiz = QuizFactory(published=quiz_raw())
    for option in "AABBAB":
        take(quiz, option)
    outcomes = all_at_once([partial(count_attempts, at=MONDAY, most=2)] * 4)
    count_attempts(at=MONDAY)
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert (sums_of(quiz)["attempts"], sums_of(quiz, "")["attempts"]) == (6, 6)


def test_only_first_assessed_attempts_that_ended_are_counted() -> None:
    quiz, priya = QuizFactory(published=quiz_raw()), PersonFactory()
    take(quiz, "A", by=priya)
    take(quiz, "B", by=priya)
    start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    assert count_attempts(at=MONDAY) == 1
    assert sums_of(quiz)["choices"] == {"A": {"50": 1}}


def test_a_call_is_passed_over_and_not_looked_at_again() -> None:
    finished_run(ScenarioFactory(), PersonFactory(), mode=AttemptMode.ASSESSED)
    assert [count_attempts(at=MONDAY) for _ in range(2)] == [1, 0]
    assert not QuizStatistic.objects.exists()


def test_mending_a_typo_goes_on_counting_and_another_key_begins_anew() -> None:
    quiz = QuizFactory(published=quiz_raw())
    take(quiz, "A")
    raw = quiz_raw()
    raw["items"][0]["prompt"] = "Which reply keeps the whole story?"
    publish_revision(quiz, raw, by=None, at=MONDAY)
    quiz.refresh_from_db()
    take(quiz, "A")
    raw["items"][0]["options"][0].pop("right")
    raw["items"][0]["options"][1]["right"] = True
    publish_revision(quiz, raw, by=None, at=MONDAY)
    quiz.refresh_from_db()
    take(quiz, "A")
    count_attempts(at=MONDAY)
    page = statistics_page(quiz)
    assert [row.attempts for row in page.rows] == [1, 3]
    assert (page.attempts, page.earlier) == (1, 2)


def test_the_page_tells_an_author_that_a_key_is_wrong(client: Client) -> None:
    """Thirty agents; the strong ones answer B, and the key is A."""
    quiz = QuizFactory(published=quiz_raw())
    for number in range(30):
        take(quiz, "B" if number < 20 else "C", "true" if number < 20 else "false")
    count_attempts(at=MONDAY)
    client.force_login(PersonFactory(author=True))
    html = html_of(client.get(f"/content/activities/{quiz.pk}/statistics/"))
    assert "Most strong agents choose option B: check the key." in html
    assert "too few to judge by" not in html


def test_few_attempts_are_grey_and_flag_nothing(client: Client) -> None:
    quiz = QuizFactory(published=quiz_raw())
    client.force_login(PersonFactory(author=True))
    page = f"/content/activities/{quiz.pk}/statistics/"
    assert "Nobody has finished it yet" in html_of(client.get(page))
    take(quiz, "B")
    count_attempts(at=MONDAY)
    html = html_of(client.get(page))
    assert "Fewer than 30 attempts: too few to judge by." in html
    assert "item-flags" not in html


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_the_same_for_any_number_of_items(
    client: Client, count: int, django_assert_num_queries
) -> None:
    item = quiz_raw()["items"][0]
    raw = quiz_raw(items=[item | {"id": f"i{number}"} for number in range(count)])
    quiz = QuizFactory(published=raw)
    attempt = start_quiz(quiz, by=PersonFactory(), at=MONDAY)
    finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)
    count_attempts(at=MONDAY)
    client.force_login(PersonFactory(author=True))
    page = f"/content/activities/{quiz.pk}/statistics/"
    client.get(page)  # the content is parsed once in a process
    with django_assert_num_queries(3):
        client.get(page)


@pytest.mark.parametrize("count", [3, 30])
def test_counting_takes_the_same_queries_for_any_number_of_attempts(
    count: int, django_assert_num_queries
) -> None:
    quiz = QuizFactory(published=quiz_raw())
    for _ in range(count):
        take(quiz, "A", "true")
    with django_assert_num_queries(8):
        count_attempts(at=MONDAY)
