"""Items of each type as their author would write them, whose secrets say that they are."""

from typing import Any

import pytest

from courses.content.parsing import ContentError
from courses.content.quiz import Quiz, parse_quiz
from tests.factories.contents import option, quiz_raw


def item_raw(type_: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "type": type_,
        "title": "SECRET title",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "stem": "He calls.",
        "prompt": "What now?",
        "rationale": "SECRET rationale",
    } | fields


SINGLE = item_raw("single_choice", options=[option("A"), option("B", right=True)])
ORDERING = item_raw("ordering", options=[option(one) for one in ("story", "ask", "open", "end")])
BEST_WORST = item_raw(
    "best_worst",
    options=[option("A", standing="worst"), option("B"), option("C", standing="best")],
)
RATE_EACH = item_raw(
    "rate_each", options=[option("A", rating=5), option("B", rating=2.5), option("C", rating=1)]
)
RANK_ALL = RATE_EACH | {"type": "rank_all"}
MATCHING = item_raw(
    "matching",
    answers=[{"id": one, "text": f"Answer {one}."} for one in "xyz"],
    options=[option("A", goes_with="y"), option("B", goes_with="z"), option("C", goes_with="y")],
)
FILL_GAP = item_raw(
    "fill_gap",
    text="It went to the {one} house, {two}.",
    gaps=[
        {"id": one, "accepted": ["SECRET old", "é"], "feedback": f"SECRET why {one}"}
        for one in ("one", "two")
    ],
)
SHORT_TEXT = item_raw(
    "short_text",
    replies=["SECRET one", "SECRET two"],
    checklist=[{"id": "opened", "text": "SECRET point", "because": "SECRET harm"}],
)


def quiz_of(*items: dict[str, Any], **changes: Any) -> Quiz:
    return parse_quiz(quiz_raw(items=list(items), **changes))


def problems_in(*items: dict[str, Any], **changes: Any) -> list[str]:
    """Return what is wrong with a quiz of these items, as its author reads it."""
    with pytest.raises(ContentError) as caught:
        quiz_of(*items, **changes)
    return [str(problem) for problem in caught.value.problems]
