"""A quiz with one question of each type, whose secrets can be told apart in any page."""

from typing import Any

from tests.factories.contents import quiz_raw

TYPES = (
    "single-choice",
    "multiple-choice",
    "true-false",
    "ordering",
    "mark-sentence",
    "best-worst",
    "rate-each",
    "short-text",
)
# What a browser sends for each type: all right, and all that is needed but wrong.
RIGHT: dict[str, dict[str, Any]] = {
    "single-choice": {"option": "A"},
    "multiple-choice": {"options": ["A", "B"]},
    "true-false": {"option": "true"},
    "ordering": {"order": ["A", "B", "C"]},
    "mark-sentence": {"option": "A"},
    "best-worst": {"best": "A", "worst": "B"},
    "rate-each": {"rating-A": "5", "rating-B": "3", "rating-C": "1"},
    "short-text": {"text": "I hear you."},
}
WRONG: dict[str, dict[str, Any]] = {
    "single-choice": {"option": "B"},
    "multiple-choice": {"options": ["C"]},
    "true-false": {"option": "false"},
    "ordering": {"order": ["C", "B", "A"]},
    "mark-sentence": {"option": "B"},
    "best-worst": {"best": "B", "worst": "A"},
    "rate-each": {"rating-A": "1", "rating-B": "3", "rating-C": "5"},
    "short-text": {"text": "No."},
}
# The answers above as they are kept.
KEPT: dict[str, dict[str, Any]] = RIGHT | {
    "rate-each": {"ratings": {"A": 5, "B": 3, "C": 1}},
    "short-text": {"text": "I hear you.", "held": []},
}
POINTS = 7  # own words earn none


def every_type_raw(**changes: Any) -> dict[str, Any]:
    """Return a quiz of the eight types, each item’s id being its type with hyphens."""
    return quiz_raw(items=[_item(one) for one in TYPES], pass_mark=60) | changes


def secrets_of(item_type: str) -> list[str]:
    """Return what nobody may see of an item before they have answered it."""
    options = {"ordering": "ABC", "short-text": ""}.get(item_type, "ABC")
    kinds = [f"FEEDBACK-{one}" for one in options if item_type != "true-false"]
    if item_type == "true-false":
        kinds = ["IF-TRUE", "IF-FALSE"]
    if item_type == "short-text":
        kinds = ["REPLY", "POINT", "BECAUSE"]
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


def _options(item_type: str, **by_letter: dict[str, Any]) -> dict[str, Any]:
    return {
        "options": [
            {
                "id": letter,
                "text": f"Text {letter} of {item_type}.",
                "feedback": _secret(item_type, f"FEEDBACK-{letter}"),
            }
            | by_letter.get(letter, {})
            for letter in "ABC"
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
    "ordering": _options("ordering"),
    "mark-sentence": _options("mark-sentence", A={"right": True}),
    "best-worst": _options("best-worst", A={"standing": "best"}, B={"standing": "worst"}),
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
