"""What a new lesson, practice call or quiz says at first: little, but whole enough to be seen."""

from collections.abc import Callable
from typing import Any


def first_draft(kind: str, title: str, behaviour: str) -> dict[str, Any]:
    """Return the first draft of an activity of `kind` on one behavior, such as `AL1`.

    It passes the reader and the checks forbid nothing in it, so that its author sees at once what
    learners would; every text says what to write there.
    """
    return _FIRST[kind](title, behaviour)


def _lesson(title: str, _behaviour: str) -> dict[str, Any]:
    return {
        "title": title,
        "objective": "Say in one line what people can do after this lesson.",
        "minutes": 2,
        "blocks": [
            {
                "id": "why",
                "type": "rich_text",
                "heading": "Why it helps",
                "html": "<p>Say in a few short lines why this helps the caller.</p>",
            },
            {
                "id": "try-it",
                "type": "quick_check",
                "heading": "Try it",
                "stem": "Say what the caller has told you so far.",
                "prompt": "Which reply would you give?",
                "options": [
                    _option("k4", "Write the reply that helps most.", right=True),
                    _option("d7", "Write a reply that misses it."),
                ],
            },
            {
                "id": "your-turn",
                "type": "reflection",
                "heading": "Your turn",
                "prompt": "Ask for one call of their own where this would have helped.",
            },
        ],
    }


def _quiz(title: str, behaviour: str) -> dict[str, Any]:
    return {
        "title": title,
        "intro": "Say in one line what these questions are about.",
        "minutes": 5,
        "pass_mark": 80,
        "feedback": "per_question",
        "shuffle_questions": True,
        "shuffle_options": True,
        "items": [
            {
                "id": "q-first",
                "type": "single_choice",
                "title": "Name the idea of this question",
                "behaviour": behaviour,
                "difficulty": 0.7,
                "stem": "Say what the caller has told you so far.",
                "prompt": "Which reply would you give?",
                "options": [
                    _option("k4", "Write the reply that helps most.", right=True),
                    _option("d7", "Write a reply that misses it."),
                    _option("r2", "Write another one that misses."),
                ],
                "rationale": "Say what to remember from this question.",
            }
        ],
    }


def _scenario(title: str, behaviour: str) -> dict[str, Any]:
    return {
        "title": title,
        "channel": "phone",
        "summary": "Say in one line who calls, and why.",
        "brief": "Say what the agent knows before the call begins.",
        "behaviours": {behaviour: "What one can hear"},
        "start": {"trust": 2, "distress": 2, "understanding": 1},
        "moments": [
            {
                "id": "hello",
                "title": "The first words",
                "behaviour": behaviour,
                "says": "Write what the patient says first.",
                "expert": "Write what an expert might say here.",
                "choices": [
                    _choice("p", 2, {"trust": -1, "distress": 1}),
                    _choice("m", 5, {"trust": 1, "distress": -1}),
                    _choice("t", 3, {}),
                ],
                "routes": [{"to": "settled"}],
            }
        ],
        "endings": [
            {
                "id": "settled",
                "title": "How it ends",
                "kind": "good",
                "says": "Write the last words of the patient.",
                "for_patient": "Say what this means for the patient.",
            }
        ],
        "cards": [{"id": "first-patient", "name": "Ana Ruiz", "age": 40}],
    }


def _option(option_id: str, text: str, **key: bool) -> dict[str, Any]:
    return {
        "id": option_id,
        "text": text,
        "feedback": "Say what this reply does to the caller.",
    } | key


def _choice(choice_id: str, effectiveness: int, effects: dict[str, int]) -> dict[str, Any]:
    return {
        "id": choice_id,
        "text": "Write what the agent could say here.",
        "effectiveness": effectiveness,
        "felt": "Say what the patient felt.",
        "why": "Say why, with a word of the patient.",
    } | ({"effects": effects} if effects else {})


_FIRST: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "lesson": _lesson,
    "quiz": _quiz,
    "scenario": _scenario,
}
