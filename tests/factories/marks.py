"""Quizzes handed in with words that a lead has to mark."""

from typing import Any

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.models import AnswerMark, Attempt
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.quizzes import marked_raw

LETTER = "Three times you told us, and strangers opened it.\n\nLena looks into it by Friday."
FULL_MARKS = {"facts": 2, "next": 2}
ANSWERS: dict[str, dict[str, Any]] = {
    "first": {"option": "A"},
    "patterns": {"text": "What did I miss?"},
    "letter": {"text": LETTER},
}


def marked_quiz(**changes: Any) -> Activity:
    """Return a quiz with a choice, a short text with patterns and a long text."""
    quiz: Activity = QuizFactory(published=marked_raw(**changes))
    return quiz


def answered(quiz: Activity, by: User, at=MONDAY, **answers: dict[str, Any]) -> Attempt:
    """Begin the quiz and answer all of it, some of it as given; None leaves one open."""
    attempt = start_quiz(quiz, by=by, at=at)
    for item_id, payload in (ANSWERS | answers).items():
        if payload is not None:
            attempt = answer_item(
                attempt.pk,
                seq=attempt.next_seq,
                item_id=item_id,
                payload=payload,
                by=by,
                at=at,
            )
    return attempt


def handed_in(by: User, quiz: Activity | None = None, at=MONDAY, **answers: Any) -> AnswerMark:
    """Hand in the quiz; return the mark of the letter, which waits."""
    attempt = answered(quiz or marked_quiz(), by, at, **answers)
    finish_quiz(attempt.pk, by=by, at=at)
    return AnswerMark.objects.get(attempt=attempt, step_id="letter")
