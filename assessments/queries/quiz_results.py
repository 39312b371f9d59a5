"""A finished quiz looked back on: what was answered, and what each answer teaches."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.confidence import Level, calibration
from assessments.models import AnswerMark, Attempt, AttemptState, Regrade
from assessments.queries.answers import latest_responses
from assessments.queries.begun import assessed_begun
from assessments.queries.marks import Corrected, Given, corrections_of, given_levels
from assessments.queries.quiz_taken import quiz_taken
from assessments.queries.review import shown_after
from assessments.queries.telling import Told, answer_in_words, sure_words, told
from assessments.scoring import ItemScore
from courses.content.quiz import Quiz
from courses.content.quiz_items import Explanation, Item, Question
from courses.content.quiz_rules import Review
from courses.content.skills import Skill, skill_of
from portal.kit.sql import kept_rows
from portal.people.models import User

STRONG_FROM = 0.75


@dataclass(frozen=True)
class ItemResult:
    """One question looked back on; without `score` or `explanation` where the rules say so.

    `mark` is there where a lead marks it; until then it `awaits_marking` and explains nothing.
    """

    question: Question
    response: dict[str, Any]
    is_answered: bool
    score: ItemScore | None
    explanation: Explanation | None
    behaviour: str
    awaits_marking: bool = False
    mark: AnswerMark | None = None
    given: tuple[Given, ...] = ()
    corrections: tuple[Corrected, ...] = ()

    @property
    def skill(self) -> Skill:
        """The skill it is about."""
        return skill_of(self.behaviour)

    @property
    def title(self) -> str:
        """What it is called; its own title gives away what it is about."""
        return self.explanation.title if self.explanation else self.question.prompt

    @property
    def is_strong(self) -> bool:
        """Whether the answer is known to have earned three quarters of its points or more."""
        points = self.score.points if self.score else None
        return points is not None and points >= STRONG_FROM

    @cached_property
    def answer_in_words(self) -> str:
        """What was answered, as one would say it."""
        return answer_in_words(self.question, self.response)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What each option teaches, if it may be seen."""
        return told(self.question, self.explanation, self.response)

    @cached_property
    def sure(self) -> str:
        """How sure its taker was, in words; empty where nobody asked."""
        return sure_words().get(self.response.get("confidence", 0), "")


@dataclass(frozen=True)
class SureLevel:
    """What the answers at one level of confidence came to."""

    word: str
    level: Level


@dataclass(frozen=True)
class QuizResults:
    """A finished attempt, and how much it `tells` of each answer.

    While its taker `is_taking_again`, it tells nothing. `begun` counts their attempts where the
    quiz allows only so many. `correction` if a wrong key had given it
    another result.
    """

    attempt: Attempt
    quiz: Quiz
    items: tuple[ItemResult, ...]
    tells: Review
    is_taking_again: bool
    begun: int = 0
    correction: Regrade | None = None

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts may be begun; None for as many as one likes."""
        allowed = self.quiz.rules.attempts
        return None if allowed is None else max(0, allowed - self.begun)

    @property
    def is_held_back(self) -> bool:
        """Whether more is shown once the quiz is passed or no attempt is left."""
        return not self.is_taking_again and self.tells is not self.quiz.rules.shown_once_settled

    @property
    def calibration(self) -> tuple[SureLevel, ...]:
        """How being sure and being right went together; empty where it may not be told."""
        answers = [
            (item.response["confidence"], item.score.points)
            for item in self.items
            if item.score and item.score.points is not None and "confidence" in item.response
        ]
        words = sure_words()
        return tuple(SureLevel(words[one.confidence], one) for one in calibration(answers))

    @property
    def ran_out_of_time(self) -> bool:
        """Whether its time was up before it was finished."""
        return self.attempt.state == AttemptState.EXPIRED

    @property
    def percent(self) -> int:
        """The share of the points that was earned, 0 to 100."""
        return int(self.attempt.points or 0)

    @property
    def needed(self) -> int:
        """The pass mark, in percent."""
        return self.quiz.pass_mark


def quiz_results(attempt: Attempt, *, viewer: User) -> QuizResults:
    """Return a finished attempt with everything it teaches.

    To its taker it teaches nothing while they have the same quiz open: what they look at would
    answer what they are asked.
    """
    quiz = quiz_taken(attempt)
    responses = latest_responses(attempt)
    is_taking_again = viewer.pk == attempt.user_id and _has_open(attempt)
    tells = Review.NOTHING if is_taking_again else shown_after(attempt, quiz.rules)
    has_marks = any(item.rubric for item in quiz.items) and not is_taking_again
    found = (
        attempt.marks.select_related("marked_by").prefetch_related("corrections")
        if has_marks
        else ()
    )
    marks = {mark.step_id: mark for mark in found}
    items = {item.id: item for item in quiz.items}
    scores: dict[str, Any] = (attempt.result or {})["items"]
    return QuizResults(
        attempt=attempt,
        quiz=quiz,
        items=tuple(
            _item_result(
                items[question.id],
                question,
                responses.get(question.id, {}),
                scores[question.id],
                marks.get(question.id),
                tells,
            )
            for question in quiz.asked(attempt.seed)
        ),
        tells=tells,
        is_taking_again=is_taking_again,
        begun=_begun(attempt) if quiz.rules.attempts is not None else 0,
        correction=_correction_of(attempt),
    )


def _begun(attempt: Attempt) -> int:
    return assessed_begun(attempt.activity_id, attempt.user_id)


def _has_open(attempt: Attempt) -> bool:
    params = {"user": attempt.user_id, "activity": attempt.activity_id, "state": AttemptState.OPEN}
    return bool(kept_rows(_OPEN_ATTEMPTS, params)[0][0])


def _correction_of(attempt: Attempt) -> Regrade | None:
    if attempt.key_revision_id is None:
        return None
    return attempt.regrades.filter(is_changed=True).order_by("-pk").first()


def _item_result(
    item: Item,
    question: Question,
    response: dict[str, Any],
    score: dict[str, Any],
    mark: AnswerMark | None,
    shown: Review,
) -> ItemResult:
    awaits_marking = mark is not None and mark.is_waiting
    is_explained = shown is Review.FULL and not awaits_marking
    found = ItemScore(item.id, score["answered"], score["points"], score["right"])
    return ItemResult(
        question=question,
        response=response,
        is_answered=found.answered,
        score=None if shown is Review.NOTHING else found,
        explanation=item.explained() if is_explained else None,
        behaviour=item.behaviour,
        awaits_marking=awaits_marking,
        mark=mark,
        given=given_levels(item, mark) if is_explained else (),
        corrections=corrections_of(item, mark) if is_explained and mark else (),
    )


_OPEN_ATTEMPTS = """
SELECT count(*) FROM assessments_attempt
WHERE user_id = %(user)s AND activity_id = %(activity)s AND state = %(state)s
"""
