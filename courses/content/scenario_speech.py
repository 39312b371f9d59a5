"""Reading what is said, seen and shown in a scenario, and how long a patient waits."""

from courses.content.guards import HIGHEST, read_when
from courses.content.parsing import Reader
from courses.content.scenario_shapes import Effects, Fact, Part, Speech, ThinkTime

SHORTEST_WAIT, LONGEST_WAIT = 5, 600
"""Bounds of a think-time, in seconds."""


def read_speech(reader: Reader, key: str) -> Speech:
    """Read one text that is always heard, or a list of parts that compose; without it, silence."""
    if isinstance(reader.raw.get(key), str):
        return Speech((Part(reader.text(key), path=f"{reader.path}.{key}"),))
    return Speech(reader.each(key, _read_part, required=False))


def read_facts(reader: Reader, key: str) -> tuple[Fact, ...]:
    """Read lines of the account record."""
    return reader.each(key, _read_fact, required=False)


def read_think_time(reader: Reader) -> ThinkTime | None:
    """Read how long the patient waits at a moment, and what then happens; None: nobody waits."""
    return reader.within("think_time", _read_think_time)


def read_effects(reader: Reader) -> Effects | None:
    """Read how far something moves the patient; None if it is left out."""
    return reader.within("effects", _read_each_effect)


def _read_think_time(reader: Reader) -> ThinkTime:
    return ThinkTime(
        seconds=reader.whole("seconds", SHORTEST_WAIT, LONGEST_WAIT),
        then_says=reader.text("then_says", default="", longest=200),
        effects=read_effects(reader) or Effects(),
        path=reader.path,
    )


def _read_each_effect(reader: Reader) -> Effects:
    return Effects(
        trust=reader.whole("trust", -HIGHEST, HIGHEST, default=0),
        distress=reader.whole("distress", -HIGHEST, HIGHEST, default=0),
        understanding=reader.whole("understanding", -HIGHEST, HIGHEST, default=0),
    )


def _read_part(reader: Reader) -> Part:
    return Part(reader.text("text"), when=read_when(reader), path=reader.path)


def _read_fact(reader: Reader) -> Fact:
    return Fact(
        label=reader.text("label", longest=60),
        value=reader.text("value", longest=200),
        when=read_when(reader),
        path=reader.path,
    )
