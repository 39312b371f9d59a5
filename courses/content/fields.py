"""Fields that several kinds of content share: ids, behaviours, rich text, pictures, films."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from courses.content.parsing import Reader
from courses.content.rich_text import CleanHtml, clean, plain
from courses.content.skills import BEHAVIOUR_PREFIXES

E = TypeVar("E", bound=StrEnum)

PICTURE_ENDINGS = ("svg", "png", "jpg", "webp")
FILM_ENDINGS = ("webm", "mp4")
SOUND_TYPES = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4"}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_BEHAVIOUR = re.compile(rf"(?:{'|'.join(BEHAVIOUR_PREFIXES)})[1-9][0-9]?")
_FILE_STEM = r"[a-z0-9][a-z0-9-]{0,99}"


@dataclass(frozen=True)
class Picture:
    """An image file of the module and what it shows, in words; sizes in pixels."""

    file: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """One turn of a conversation; without a speaker it is a stage direction."""

    speaker: str
    text: str


def read_type(reader: Reader, types: type[E]) -> E | None:
    """Read the field `type`; None, and nothing else to complain of, if it is not one of them."""
    problems_before = len(reader.problems)
    value = reader.choice("type", types)
    if len(reader.problems) == problems_before:
        return value
    reader.pass_over()
    return None


def read_id(reader: Reader, key: str = "id") -> str:
    """Read a stable id: letters, digits and hyphens."""
    value = reader.text(key)
    if value and not _ID.fullmatch(value):
        reader.note(key, "Use letters, digits and hyphens only, 64 at most.")
    return value


def read_behaviour(reader: Reader, key: str = "behaviour") -> str:
    """Read the code of one observable behaviour, such as `AL1`."""
    value = reader.text(key)
    if value:
        _check_behaviour(reader, key, value)
    return value


def read_behaviours(reader: Reader, key: str = "behaviours") -> tuple[str, ...]:
    """Read a list of different behaviour codes."""
    values = reader.texts(key)
    for number, value in enumerate(values):
        _check_behaviour(reader, f"{key}[{number}]", value)
    if len(set(values)) < len(values):
        reader.note(key, "Name each behavior once.")
    return values


def read_html(reader: Reader, key: str = "html") -> CleanHtml:
    """Read rich text, cleaned to the tags that authors may use."""
    value = reader.text(key, longest=8000)
    html = clean(value)
    if value and not plain(html):
        reader.note(key, "Write some words here; nothing of this can be shown.")
    return html


def read_file(reader: Reader, key: str, endings: tuple[str, ...]) -> str:
    """Read the bare name of a file in the module's `media` folder."""
    value = reader.text(key)
    if value and not re.fullmatch(rf"{_FILE_STEM}\.(?:{'|'.join(endings)})", value):
        reader.note(
            key,
            "Write a file name of small letters, digits and hyphens"
            f" that ends in {', '.join(f'.{ending}' for ending in endings)}.",
        )
    return value


def read_picture(reader: Reader) -> Picture:
    """Read a picture from the fields `file`, `alt`, `width` and `height`."""
    return Picture(
        file=read_file(reader, "file", PICTURE_ENDINGS),
        alt=reader.text("alt", longest=600),
        width=reader.whole("width", 1, 8000),
        height=reader.whole("height", 1, 8000),
    )


def read_lines(reader: Reader, key: str) -> tuple[Line, ...]:
    """Read a conversation."""
    return reader.each(key, _read_line)


def _read_line(reader: Reader) -> Line:
    return Line(speaker=reader.text("speaker", default="", longest=60), text=reader.text("text"))


def _check_behaviour(reader: Reader, place: str, code: str) -> None:
    if not _BEHAVIOUR.fullmatch(code):
        reader.note(place, f"“{code}” is not a behavior; write a code such as AL1.")
