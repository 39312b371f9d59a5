"""Questions that a quiz takes over from another one: copied in, with the address they came from.

A revision is self-contained, so a copy it is: `use: course/module/quiz#question` in a file or a
draft stands for the whole question, and `origin` remembers the address.
"""

from collections.abc import Callable, Mapping
from typing import Any

from courses.content.parsing import ContentError, Problem

Find = Callable[[str], Mapping[str, Any] | None]


def with_reused(raw: Mapping[str, Any], find: Find) -> Mapping[str, Any]:
    """Return a quiz with each question that it uses written out.

    What stands beside `use`, such as other `tags`, counts instead of what was found. `find` gives
    the question at an address, as it is written there; None where there is none.

    Raises:
        ContentError: an address leads to no question.
    """
    items = raw.get("items") if isinstance(raw, Mapping) else None
    if not isinstance(items, list) or not any(map(_uses, items)):
        return raw
    problems: list[Problem] = []
    written = [_written_out(item, place, find, problems) for place, item in enumerate(items)]
    if problems:
        raise ContentError(problems)
    return {**raw, "items": written}


def question_in(quiz: Mapping[str, Any], item_id: str) -> Mapping[str, Any] | None:
    """Return a question of a quiz as it is written there; None where it has none with this id."""
    items = quiz.get("items")
    found = (one for one in items or () if isinstance(one, Mapping) and one.get("id") == item_id)
    return next(found, None)


def _uses(item: Any) -> bool:
    return isinstance(item, Mapping) and "use" in item


def _written_out(item: Any, place: int, find: Find, problems: list[Problem]) -> Any:
    if not _uses(item):
        return item
    address = str(item["use"])
    found = find(address)
    if found is None or _uses(found):
        sentence = (
            f"There is no question “{address}”; write course/module/quiz#question, as its page in"
            " the question bank shows it."
        )
        problems.append(Problem(f"items[{place}].use", sentence))
        return item
    own = {name: value for name, value in item.items() if name != "use"}
    return {**found, "origin": found.get("origin") or address, **own}
