"""Scenarios to test with: the curriculum's first one, and a small one to bend."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from courses.content.scenario import Scenario, parse_scenario

THREE_BILLS = Path(
    "courses/library/active-listening/hear-the-whole-story-first",
    "three-bills-one-visit.scenario.yaml",
)


@cache
def three_bills() -> Scenario:
    """Return “Three bills, one visit”."""
    return parse_scenario(three_bills_raw())


def three_bills_raw() -> dict[str, Any]:
    """Return “Three bills, one visit” as its author wrote it."""
    return deepcopy(_three_bills_file())


def small_scenario(**changes: Any) -> Scenario:
    """Return a chat of three moments, with some fields of it replaced."""
    return parse_scenario(small_raw(**changes))


def small_raw(**changes: Any) -> dict[str, Any]:
    """Return a chat of three moments as an author would write it, with some fields replaced."""
    return deepcopy(_SMALL) | changes


def choice(id: str, effectiveness: float, **fields: Any) -> dict[str, Any]:
    """Return a choice as an author would write it."""
    return {
        "id": id,
        "text": f"This is what the agent says if they choose {id}.",
        "effectiveness": effectiveness,
        "felt": "Felt something.",
        "why": "There is a reason.",
    } | fields


def moment(id: str, behaviour: str, **fields: Any) -> dict[str, Any]:
    """Return a moment with two choices that leads to the ending `calm`."""
    return {
        "id": id,
        "title": f"The moment {id}",
        "behaviour": behaviour,
        "says": f"This is said at {id}.",
        "expert": f"An expert speaks at {id}.",
        "choices": [choice("A", 5), choice("B", 1)],
        "routes": [{"to": "calm"}],
    } | fields


def long_raw(count: int) -> dict[str, Any]:
    """Return a chat of `count` moments in a row, named `m1` and on, of which `A` is the best."""
    moments = [
        moment(f"m{number}", "AL1", routes=[{"to": f"m{number + 1}" if number < count else "calm"}])
        for number in range(1, count + 1)
    ]
    return plain_raw(*moments)


def plain_raw(*moments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a chat of these moments that ends at `calm` however it goes, and has no gates."""
    calm = {
        "id": "calm",
        "title": "Settled",
        "kind": "good",
        "says": "Thank you.",
        "for_patient": "Everything is settled.",
    }
    return small_raw(moments=list(moments), gates={}, endings=[calm]) | changes


@cache
def _three_bills_file() -> dict[str, Any]:
    root = Path(__file__).resolve().parents[2]
    return yaml.safe_load((root / THREE_BILLS).read_text(encoding="utf-8"))


_SMALL: dict[str, Any] = {
    "title": "A small thing",
    "channel": "chat",
    "summary": "Somebody writes.",
    "brief": "You answer.",
    "behaviours": {"AL1": "Lets the story end", "PS1": "Closes with one owner"},
    "gates": {"G1": "Identity before details"},
    "start": {"trust": 2, "distress": 2, "understanding": 1},
    "moments": [
        moment(
            "hello",
            "AL1",
            choices=[
                choice("A", 5, effects={"trust": 1, "distress": -1}),
                choice("B", 1, effects={"trust": -2, "distress": 1}, sets=["hurried"]),
            ],
            routes=[{"to": "check"}],
        ),
        moment(
            "check",
            "G1",
            choices=[
                choice("A", 1, gate={"G1": "missed"}, sets=["slipped"]),
                choice("B", 5, gate={"G1": "met"}),
            ],
            routes=[{"to": "close"}],
        ),
        moment(
            "close",
            "PS1",
            choices=[
                choice("A", 2),
                choice("B", 5, effects={"understanding": 2}, sets=["plan"]),
            ],
            routes=[
                {"when": {"flag": "plan", "not": {"flag": "slipped"}}, "to": "calm"},
                {"to": "lost"},
            ],
        ),
    ],
    "endings": [
        {
            "id": "calm",
            "title": "Settled",
            "kind": "good",
            "says": "Thank you.",
            "for_patient": "Everything is settled.",
            "resolved": True,
            "understood": {"understanding": ">=3"},
            "owner_named": {"flag": "plan"},
        },
        {
            "id": "lost",
            "title": "Gone",
            "kind": "bad",
            "says": [
                {"when": {"flag": "hurried"}, "text": "You never listened."},
                {"text": "Bye."},
            ],
            "for_patient": "Nothing is settled.",
        },
    ],
    "cards": [{"id": "ana", "name": "Ana Ruiz", "age": 40}],
}
