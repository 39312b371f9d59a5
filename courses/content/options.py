"""Options to choose from: what a learner sees before answering, and what only the server knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from courses.content.fields import read_id
from courses.content.parsing import Reader, note_repeats


class UnknownOption(LookupError):
    """The id does not belong to an option of this question."""


@dataclass(frozen=True)
class Option:
    """What a learner may see of an option before answering."""

    id: str
    text: str


class Standing(StrEnum):
    """How the key regards an option."""

    RIGHT = "right"
    BEST = "best"
    WORST = "worst"
    OTHER = "other"


@dataclass(frozen=True)
class KeyedOption:
    """An option with the key: what it teaches and how it stands; for after the answer only.

    `rating` is how well the option would work, from 1 to 5, where options are rated or ranked;
    `goes_with` is the id of its answer, where options are matched; `accepted` are the words that
    fill it, where it is a gap. Where a panel gave the key, `spread` is the standard deviation of
    its ratings and `raters` how many there were.
    """

    shown: Option
    feedback: str = field(repr=False)
    standing: Standing = field(repr=False, default=Standing.OTHER)
    rating: float | None = field(repr=False, default=None)
    goes_with: str = field(repr=False, default="")
    accepted: tuple[str, ...] = field(repr=False, default=())
    spread: float | None = field(repr=False, default=None)
    raters: int | None = field(repr=False, default=None)

    @property
    def is_right(self) -> bool:
        """Whether this is a right answer, where answers are right or not."""
        return self.standing is Standing.RIGHT


def read_options(
    reader: Reader, read: Callable[[Reader], KeyedOption], *, fewest: int, most: int
) -> tuple[KeyedOption, ...]:
    """Read the field `options`, each with `read`; their ids must differ."""
    options = reader.each("options", read)
    note_repeats(reader, "options", [option.shown.id for option in options])
    if options and not fewest <= len(options) <= most:
        reader.note("options", f"Write {fewest} to {most} options; here are {len(options)}.")
    return options


def read_one_right(reader: Reader, *, fewest: int = 2, most: int = 6) -> tuple[KeyedOption, ...]:
    """Read options of which exactly one has `right: true`."""
    options = read_options(reader, _read_right_or_not, fewest=fewest, most=most)
    if options and sum(option.is_right for option in options) != 1:
        reader.note("options", "Mark exactly one option as right (“right: true”).")
    return options


def read_some_right(reader: Reader) -> tuple[KeyedOption, ...]:
    """Read options of which at least one, and not all, have `right: true`."""
    options = read_options(reader, _read_right_or_not, fewest=3, most=8)
    if options and not 1 <= sum(option.is_right for option in options) < len(options):
        reader.note("options", "Mark at least one option as right (“right: true”), and not all.")
    return options


def read_option(reader: Reader) -> KeyedOption:
    """Read the part that every option has: id, text and feedback."""
    return KeyedOption(
        shown=Option(id=read_id(reader), text=reader.text("text", longest=600)),
        feedback=reader.text("feedback", longest=600),
    )


def _read_right_or_not(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    standing = Standing.RIGHT if reader.flag("right") else Standing.OTHER
    return KeyedOption(option.shown, option.feedback, standing)
