"""Captions of a film in the WebVTT format: when is what shown?"""

import re
from dataclasses import dataclass

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")
_MARKUP = re.compile(r"<[^>]*>")


class UnreadableCaptions(ValueError):
    """The file is not WebVTT; the message says where."""


@dataclass(frozen=True)
class Cue:
    """Some lines of text and when they are shown, in seconds from the start."""

    start: float
    end: float
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)


def parse_captions(source: str) -> tuple[Cue, ...]:
    """Read the cues of a WebVTT file; notes and styles are passed over.

    Raises:
        UnreadableCaptions: it does not begin with WEBVTT, or a cue has no readable time.
    """
    header, *blocks = re.split(r"\n{2,}", source.replace("\r\n", "\n").strip())
    if not header.startswith("WEBVTT"):
        raise UnreadableCaptions("The first line must be WEBVTT.")
    return tuple(
        _parse_cue(block.split("\n")) for block in blocks if not block.startswith(("NOTE", "STYLE"))
    )


def _parse_cue(lines: list[str]) -> Cue:
    timing, *text = lines if "-->" in lines[0] else lines[1:] or [""]
    match = _TIMING.match(timing)
    if not match:
        raise UnreadableCaptions(f"This cue has no readable time: {lines[0]}")
    shown = tuple(_MARKUP.sub("", line).strip() for line in text)
    return Cue(_seconds(*match.groups()[:4]), _seconds(*match.groups()[4:]), shown)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
