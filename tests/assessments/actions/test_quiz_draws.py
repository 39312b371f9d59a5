"""What an attempt drew stays with it: it is asked, scored, shown and taken as evidence, alone."""

from typing import Any

import pytest

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.models import Attempt, SkillEvidence
from assessments.queries.answers import own_attempts
from assessments.queries.quiz_page import question_page
from assessments.queries.quiz_results import quiz_results
from assessments.responses import InvalidResponse
from courses.actions.publishing import publish_revision
from courses.models import Activity
from portal.people.models import User
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

BANK = 14
DRAWN = 8


def bank_raw() -> dict[str, Any]:
    first = quiz_raw()["items"][0]
    items = [first | {"id": f"i{number}"} for number in range(BANK)]
    return quiz_raw(items=items, sections=[{"draw": DRAWN}], shuffle_questions=True)


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=bank_raw())


def answer(attempt: Attempt, item_id: str, option: str = "A") -> Attempt:
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    payload = {"option": option}
    return answer_item(
        attempt.pk, seq=seq, item_id=item_id, payload=payload, by=attempt.user, at=MONDAY
    )


def asked_in(attempt: Attempt) -> list[str]:
    again = own_attempts(attempt.user).get(pk=attempt.pk)
    return [question_page(again, number, now=MONDAY).question.id for number in range(1, DRAWN + 1)]


def test_the_draw_is_kept_with_the_attempt_and_asked_at_every_return(quiz, priya) -> None:
    attempt = start_quiz(quiz, by=priya, at=MONDAY)
    before = asked_in(attempt)
    answer(attempt, before[2])
    publish_revision(quiz, quiz_raw(), by=None, at=MONDAY)
    assert Attempt.objects.get().drawn == before == asked_in(attempt)
    assert len(set(before)) == DRAWN


def test_what_was_not_drawn_cannot_be_answered(quiz, priya) -> None:
    attempt = start_quiz(quiz, by=priya, at=MONDAY)
    other = next(f"i{n}" for n in range(BANK) if f"i{n}" not in attempt.drawn)
    with pytest.raises(InvalidResponse, match="no such question"):
        answer(attempt, other)


def test_only_what_was_drawn_is_scored_shown_and_taken_as_evidence(quiz, priya) -> None:
    attempt = start_quiz(quiz, by=priya, at=MONDAY)
    for item_id in attempt.drawn[: DRAWN // 2]:
        answer(attempt, item_id)
    attempt = finish_quiz(attempt.pk, by=priya, at=MONDAY)
    assert (attempt.result["out_of"], attempt.points, attempt.is_passed) == (DRAWN, 50, True)
    found = quiz_results(attempt, viewer=priya).items
    assert [item.question.id for item in found] == attempt.drawn
    assert SkillEvidence.objects.get().items == DRAWN


def test_an_attempt_from_before_draws_asks_all_in_the_order_of_its_seed(priya) -> None:
    raw = {key: value for key, value in bank_raw().items() if key != "sections"}
    attempt = start_quiz(QuizFactory(published=raw), by=priya, at=MONDAY)
    drawn = attempt.drawn
    Attempt.objects.update(drawn=[])
    attempt.refresh_from_db()
    assert [item.id for item in question_page(attempt, now=MONDAY).quiz.items] == drawn
