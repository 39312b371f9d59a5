"""A quiz with one question of each type, whose secrets can be told apart in any page."""

from pathlib import Path
from typing import Any

import yaml

from tests.factories.contents import quiz_raw

_SAMPLE = Path(__file__).with_name("every-type.quiz.yaml")

TYPES = (
    "single-choice",
    "multiple-choice",
    "true-false",
    "ordering",
    "matching",
    "fill-gap",
    "mark-sentence",
    "best-worst",
    "rank-all",
    "rate-each",
    "short-text",
)
# What a browser sends for each type: all right, and all that is needed but wrong.
RIGHT: dict[str, dict[str, Any]] = {
    "single-choice": {"option": "A"},
    "multiple-choice": {"options": ["A", "B"]},
    "true-false": {"option": "true"},
    "ordering": {"order": ["B", "A", "C"]},
    "matching": {"pair-A": "y", "pair-B": "z", "pair-C": "y"},
    "fill-gap": {"gap-A": "  OLD ", "gap-B": "Opened."},
    "mark-sentence": {"option": "A"},
    "best-worst": {"best": "A", "worst": "B"},
    "rank-all": {"order": ["B", "A", "C"]},
    "rate-each": {"rating-A": "5", "rating-B": "3", "rating-C": "1"},
    "short-text": {"text": "I hear you."},
}
WRONG: dict[str, dict[str, Any]] = {
    "single-choice": {"option": "B"},
    "multiple-choice": {"options": ["C"]},
    "true-false": {"option": "false"},
    "ordering": {"order": ["C", "A", "B"]},
    "matching": {"pair-A": "x", "pair-B": "x", "pair-C": "x"},
    "fill-gap": {"gap-A": "new", "gap-B": "lost"},
    "mark-sentence": {"option": "B"},
    "best-worst": {"best": "B", "worst": "A"},
    "rank-all": {"order": ["C", "A", "B"]},
    "rate-each": {"rating-A": "1", "rating-B": "3", "rating-C": "5"},
    "short-text": {"text": "No."},
}
# The answers above as they are kept.
KEPT: dict[str, dict[str, Any]] = RIGHT | {
    "matching": {"pairs": {"A": "y", "B": "z", "C": "y"}},
    "fill-gap": {"words": {"A": "OLD", "B": "Opened."}},
    "rate-each": {"ratings": {"A": 5, "B": 3, "C": 1}},
    "short-text": {"text": "I hear you.", "held": []},
}
POINTS = len(TYPES) - 1  # own words earn none


def every_type_raw(**changes: Any) -> dict[str, Any]:
    """Return a quiz of every type, each item’s id being its type with hyphens."""
    return quiz_raw(items=[_item(one) for one in TYPES], pass_mark=60) | changes


def sample_raw(**changes: Any) -> dict[str, Any]:
    """Return a quiz of every type as an author would write it, to look at and to play."""
    raw: dict[str, Any] = yaml.safe_load(_SAMPLE.read_text(encoding="utf-8"))
    return raw | changes


def marked_raw(**changes: Any) -> dict[str, Any]:
    """Return a quiz with a question that software scores, and two that a lead marks."""
    by_id = {one["id"]: one for one in sample_raw()["items"]}
    items = [quiz_raw()["items"][0], by_id["patterns"], by_id["letter"]]
    return quiz_raw(items=items, pass_mark=60) | changes


def secrets_of(item_type: str) -> list[str]:
    """Return what nobody may see of an item before they have answered it."""
    kinds = {
        "true-false": ["IF-TRUE", "IF-FALSE"],
        "fill-gap": ["FEEDBACK-A", "FEEDBACK-B", "ACCEPTED"],
        "short-text": ["REPLY", "POINT", "BECAUSE"],
    }.get(item_type, ["FEEDBACK-A", "FEEDBACK-B", "FEEDBACK-C"])
    return [_secret(item_type, kind) for kind in ("TITLE", "RATIONALE", *kinds)]


def _secret(item_type: str, kind: str) -> str:
    return f"CANARY-{item_type}-{kind}"


def _item(item_type: str) -> dict[str, Any]:
    return {
        "id": item_type,
        "type": item_type.replace("-", "_"),
        "title": _secret(item_type, "TITLE"),
        "behaviour": "AL1",
        "difficulty": 0.7,
        "stem": f"This happened before {item_type}.",
        "prompt": f"What now, {item_type}?",
        "rationale": _secret(item_type, "RATIONALE"),
    } | _KEYS[item_type]


def _options(item_type: str, letters: str = "ABC", **by_letter: dict[str, Any]) -> dict[str, Any]:
    return {
        "options": [
            {
                "id": letter,
                "text": f"Text {letter} of {item_type}.",
                "feedback": _secret(item_type, f"FEEDBACK-{letter}"),
            }
            | by_letter.get(letter, {})
            for letter in letters
        ]
    }


_KEYS: dict[str, dict[str, Any]] = {
    "single-choice": _options("single-choice", A={"right": True}),
    "multiple-choice": _options("multiple-choice", A={"right": True}, B={"right": True}),
    "true-false": {
        "answer": True,
        "if_true": _secret("true-false", "IF-TRUE"),
        "if_false": _secret("true-false", "IF-FALSE"),
    },
    "ordering": _options("ordering", "BAC"),
    "matching": {
        "answers": [{"id": one, "text": f"Answer {one}."} for one in "xyz"],
        **_options("matching", A={"goes_with": "y"}, B={"goes_with": "z"}, C={"goes_with": "y"}),
    },
    "fill-gap": {
        "text": "It went to the {A} house, and was {B} there.",
        "gaps": [
            {"id": "A", "accepted": ["old"], "feedback": _secret("fill-gap", "FEEDBACK-A")},
            {
                "id": "B",
                "accepted": ["opened", _secret("fill-gap", "ACCEPTED")],
                "feedback": _secret("fill-gap", "FEEDBACK-B"),
            },
        ],
    },
    "mark-sentence": _options("mark-sentence", A={"right": True}),
    "best-worst": _options("best-worst", A={"standing": "best"}, B={"standing": "worst"}),
    "rank-all": _options("rank-all", A={"rating": 3}, B={"rating": 5}, C={"rating": 1}),
    "rate-each": _options("rate-each", A={"rating": 5}, B={"rating": 3}, C={"rating": 1}),
    "short-text": {
        "replies": [_secret("short-text", "REPLY")],
        "checklist": [
            {
                "id": "heard",
                "text": _secret("short-text", "POINT"),
                "because": _secret("short-text", "BECAUSE"),
            }
        ],
    },
}
