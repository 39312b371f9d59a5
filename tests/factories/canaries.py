"""A quiz of every type with a canary in each place that nobody may see before its time."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.factories.quizzes import TYPES, every_type_raw, sample_raw

ITEM_IDS = (*TYPES, "patterns", "letter")
MARKED_BY_LEAD = ("patterns", "letter")

_WORDS = frozenset({"title", "rationale", "feedback", "if_true", "if_false", "because", "anchor"})
_LISTS = frozenset({"accepted", "replies"})
_NUMBERS = frozenset({"rating", "difficulty"})


def canary_raw(name: str, **changes: Any) -> dict[str, Any]:
    """Return a quiz whose canaries all begin with `name`; it asks how sure one is where it can.

    What is planted stands in titles, rationales, feedback, model replies, checklists, accepted
    words, the levels of rubrics, and in the points of options, as numbers like no others.
    """
    by_id = {one["id"]: one for one in sample_raw()["items"]}
    raw = deepcopy(every_type_raw(minutes=6))
    raw["items"] += [by_id[one] for one in MARKED_BY_LEAD]
    numbers = iter(range(1, 1000))
    for item in raw["items"]:
        item["confidence"] = item["id"] != "short-text"
        _plant(item, f"CANARY-{name}-{item['id']}", numbers)
    return raw | changes


def canaries_of(raw: dict[str, Any], item_id: str) -> set[str]:
    """Return all that is planted in one item of such a quiz."""
    item = next(one for one in raw["items"] if one["id"] == item_id)
    return set(_planted(item))


def _plant(part: Any, name: str, numbers: Iterator[int]) -> None:
    if isinstance(part, list):
        for place, one in enumerate(part):
            _plant(one, f"{name}-{place}", numbers)
    if not isinstance(part, dict):
        return
    for key, value in part.items():
        if key in _WORDS or (key == "text" and "because" in part):
            part[key] = f"{name}-{key}"
        elif key in _LISTS:
            part[key] = [*(one for one in value if "CANARY" not in one), f"{name}-{key}"]
        elif key in _NUMBERS:
            part[key] = round(0.95 * value + 0.1 - next(numbers) / 1e7, 7)
        else:
            _plant(value, f"{name}-{key}", numbers)


def _planted(part: Any) -> Iterator[str]:
    if isinstance(part, str) and part.startswith("CANARY-"):
        yield part
    elif isinstance(part, float):
        yield str(part)
    elif isinstance(part, list):
        for one in part:
            yield from _planted(one)
    elif isinstance(part, dict):
        for one in part.values():
            yield from _planted(one)
