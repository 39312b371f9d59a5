"""Reading what is said, seen and shown in a scenario."""

from courses.content.guards import read_when
from courses.content.parsing import Reader
from courses.content.scenario_shapes import Fact, Part, Speech


def read_speech(reader: Reader, key: str) -> Speech:
    """Read one text that is always heard, or a list of parts that compose; without it, silence."""
    if isinstance(reader.raw.get(key), str):
        return Speech((Part(reader.text(key), path=f"{reader.path}.{key}"),))
    return Speech(reader.each(key, _read_part, required=False))


def read_facts(reader: Reader, key: str) -> tuple[Fact, ...]:
    """Read lines of the account record."""
    return reader.each(key, _read_fact, required=False)


def _read_part(reader: Reader) -> Part:
    return Part(reader.text("text"), when=read_when(reader), path=reader.path)


def _read_fact(reader: Reader) -> Fact:
    return Fact(
        label=reader.text("label", longest=60),
        value=reader.text("value", longest=200),
        when=read_when(reader),
        path=reader.path,
    )
