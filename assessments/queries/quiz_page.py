"""A quiz as its taker sees it: one question, and afterwards what each answer teaches."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments.models import Attempt
from assessments.queries.answers import latest_responses
from assessments.scoring import ItemScore, score_item
from courses.content.quiz import FeedbackMoment, Quiz
from courses.content.quiz_items import Explanation, Item, ItemType, Question
from courses.content.skills import Skill, skill_of
from courses.queries.content import quiz_of

STRONG_FROM = 0.75


@dataclass(frozen=True)
class QuestionPage:
    """One question of an open attempt.

    `explanation` is None until its answer is given, and until the end where the quiz keeps
    feedback for the end.
    """

    attempt: Attempt
    quiz: Quiz
    question: Question
    number: int
    total: int
    answered: frozenset[str]
    response: dict[str, Any]
    explanation: Explanation | None
    score: ItemScore | None
    order: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether the answer stands."""
        return self.explanation is not None and not self.is_self_marked

    @property
    def is_self_marked(self) -> bool:
        """Whether the taker now marks their own words."""
        return self.question.type is ItemType.SHORT_TEXT and self.explanation is not None

    @property
    def template(self) -> str:
        """The template that shows this type of question."""
        return f"assessments/items/{self.question.type}.html"

    @property
    def open_count(self) -> int:
        """How many questions have no answer yet."""
        return self.total - len(self.answered)

    @property
    def ordered_options(self) -> list[Any]:
        """The steps of an ordering, as they stand now."""
        by_id = {option.id: option for option in self.question.options}
        return [by_id[option_id] for option_id in self.order]


@dataclass(frozen=True)
class ItemResult:
    """One question looked back on."""

    question: Question
    response: dict[str, Any]
    score: ItemScore
    explanation: Explanation
    behaviour: str

    @property
    def skill(self) -> Skill:
        """The skill it is about."""
        return skill_of(self.behaviour)

    @property
    def is_strong(self) -> bool:
        """Whether the answer earned three quarters of its points or more."""
        return self.score.points is not None and self.score.points >= STRONG_FROM

    @property
    def answer_in_words(self) -> str:
        """What was answered, as one would say it."""
        texts = {option.id: option.text for option in self.question.options}
        given = self.response
        if "best" in given:
            best, worst = texts[given["best"]], texts[given["worst"]]
            return gettext("Best: %(best)s Worst: %(worst)s") % {"best": best, "worst": worst}
        if "ratings" in given:
            return " · ".join(f"{texts[one]} {rating}" for one, rating in given["ratings"].items())
        chosen = given.get("order") or given.get("options") or [given.get("option")]
        return given.get("text") or " · ".join(texts[one] for one in chosen if one in texts)


@dataclass(frozen=True)
class QuizResults:
    """A finished attempt."""

    attempt: Attempt
    quiz: Quiz
    items: tuple[ItemResult, ...]

    @property
    def percent(self) -> int:
        """The share of the points that was earned, 0 to 100."""
        return int(self.attempt.points or 0)

    @property
    def needed(self) -> int:
        """The pass mark, in percent."""
        return self.quiz.pass_mark


def question_at(attempt: Attempt, number: int) -> Question | None:
    """Return the question with this number, as this attempt meets it, if there is one."""
    questions = quiz_of(attempt.revision).asked(attempt.seed)
    return questions[number - 1] if 1 <= number <= len(questions) else None


def explains_at_once(attempt: Attempt) -> bool:
    """Say whether an answer is explained when it is given, and not only at the end."""
    return quiz_of(attempt.revision).feedback is FeedbackMoment.PER_QUESTION


def question_page(attempt: Attempt, number: int | None = None) -> QuestionPage:
    """Return the question with this number, which must exist, or the first open one."""
    quiz = quiz_of(attempt.revision)
    questions = quiz.asked(attempt.seed)
    responses = latest_responses(attempt)
    if number is None:
        number = _first_open(questions, responses)
    question = questions[number - 1]
    item = _item_of(quiz, question)
    response = responses.get(question.id, {})
    is_told = bool(response) and explains_at_once(attempt)
    return QuestionPage(
        attempt=attempt,
        quiz=quiz,
        question=question,
        number=number,
        total=len(questions),
        answered=frozenset(responses),
        response=response,
        explanation=item.explained() if is_told else None,
        score=score_item(item, response) if is_told else None,
        order=tuple(response.get("order", [option.id for option in question.options])),
    )


def quiz_results(attempt: Attempt) -> QuizResults:
    """Return a finished attempt with everything it teaches."""
    quiz = quiz_of(attempt.revision)
    responses = latest_responses(attempt)
    scores: dict[str, Any] = (attempt.result or {})["items"]
    return QuizResults(
        attempt=attempt,
        quiz=quiz,
        items=tuple(
            _item_result(_item_of(quiz, question), question, responses, scores[question.id])
            for question in quiz.asked(attempt.seed)
        ),
    )


def _item_result(
    item: Item, question: Question, responses: dict[str, Any], score: dict[str, Any]
) -> ItemResult:
    return ItemResult(
        question=question,
        response=responses.get(item.id, {}),
        score=ItemScore(item.id, score["answered"], score["points"], score["right"]),
        explanation=item.explained(),
        behaviour=item.behaviour,
    )


def _item_of(quiz: Quiz, question: Question) -> Item:
    return next(item for item in quiz.items if item.id == question.id)


def _first_open(questions: tuple[Question, ...], responses: dict[str, Any]) -> int:
    open_numbers = (n for n, one in enumerate(questions, 1) if one.id not in responses)
    return next(open_numbers, len(questions))
