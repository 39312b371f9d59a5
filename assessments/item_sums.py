"""Sums from which the statistics of a quiz follow: adding an attempt costs the same at any size.

Pure: no database, no clock, no settings. Nothing names a person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

LONGEST_SECONDS = 3600
DIGITS = 9
"""To so many digits sums are kept, so that what is taken in and back out leaves nothing."""
NONE: Counter[str] = Counter()


@dataclass(frozen=True)
class ItemSeen:
    """One item in one attempt: its points from 0 to 1, and what was chosen in how many seconds.

    `rest` is the share of the points in all other items, and `percent` the whole score from 0 to
    100. `points` is None where software gives none.
    """

    points: float | None
    rest: float
    percent: int
    chosen: tuple[str, ...] = ()
    is_answered: bool = True
    seconds: int | None = None


@dataclass
class ItemSums:
    """What all attempts at one item come to.

    `x` are points and `r` the rest: `xr` is the sum of their products. `choices` counts by option
    and then by score; `seconds` counts by whole seconds, rounded to two figures.
    """

    attempts: int = 0
    omitted: int = 0
    x: float = 0
    xx: float = 0
    r: float = 0
    rr: float = 0
    xr: float = 0
    scores: Counter[str] = field(default_factory=Counter)
    choices: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)

    def add(self, seen: ItemSeen) -> None:
        """Take in one more attempt."""
        points, score = seen.points or 0.0, str(seen.percent)
        self.attempts += 1
        self.omitted += not seen.is_answered
        self.x += points
        self.xx += points * points
        self.r += seen.rest
        self.rr += seen.rest * seen.rest
        self.xr += points * seen.rest
        self.scores[score] += 1
        for option in seen.chosen:
            self.choices.setdefault(option, Counter())[score] += 1
        if seen.seconds is not None:
            self.seconds[_two_figures(seen.seconds)] += 1

    def take_in(self, other: Self) -> None:
        """Add other attempts that were summed apart."""
        for name in ("attempts", "omitted", "x", "xx", "r", "rr", "xr"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.scores.update(other.scores)
        self.seconds.update(other.seconds)
        for option, counts in other.choices.items():
            self.choices.setdefault(option, Counter()).update(counts)

    def take_out(self, other: Self) -> None:
        """Take back attempts that were taken in before."""
        _lessen(self, other, "attempts", "omitted", "x", "xx", "r", "rr", "xr")
        self.scores -= other.scores
        self.seconds -= other.seconds
        left = {key: counts - other.choices.get(key, NONE) for key, counts in self.choices.items()}
        self.choices = {option: counts for option, counts in left.items() if counts}

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        found = cls(**kept)
        found.scores, found.seconds = Counter(found.scores), Counter(found.seconds)
        found.choices = {option: Counter(counts) for option, counts in found.choices.items()}
        return found


@dataclass
class QuizSums:
    """What all attempts at one quiz come to: `t` are points in all, `xx` squares of single items.

    `items` has for each item the number of attempts that asked it, and the sums of its points and
    of their squares. `out_of` sums how many items gave points.
    """

    attempts: int = 0
    out_of: int = 0
    t: float = 0
    tt: float = 0
    xx: float = 0
    items: dict[str, list[float]] = field(default_factory=dict)

    def add(self, points: Mapping[str, float]) -> None:
        """Take in one more attempt, given by item; items without points are left out."""
        total = sum(points.values())
        self.attempts += 1
        self.out_of += len(points)
        self.t += total
        self.tt += total * total
        for item_id, one in points.items():
            self.xx += one * one
            _add_to(self.items.setdefault(item_id, [0, 0.0, 0.0]), (1, one, one * one))

    def take_in(self, other: Self) -> None:
        """Add other attempts that were summed apart."""
        for name in ("attempts", "out_of", "t", "tt", "xx"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for item_id, sums in other.items.items():
            _add_to(self.items.setdefault(item_id, [0, 0.0, 0.0]), sums)

    def take_out(self, other: Self) -> None:
        """Take back attempts that were taken in before."""
        _lessen(self, other, "attempts", "out_of", "t", "tt", "xx")
        for item_id, (number, points, squares) in other.items.items():
            _add_to(self.items[item_id], (-number, -points, -squares))
        self.items = {item_id: sums for item_id, sums in self.items.items() if sums[0]}

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        return cls(**kept)


def _add_to(sums: list[float], more: Iterable[float]) -> None:
    sums[:] = [round(one + other, DIGITS) for one, other in zip(sums, more, strict=True)]


def _lessen(sums: Any, other: Any, *names: str) -> None:
    for name in names:
        setattr(sums, name, round(getattr(sums, name) - getattr(other, name), DIGITS))


def _two_figures(seconds: int) -> str:
    """Round to two figures, so that there are few different ones; an hour is the most."""
    kept = min(max(seconds, 0), LONGEST_SECONDS)
    step = 10 ** max(0, len(str(kept)) - 2)
    return str(kept // step * step)
