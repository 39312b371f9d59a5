"""Guards: conditions for a line to be spoken, a choice to be open, a way to be taken.

A guard is data, never code. In a scenario's file it is a mapping whose entries must all hold:

    when: {flag: nurse, trust: ">=3"}
    when: {not: {flag: unchecked}, understanding: ">=3"}
    when: {any: [{distress: 4}, {trust: "<=1"}]}
    when: {before: pills, distress: 4}
"""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from courses.content.parsing import Reader

LOWEST, HIGHEST = 0, 4
VARIABLES = ("trust", "distress", "understanding")


class Situation(Protocol):
    """What a guard looks at: the patient's variables, what is known, where one has been."""

    @property
    def trust(self) -> int: ...
    @property
    def distress(self) -> int: ...
    @property
    def understanding(self) -> int: ...
    @property
    def flags(self) -> frozenset[str]: ...
    @property
    def reached(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Always:
    """Holds whatever the situation."""

    def holds(self, situation: Situation) -> bool:
        """Return True."""
        return True


@dataclass(frozen=True, slots=True)
class HasFlag:
    """Holds once a choice has set `flag`, until another clears it."""

    flag: str

    def holds(self, situation: Situation) -> bool:
        """Say whether the flag is set."""
        return self.flag in situation.flags


@dataclass(frozen=True, slots=True)
class Reached:
    """Holds from the arrival at `moment` on."""

    moment: str

    def holds(self, situation: Situation) -> bool:
        """Say whether the run has come to the moment."""
        return self.moment in situation.reached


@dataclass(frozen=True, slots=True)
class Compares:
    """Holds while a variable stands in a relation, such as `<=`, to a number."""

    variable: str
    relation: str
    number: int

    def holds(self, situation: Situation) -> bool:
        """Say whether the relation is true now."""
        return _RELATIONS[self.relation](getattr(situation, self.variable), self.number)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds while every one of `guards` does."""

    guards: tuple["Guard", ...]

    def holds(self, situation: Situation) -> bool:
        """Say whether none of the guards fails."""
        for guard in self.guards:  # noqa: SIM110 (all() takes twice as long, and this is hot)
            if not guard.holds(situation):
                return False
        return True


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds while at least one of `guards` does."""

    guards: tuple["Guard", ...]

    def holds(self, situation: Situation) -> bool:
        """Say whether one of the guards holds."""
        return any(guard.holds(situation) for guard in self.guards)


@dataclass(frozen=True, slots=True)
class Not:
    """Holds while `guard` does not."""

    guard: "Guard"

    def holds(self, situation: Situation) -> bool:
        """Say whether the guard fails."""
        return not self.guard.holds(situation)


Guard = Always | HasFlag | Reached | Compares | AllOf | AnyOf | Not

ALWAYS = Always()
NEVER = Not(ALWAYS)

_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_COMPARISON = re.compile(r"(<=|>=|<|>|=)?\s*(\d)")


def read_guard(reader: Reader) -> Guard:
    """Read the guard that a mapping stands for: all of its entries together."""
    guards = [_read_entry(reader, key) for key in reader.raw if key in _ENTRIES]
    if not guards:
        reader.note("", f"Write at least one condition: {', '.join(_ENTRIES)}.")
    return guards[0] if len(guards) == 1 else AllOf(tuple(guards))


def read_when(reader: Reader, key: str = "when") -> Guard:
    """Read the optional guard at `key`; without one, it always holds."""
    return reader.within(key, read_guard) or ALWAYS


def read_verdict(reader: Reader, key: str) -> Guard:
    """Read something that is true, false, or true under a guard; without it, false."""
    if isinstance(reader.raw.get(key, False), bool):
        return ALWAYS if reader.flag(key) else NEVER
    return read_when(reader, key)


def flags_named(guard: Guard) -> frozenset[str]:
    """Return every flag that `guard` looks at."""
    return frozenset(part.flag for part in _parts(guard) if isinstance(part, HasFlag))


def moments_named(guard: Guard) -> frozenset[str]:
    """Return every moment that `guard` asks about."""
    return frozenset(part.moment for part in _parts(guard) if isinstance(part, Reached))


def _read_entry(reader: Reader, key: str) -> Guard:
    return _ENTRIES[key](reader, key)


def _read_comparison(reader: Reader, key: str) -> Guard:
    if isinstance(reader.raw.get(key), int):
        return Compares(key, "=", reader.whole(key, LOWEST, HIGHEST))
    found = _COMPARISON.fullmatch(reader.text(key))
    if found is None or int(found[2]) > HIGHEST:
        reader.note(key, f'Compare with a number from {LOWEST} to {HIGHEST}, such as ">=3".')
        return ALWAYS
    return Compares(key, found[1] or "=", int(found[2]))


def _read_not(reader: Reader, key: str) -> Guard:
    return Not(read_when(reader, key))


def _parts(guard: Guard) -> Iterator[Any]:
    yield guard
    if isinstance(guard, AllOf | AnyOf):
        for each in guard.guards:
            yield from _parts(each)
    elif isinstance(guard, Not):
        yield from _parts(guard.guard)


_ENTRIES: dict[str, Callable[[Reader, str], Guard]] = {
    "flag": lambda reader, key: HasFlag(reader.text(key)),
    "reached": lambda reader, key: Reached(reader.text(key)),
    "before": lambda reader, key: Not(Reached(reader.text(key))),
    **dict.fromkeys(VARIABLES, _read_comparison),
    "all": lambda reader, key: AllOf(reader.each(key, read_guard)),
    "any": lambda reader, key: AnyOf(reader.each(key, read_guard)),
    "not": _read_not,
}
