"""What somebody of the demo cast answers to a quiz item, right or wrong."""

from collections.abc import Callable
from typing import Any

from assessments.confidence import Confidence
from courses.content.options import Standing
from courses.content.quiz_items import Item, ItemType

_OWN_WORDS = "You have waited a long time. I call you by four today, whatever I know by then."
_NO_GOOD_WORD = "hmm"


def answer_to(item: Item, *, is_right: bool) -> dict[str, Any]:
    """Return an answer as the page of a quiz sends it. Own words are the same either way."""
    payload = _ANSWERS[item.type](item, is_right)
    if item.asks_confidence:
        payload["confidence"] = (Confidence.VERY if is_right else Confidence.NOT_VERY).value
    return payload


def _one(item: Item, is_right: bool) -> dict[str, Any]:
    return {"option": _standing_so(item, is_right)[0]}


def _several(item: Item, is_right: bool) -> dict[str, Any]:
    return {"options": _standing_so(item, is_right)}


def _order(item: Item, is_right: bool) -> dict[str, Any]:
    options = item.by_rating() if item.type is ItemType.RANK_ALL else item.options
    ids = [option.shown.id for option in options]
    return {"order": ids if is_right else ids[::-1]}


def _pairs(item: Item, is_right: bool) -> dict[str, Any]:
    ids, right = item.option_ids(), [option.goes_with for option in item.options]
    given = right if is_right else [*right[1:], right[0]]
    return {"pairs": dict(zip(ids, given, strict=True))}


def _gaps(item: Item, is_right: bool) -> dict[str, Any]:
    words = {one.shown.id: one.accepted[0] if is_right else _NO_GOOD_WORD for one in item.options}
    return {"words": words}


def _best_and_worst(item: Item, is_right: bool) -> dict[str, Any]:
    ends = [item.option_that_is(one) for one in (Standing.BEST, Standing.WORST)]
    best, worst = ends if is_right else ends[::-1]
    return {"best": best, "worst": worst}


def _ratings(item: Item, is_right: bool) -> dict[str, Any]:
    keyed = {option.shown.id: round(option.rating or 3) for option in item.options}
    return {"ratings": {one: rating if is_right else 6 - rating for one, rating in keyed.items()}}


def _own_words(_item: Item, _is_right: bool) -> dict[str, Any]:
    return {"text": _OWN_WORDS}


def _standing_so(item: Item, is_right: bool) -> list[str]:
    return [option.shown.id for option in item.options if option.is_right is is_right]


_ANSWERS: dict[ItemType, Callable[[Item, bool], dict[str, Any]]] = {
    ItemType.SINGLE_CHOICE: _one,
    ItemType.TRUE_FALSE: _one,
    ItemType.MARK_SENTENCE: _one,
    ItemType.MULTIPLE_CHOICE: _several,
    ItemType.ORDERING: _order,
    ItemType.RANK_ALL: _order,
    ItemType.MATCHING: _pairs,
    ItemType.FILL_GAP: _gaps,
    ItemType.BEST_WORST: _best_and_worst,
    ItemType.RATE_EACH: _ratings,
    ItemType.SHORT_TEXT: _own_words,
    ItemType.LONG_TEXT: _own_words,
}
