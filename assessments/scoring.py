"""Points for answers to quiz items. Pure: no database, no clock, no settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from statistics import fmean, pstdev
from typing import Any, assert_never

from assessments.responses import (
    BestAndWorst,
    InOrder,
    OneOption,
    OwnWords,
    Ratings,
    SeveralOptions,
    read_response,
)
from courses.content.options import Standing
from courses.content.quiz import Quiz
from courses.content.quiz_items import Item

ROUNDING = 1e-9


@dataclass(frozen=True)
class ItemScore:
    """The points of one item, from 0 to 1; None where no software may give any.

    `right` is None without an answer, and where answers are nearer or further, not right or wrong.
    """

    item_id: str
    answered: bool
    points: float | None
    right: bool | None


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


def score_quiz(quiz: Quiz, responses: Mapping[str, Any]) -> QuizScore:
    """Score the answers to a quiz, given by item id. An item without an answer earns 0.

    The quiz is passed when the share of the points reaches its pass mark.

    Raises:
        InvalidResponse: an answer cannot be used.
    """
    scores = tuple(
        score_item(item, responses[item.id]) if item.id in responses else _unanswered(item)
        for item in quiz.items
    )
    points = sum(score.points for score in scores if score.points is not None)
    out_of = sum(item.is_scored for item in quiz.items)
    passed = 100 * points >= quiz.pass_mark * out_of - ROUNDING
    return QuizScore(scores, points, out_of, passed)


def score_item(item: Item, payload: Any) -> ItemScore:
    """Score one answer, as a browser sent it.

    Raises:
        InvalidResponse: the answer cannot be used.
    """
    match response := read_response(item, payload):
        case OneOption():
            return _right_or_not(item, score_one_option(item, response))
        case SeveralOptions():
            return _right_or_not(item, score_several_options(item, response))
        case InOrder():
            return _right_or_not(item, score_order(item, response))
        case BestAndWorst():
            return _right_or_not(item, score_best_and_worst(item, response))
        case Ratings():
            return ItemScore(item.id, True, score_ratings(item, response), None)
        case OwnWords():
            return ItemScore(item.id, True, None, None)
    assert_never(response)


def score_one_option(item: Item, response: OneOption) -> float:
    """Give 1 for the right option, 0 for any other (EXEMPLAR section 4, Q1 and Q3)."""
    return float(response.option == item.option_that_is(Standing.RIGHT))


def score_several_options(item: Item, response: SeveralOptions) -> float:
    """Give the share of right options chosen, less the share of the others; never under 0.

    The right options share the point equally; the others share what can be taken away, so that
    choosing everything earns nothing. Source: none of LEARNING's rules speaks of this type; this
    is the usual weighting of multiple-response items, in which the weights of right and of wrong
    options sum to 1 each.
    """
    right = {option.shown.id for option in item.options if option.is_right}
    others = set(item.option_ids()) - right
    chosen = set(response.options)
    return max(0.0, len(chosen & right) / len(right) - len(chosen & others) / len(others))


def score_order(item: Item, response: InOrder) -> float:
    """Give the share of all pairs of steps that stand the right way round.

    Source: EXEMPLAR section 4, Q2, “credit per pair”. One slip among neighbors costs one pair,
    wherever it happens.
    """
    place = {step: number for number, step in enumerate(response.order)}
    pairs = list(combinations(item.option_ids(), 2))
    return sum(place[earlier] < place[later] for earlier, later in pairs) / len(pairs)


def score_best_and_worst(item: Item, response: BestAndWorst) -> float:
    """Give half a point for the best reply, half for the worst; the worst as best earns 0.

    Source: LEARNING A3 and EXEMPLAR section 4, Q4.
    """
    best, worst = item.option_that_is(Standing.BEST), item.option_that_is(Standing.WORST)
    if response.best == worst:
        return 0.0
    return 0.5 * (response.best == best) + 0.5 * (response.worst == worst)


def score_ratings(item: Item, response: Ratings) -> float:
    """Give `1 - mean(|z_rater - z_key|) / z_max`, after standardizing ratings and key.

    Source: LEARNING A3, rate-all format, and EXEMPLAR section 4, Q5. Standardizing removes how
    somebody uses the scale: 2, 3, 4 and 1, 3, 5 are the same answer. `z_max` is the largest mean
    distance that any ratings can have from this key, so that points run from 0 to 1. Ratings that
    are all equal compare nothing and earn 0.
    """
    key = _standardized([option.rating or 0.0 for option in item.options])
    rater = _standardized([response.ratings[option_id] for option_id in item.option_ids()])
    if not any(rater):
        return 0.0
    distance = fmean(abs(own - keyed) for own, keyed in zip(rater, key, strict=True))
    return min(1.0, max(0.0, 1 - distance / _greatest_distance(key)))


def _standardized(values: list[float]) -> list[float]:
    """Return the values with mean 0 and standard deviation 1; all 0 if they are equal."""
    mean, deviation = fmean(values), pstdev(values)
    return [(value - mean) / deviation if deviation else 0.0 for value in values]


def _greatest_distance(key: list[float]) -> float:
    """Return the largest mean absolute distance of standardized values from `key`.

    For given signs of the distances, their mean is largest where the values follow the signs: it
    is the standard deviation of the signs less the mean of sign times key. So the largest over
    all signs is the largest of all; ratings in two steps, such as 1 and 5, reach it.
    """
    return max(
        pstdev(signs) - fmean(sign * value for sign, value in zip(signs, key, strict=True))
        for signs in product((-1, 1), repeat=len(key))
    )


def _right_or_not(item: Item, points: float) -> ItemScore:
    return ItemScore(item.id, True, points, points > 1 - ROUNDING)


def _unanswered(item: Item) -> ItemScore:
    return ItemScore(item.id, False, 0.0 if item.is_scored else None, None)
