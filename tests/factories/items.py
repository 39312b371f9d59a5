"""Quiz items of each type, with keys that tests can count on."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses.content.quiz import parse_quiz
from courses.content.quiz_items import Item
from tests.factories.contents import option, quiz_raw


def single_choice(right: str = "B", *, type_: str = "single_choice") -> Item:
    """Return an item with the options A, B and C."""
    return _item(type_, options=[option(one, right=one == right) for one in "ABC"])


def multiple_choice(right: str = "AC", others: str = "BDE") -> Item:
    """Return an item whose options are letters, in alphabetical order."""
    letters = sorted(right + others)
    return _item("multiple_choice", options=[option(one, right=one in right) for one in letters])


def true_false(*, answer: bool = True) -> Item:
    """Return an item with the options `true` and `false`."""
    return _item("true_false", answer=answer, if_true="It is.", if_false="It is not.")


def ordering(steps: Sequence[str] = "abcde") -> Item:
    """Return an item whose steps are given in their right order."""
    return _item("ordering", options=[option(one) for one in steps])


def matching(goes_with: str = "xyx", answers: str = "wxyz") -> Item:
    """Return an item whose options A, B and so on each go with the answer given."""
    return _item(
        "matching",
        options=[option(one, goes_with=to) for one, to in zip("ABCDEF", goes_with, strict=False)],
        answers=[{"id": one, "text": f"Answer {one}."} for one in answers],
    )


def fill_gap(*accepted: Sequence[str]) -> Item:
    """Return an item with the gaps A, B and so on, each accepting the words given."""
    gaps = [
        {"id": one, "accepted": list(words), "feedback": f"This is {one}."}
        for one, words in zip("ABCDEF", accepted or (["old", "former"], ["opened"]), strict=False)
    ]
    text = " and ".join(f"the {{{gap['id']}}} one" for gap in gaps)
    return _item("fill_gap", text=text, gaps=gaps)


def best_worst(best: str = "A", worst: str = "C", letters: str = "ABCD") -> Item:
    """Return an item with one best and one worst reply."""
    standings = {best: "best", worst: "worst"}
    return _item(
        "best_worst",
        options=[option(one, standing=standings.get(one, "other")) for one in letters],
    )


def rank_all(key: Sequence[float] = (5, 3, 2, 2)) -> Item:
    """Return an item to rank the options A, B, C and so on, rated as given."""
    return rate_each(key, type_="rank_all")


def rate_each(key: Sequence[float] = (5, 3, 2, 2), *, type_: str = "rate_each") -> Item:
    """Return an item with the options A, B, C and so on, rated as given."""
    letters = "ABCDEF"[: len(key)]
    return _item(
        type_,
        options=[option(one, rating=rating) for one, rating in zip(letters, key, strict=True)],
    )


def short_text() -> Item:
    """Return an item to answer in one's own words, with the check points `times` and `opened`."""
    points = [{"id": one, "text": f"{one}?", "because": "It is so."} for one in ("times", "opened")]
    return _item("short_text", replies=["“One.”"], checklist=points)


def long_text(**levels: Sequence[int]) -> Item:
    """Return an item that a lead marks, with the points of each criterion's levels."""
    return _item("long_text", rubric=_rubric(levels or {"facts": (0, 1, 2)}))


def marked_short_text(*accepted: str) -> Item:
    """Return a short text that a lead marks unless it fits a pattern."""
    return _item("short_text", accepted=list(accepted), rubric=_rubric({"open": (0, 1)}))


def _rubric(levels: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    return [
        {
            "id": one,
            "text": f"It has {one}.",
            "levels": [{"points": number, "anchor": f"Like {number}."} for number in points],
        }
        for one, points in levels.items()
    ]


def _item(type_: str, **fields: Any) -> Item:
    raw = {
        "id": "one",
        "type": type_,
        "title": "The item",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What now?",
        "rationale": "Because.",
    } | fields
    other = quiz_raw()["items"][0]
    return parse_quiz(quiz_raw(items=[raw, other])).items[0]
