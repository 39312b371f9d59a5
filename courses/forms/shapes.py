"""What a field of content is called, how it is filled in, and what helps with it.

A description, from which `pieces` makes forms: adding a field to content means a line in
`block_shapes` or `item_shapes`, and no form.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a field is filled in; the value names what the template draws."""

    LINE = "line"
    WORDS = "words"
    RICH = "rich"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"
    LINES = "lines"
    ROWS = "rows"


@dataclass(frozen=True)
class Shape:
    """One field of content.

    `choices` are values with their names, or the name of a list that the page gives, such as the
    behaviors of the frame. Rows have `parts`, are called `one` each, and begin with `fewest`; where
    they are `with_ids`, each has an id that nobody sees.
    """

    name: str
    kind: Kind
    label: Any
    help: Any = ""
    is_optional: bool = False
    choices: tuple[tuple[Any, Any], ...] | str = ()
    parts: tuple["Shape", ...] = ()
    one: Any = ""
    fewest: int = 1
    with_ids: bool = False


@dataclass(frozen=True)
class PieceShape:
    """A type of block or item: its name, what it is for, its fields, and what it begins with."""

    type: str
    label: Any
    about: Any
    icon: str
    shapes: tuple[Shape, ...]
    begins_with: dict[str, Any] = field(default_factory=dict)


def line(name: str, label: Any, help: Any = "", **more: Any) -> Shape:
    """Return a text of one line."""
    return Shape(name, Kind.LINE, label, help, **more)


def words(name: str, label: Any, help: Any = "", **more: Any) -> Shape:
    """Return a text of some lines."""
    return Shape(name, Kind.WORDS, label, help, **more)


def number(name: str, label: Any, help: Any = "", **more: Any) -> Shape:
    """Return a number, whole or not: the reader of the content says which."""
    return Shape(name, Kind.NUMBER, label, help, **more)
