"""Points for answers to quiz items. Pure: no database, no clock, no settings.

Each rule of scoring is a function in a module beside this one, with its source in its docstring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.responses import read_response
from assessments.scoring.choices import score_one_option, score_several_options
from assessments.scoring.gaps import score_gaps
from assessments.scoring.judgement import score_best_and_worst, score_ranking, score_ratings
from assessments.scoring.order import score_order
from assessments.scoring.pairs import score_pairs
from assessments.scoring.rubric import score_rubric
from courses.content.answer_text import fits_pattern
from courses.content.quiz import Quiz
from courses.content.quiz_items import Item, ItemType

ROUNDING = 1e-9
Mark = Mapping[str, int]
NEARER_OR_FURTHER = frozenset({ItemType.RANK_ALL, ItemType.RATE_EACH})


@dataclass(frozen=True)
class ItemScore:
    """The points of one item, from 0 to 1; None where no software may give any.

    `right` is None without an answer, and where answers are nearer or further, not right or wrong.
    `awaits_marking` where a lead still has to give the points.
    """

    item_id: str
    answered: bool
    points: float | None
    right: bool | None
    awaits_marking: bool = False


@dataclass(frozen=True)
class QuizScore:
    """The points of a whole quiz; items without points count neither way."""

    items: tuple[ItemScore, ...]
    points: float
    out_of: int
    passed: bool

    @property
    def percent(self) -> float:
        """The share of the points, from 0 to 100."""
        return 100 * self.points / self.out_of

    @property
    def awaits_marking(self) -> bool:
        """Whether a lead still has to mark an answer, so that the points are not all there."""
        return any(score.awaits_marking for score in self.items)


def score_quiz(
    quiz: Quiz, responses: Mapping[str, Any], marks: Mapping[str, Mark] | None = None
) -> QuizScore:
    """Score the answers to a quiz, given by item id. An item without an answer earns 0.

    `marks` are what leads gave, by item id.

    The quiz is passed when the share of the points reaches its pass mark.

    Raises:
        InvalidResponse: an answer cannot be used.
    """
    given = marks or {}
    scores = tuple(
        score_item(item, responses[item.id], given.get(item.id))
        if item.id in responses
        else _unanswered(item)
        for item in quiz.items
    )
    points = sum(score.points for score in scores if score.points is not None)
    out_of = sum(item.is_scored for item in quiz.items)
    passed = 100 * points >= quiz.pass_mark * out_of - ROUNDING
    return QuizScore(scores, points, out_of, passed)


def score_item(item: Item, payload: Any, mark: Mark | None = None) -> ItemScore:
    """Score one answer, as a browser sent it, and as a lead marked it where one has to.

    Raises:
        InvalidResponse: the answer cannot be used.
    """
    response = read_response(item, payload)
    if item.rubric:
        return _marked(item, payload["text"], mark)
    rule = _RULES.get(item.type)
    if rule is None:
        return ItemScore(item.id, True, None, None)
    points = rule(item, response)
    right = None if item.type in NEARER_OR_FURTHER else points > 1 - ROUNDING
    return ItemScore(item.id, True, points, right)


def _marked(item: Item, text: str, mark: Mark | None) -> ItemScore:
    if any(fits_pattern(text, pattern) for pattern in item.accepted):
        return ItemScore(item.id, True, 1.0, True)
    if mark is None:
        return ItemScore(item.id, True, None, None, awaits_marking=True)
    return ItemScore(item.id, True, score_rubric(item, mark), None)


def _unanswered(item: Item) -> ItemScore:
    return ItemScore(item.id, False, 0.0 if item.is_scored else None, None)


_RULES: dict[ItemType, Callable[[Item, Any], float]] = {
    ItemType.SINGLE_CHOICE: score_one_option,
    ItemType.MULTIPLE_CHOICE: score_several_options,
    ItemType.TRUE_FALSE: score_one_option,
    ItemType.ORDERING: score_order,
    ItemType.MATCHING: score_pairs,
    ItemType.FILL_GAP: score_gaps,
    ItemType.MARK_SENTENCE: score_one_option,
    ItemType.BEST_WORST: score_best_and_worst,
    ItemType.RANK_ALL: score_ranking,
    ItemType.RATE_EACH: score_ratings,
}
