"""The smallest lesson and quiz that can be published, as their author would write them."""

from copy import deepcopy
from typing import Any


def lesson_raw(**changes: Any) -> dict[str, Any]:
    """Return a lesson of a text, a reflection and a quick check, with some fields replaced."""
    return deepcopy(_LESSON) | changes


def quiz_raw(**changes: Any) -> dict[str, Any]:
    """Return a quiz of two questions, with some fields replaced."""
    return deepcopy(_QUIZ) | changes


def option(id: str, **fields: Any) -> dict[str, Any]:
    """Return an option as an author would write it; `right=True` marks the key."""
    return {"id": id, "text": f"Option {id}.", "feedback": f"This is what {id} does."} | fields


_LESSON: dict[str, Any] = {
    "title": "A small lesson",
    "objective": "Let the caller finish.",
    "minutes": 3,
    "blocks": [
        {"id": "why", "type": "rich_text", "heading": "Why", "html": "<p>Because it helps.</p>"},
        {"id": "mine", "type": "reflection", "heading": "You", "prompt": "When did you wait?"},
        {
            "id": "check",
            "type": "quick_check",
            "heading": "Try it",
            "prompt": "Which reply lets the caller finish?",
            "options": [option("A", right=True), option("B")],
        },
    ],
}

_QUIZ: dict[str, Any] = {
    "title": "A small quiz",
    "intro": "Two questions.",
    "minutes": 2,
    "pass_mark": 50,
    "feedback": "per_question",
    "shuffle_questions": False,
    "shuffle_options": False,
    "items": [
        {
            "id": "first",
            "type": "single_choice",
            "title": "The first question",
            "behaviour": "AL1",
            "difficulty": 0.7,
            "prompt": "Which reply keeps the story whole?",
            "options": [option("A", right=True), option("B"), option("C")],
            "rationale": "Because the story stays whole.",
        },
        {
            "id": "second",
            "type": "true_false",
            "title": "The second question",
            "behaviour": "AL2",
            "difficulty": 0.7,
            "prompt": "A remark said in passing can be the real worry.",
            "answer": True,
            "if_true": "It often is.",
            "if_false": "It often is, so listen for it.",
            "rationale": "The worry often sits just before the word anyway.",
        },
    ],
}
