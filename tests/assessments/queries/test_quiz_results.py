"""A finished quiz: every question with what was answered and what it teaches."""

from typing import Any

import pytest

from assessments.actions.attempts import start_attempt
from assessments.actions.quiz_attempts import answer_item, finish_quiz
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import own_attempts
from assessments.queries.quiz_results import QuizResults, quiz_results
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, TYPES, every_type_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def quiz() -> Activity:
    """A quiz of every type that gives feedback at once."""
    return QuizFactory(published=every_type_raw())


def begin(quiz: Activity, user: User) -> Attempt:
    attempt = start_attempt(quiz, by=user, at=MONDAY, mode=AttemptMode.ASSESSED)
    return own_attempts(user).get(pk=attempt.pk)


def answer(attempt: Attempt, item_id: str, payload: dict[str, Any]) -> Attempt:
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    answer_item(attempt.pk, seq=seq, item_id=item_id, payload=payload, by=attempt.user, at=MONDAY)
    return own_attempts(attempt.user).get(pk=attempt.pk)


def results_of(attempt: Attempt) -> QuizResults:
    finish_quiz(attempt.pk, by=attempt.user, at=MONDAY)
    found = own_attempts(attempt.user).get(pk=attempt.pk)
    return quiz_results(found, viewer=attempt.user)


def test_a_result_has_every_question_with_what_was_answered(quiz, priya) -> None:
    attempt = begin(quiz, priya)
    for item_id in TYPES:
        attempt = answer(attempt, item_id, KEPT[item_id])

    page = results_of(attempt)

    assert (page.percent, page.needed, page.attempt.is_passed) == (100, 60, True)
    assert {item.question.id: item.answer_in_words for item in page.items} == {
        "single-choice": "Text A of single-choice.",
        "multiple-choice": "Text A of multiple-choice. · Text B of multiple-choice.",
        "true-false": "True",
        "ordering": "Text B of ordering. · Text A of ordering. · Text C of ordering.",
        "matching": (
            "Text A of matching. → Answer y. · Text B of matching. → Answer z."
            " · Text C of matching. → Answer y."
        ),
        "fill-gap": "It went to the [OLD] house, and was [Opened.] there.",
        "mark-sentence": "Text A of mark-sentence.",
        "best-worst": "Best: Text A of best-worst. Worst: Text B of best-worst.",
        "rank-all": "Text B of rank-all. · Text A of rank-all. · Text C of rank-all.",
        "rate-each": "Text A of rate-each. 5 · Text B of rate-each. 3 · Text C of rate-each. 1",
        "short-text": "I hear you.",
    }
    strong = {item.question.id for item in page.items if item.is_strong}
    assert strong == set(TYPES) - {"short-text"}
    assert {str(item.skill) for item in page.items} == {"listening"}


def test_a_result_names_what_was_left_open(quiz, priya) -> None:
    page = results_of(begin(quiz, priya))
    assert (page.percent, page.attempt.is_passed) == (0, False)
    assert {item.answer_in_words for item in page.items} == {""}
    assert not any(item.score.answered for item in page.items)
    assert all(item.explanation.rationale for item in page.items)


@pytest.mark.parametrize(("right", "percent"), [(1, 33), (2, 66), (3, 100)])
def test_percent_is_rounded_down(priya, right: int, percent: int) -> None:
    three = ("single-choice", "true-false", "mark-sentence")
    items = [one for one in every_type_raw()["items"] if one["id"] in three]
    attempt = begin(QuizFactory(published=every_type_raw(items=items)), priya)
    for item_id in three[:right]:
        attempt = answer(attempt, item_id, KEPT[item_id])
    assert results_of(attempt).percent == percent


def test_a_result_takes_two_queries(quiz, priya, django_assert_num_queries) -> None:
    attempt = begin(quiz, priya)
    results_of(attempt)
    found = own_attempts(priya).get()
    with django_assert_num_queries(2):
        quiz_results(found, viewer=priya)


def test_how_sure_one_was_stands_beside_what_the_answers_came_to(priya) -> None:
    asked = ("single-choice", "true-false", "mark-sentence")
    raw = [one | {"confidence": one["id"] in asked} for one in every_type_raw()["items"]]
    attempt = begin(QuizFactory(published=every_type_raw(items=raw, feedback="at_end")), priya)
    for item_id in asked:
        payload = KEPT[item_id] | {"confidence": 3}
        attempt = answer(attempt, item_id, payload)
    page = results_of(attempt)

    assert [(one.word, one.level.answers, one.level.percent) for one in page.calibration] == [
        ("Very sure", 3, 100)
    ]
    assert {one.question.id: one.sure for one in page.items if one.sure} == dict.fromkeys(
        asked, "Very sure"
    )


def test_how_right_one_was_is_not_told_by_how_sure_one_was(priya) -> None:
    raw = [one | {"confidence": True} for one in every_type_raw()["items"][:1]]
    changes = {"items": raw, "feedback": "at_end", "shown_at_end": "nothing"}
    attempt = begin(QuizFactory(published=every_type_raw(**changes)), priya)
    page = results_of(answer(attempt, "single-choice", {"option": "A", "confidence": 1}))

    assert (page.calibration, page.items[0].sure) == ((), "Not very sure")
