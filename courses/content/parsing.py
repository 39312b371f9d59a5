"""Reading plain dictionaries into content: every problem is collected with its place."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """Something an author has to mend: where it is and what to do about it."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class ContentError(ValueError):
    """The content cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@dataclass
class Reader:
    """A view of one mapping of the content that notes problems instead of stopping at the first.

    Every getter returns a value of the right type, an empty one where the content is wrong, so
    that reading can go on. Call `finish` at the end: it raises if anything was noted.
    """

    raw: Mapping[str, Any]
    path: str = ""
    problems: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, raw: Any, path: str = "", problems: list[Problem] | None = None) -> "Reader":
        """Wrap `raw`, noting a problem (and reading an empty mapping) if it is not a mapping."""
        reader = cls({}, path, [] if problems is None else problems)
        if isinstance(raw, Mapping):
            reader.raw = raw
        else:
            reader.note("", "Write named fields here.")
        return reader

    def note(self, key: str, sentence: str) -> None:
        """Remember a problem at `key` of this mapping."""
        self.problems.append(Problem(self._place(key), sentence))

    def text(self, key: str, *, default: str | None = None, longest: int = 4000) -> str:
        """Read a text; it is required unless `default` is given."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.note(key, "Write a text here.")
            return ""
        if len(value) > longest:
            self.note(key, f"Keep this under {longest} characters; it has {len(value)}.")
        return value.strip()

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """Read a whole number from `low` to `high`, both included."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.note(key, f"Write a whole number from {low} to {high}.")
            return low
        return value

    def number(self, key: str, low: float, high: float, *, default: float | None = None) -> float:
        """Read a number from `low` to `high`, both included."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            self.note(key, f"Write a number from {low} to {high}.")
            return low
        return float(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self._value(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.note(key, "Write true or false.")
            return default
        return value

    def choice(self, key: str, options: type[E], *, default: E | None = None) -> E:
        """Read one value of an enumeration."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        try:
            return options(value)
        except ValueError:
            self.note(key, f"Choose one of: {', '.join(options)}.")
            return next(iter(options))

    def choices(self, key: str, options: type[E]) -> frozenset[E]:
        """Read a list of values of an enumeration; it may be left out."""
        values = self._list(key, required=False)
        for number, value in enumerate(values):
            if value not in list(options):
                self.note(f"{key}[{number}]", f"Choose one of: {', '.join(options)}.")
        return frozenset(one for one in options if one in values)

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of texts."""
        values = self._list(key, required=required)
        for number, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self.note(f"{key}[{number}]", "Write a text here.")
        return tuple(value.strip() for value in values if isinstance(value, str))

    def each(
        self, key: str, read: Callable[["Reader"], T], *, required: bool = True
    ) -> tuple[T, ...]:
        """Read a list of mappings, each with `read`."""
        values = self._list(key, required=required)
        return tuple(
            self._read_with(read, value, f"{key}[{number}]") for number, value in enumerate(values)
        )

    def within(self, key: str, read: Callable[["Reader"], T]) -> T | None:
        """Read an optional mapping with `read`."""
        value = self._value(key)
        return None if value is None else self._read_with(read, value, key)

    def pass_over(self) -> None:
        """Take every field of this mapping as read, where nobody can tell what belongs in it."""
        self._seen.update(self.raw)

    def finish(self) -> None:
        """Raise `ContentError` with all problems noted so far, if there are any."""
        if self.problems:
            raise ContentError(self.problems)

    @contextmanager
    def closed(self) -> Iterator["Reader"]:
        """Read within the block, then note every field of this mapping that nobody asked for."""
        yield self
        for key in self.raw:
            if key not in self._seen:
                self.note(str(key), "This field is not known here; check its spelling.")

    def _read_with(self, read: Callable[["Reader"], T], value: Any, key: str) -> T:
        with Reader.of(value, self._place(key), self.problems).closed() as reader:
            return read(reader)

    def _list(self, key: str, *, required: bool) -> list[Any]:
        value = self._value(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or (required and not value):
            self.note(key, "Write a list here.")
            return []
        return value

    def _value(self, key: str) -> Any:
        self._seen.add(key)
        return self.raw.get(key)

    def _place(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)


def note_repeats(reader: Reader, key: str, ids: list[str]) -> None:
    """Note every id that stands more than once in the list at `key`."""
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        reader.note(key, f"The id “{repeated}” is used more than once; ids must differ.")
