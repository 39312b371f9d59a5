"""Editing a lesson or quiz piece by piece: the blocks of the one, the items of the other.

All functions take and return plain values, as a draft holds them, and change nothing in place. A
draft may be unfinished: whatever is no mapping with an id of its own is left where it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from secrets import token_hex
from textwrap import shorten
from typing import Any

from courses.content.findings import Finding
from courses.content.rich_text import clean, plain

LONGEST_WORDS = 110
PIECES_OF = {"lesson": "blocks", "quiz": "items"}

Raw = Mapping[str, Any]
Fresh = Callable[[], str]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class PieceIsGone(LookupError):
    """The draft has no such piece any more."""


@dataclass(frozen=True)
class Place:
    """Where a finding is within its piece: names of fields and numbers of rows."""

    steps: tuple[str | int, ...]


def pieces_of(kind: str, raw: Raw) -> list[Any]:
    """Return the blocks or items of a draft, in order."""
    pieces = raw.get(PIECES_OF[kind])
    return list(pieces) if isinstance(pieces, list) else []


def piece_of(kind: str, raw: Raw, piece_id: str) -> dict[str, Any]:
    """Return a block or item by its id.

    Raises:
        PieceIsGone: there is none.
    """
    pieces = pieces_of(kind, raw)
    return dict(pieces[_place_of(pieces, piece_id)])


def with_piece(kind: str, raw: Raw, piece: Raw) -> dict[str, Any]:
    """Put a piece in the place of the one with its id."""
    pieces = pieces_of(kind, raw)
    pieces[_place_of(pieces, piece["id"])] = dict(piece)
    return _with(kind, raw, pieces)


def with_new_piece(kind: str, raw: Raw, piece: Raw, after: str = "") -> dict[str, Any]:
    """Add a piece after another one; at the end where that one is not there."""
    pieces = pieces_of(kind, raw)
    try:
        place = _place_of(pieces, after) + 1
    except PieceIsGone:
        place = len(pieces)
    pieces.insert(place, dict(piece))
    return _with(kind, raw, pieces)


def moved(kind: str, raw: Raw, piece_id: str, step: int) -> dict[str, Any]:
    """Move a piece by so many places; at the end of the list it stays where it is."""
    pieces = pieces_of(kind, raw)
    place = _place_of(pieces, piece_id)
    pieces.insert(max(0, place + step), pieces.pop(place))
    return _with(kind, raw, pieces)


def duplicated(kind: str, raw: Raw, piece_id: str, new_id: str) -> dict[str, Any]:
    """Add a copy of a piece right after it."""
    return with_new_piece(kind, raw, piece_of(kind, raw, piece_id) | {"id": new_id}, piece_id)


def without(kind: str, raw: Raw, piece_id: str) -> dict[str, Any]:
    """Take a piece out."""
    pieces = pieces_of(kind, raw)
    del pieces[_place_of(pieces, piece_id)]
    return _with(kind, raw, pieces)


def fresh_id(prefix: str, fresh: Fresh = lambda: token_hex(3)) -> str:
    """Return an id that says nothing of what it stands for beyond `prefix`."""
    return f"{prefix}-{fresh()}"


def with_ids(rows: Sequence[Raw], fresh: Fresh = lambda: token_hex(3)) -> list[dict[str, Any]]:
    """Give each row an id that has none; ids go to the browser, so they tell nothing."""
    return [{**row, "id": row.get("id") or f"o{fresh()}"} for row in rows]


def out_of_order(rows: Sequence[Raw], key: Callable[[Raw], Any] | None = None) -> list[Any]:
    """Give the last row another id where the ids in the right order (by `key`) are in order too.

    Otherwise these would give the answer away; the checks forbid that.
    """
    copies = [dict(row) for row in rows]
    ranked = sorted(copies, key=key) if key else copies
    ids = [str(row.get("id", "")).lower() for row in ranked]
    if len(ids) > 1 and ids == sorted(ids):
        ranked[-1]["id"] = f"a-{token_hex(3)}" if ids[0] > "a-" else f"0{token_hex(3)}"
    return copies


def findings_by_piece(
    kind: str, raw: Raw, findings: Sequence[Finding]
) -> dict[str, tuple[tuple[Place, Finding], ...]]:
    """Return what the checks say, by the id of the piece it is about; the rest under ``""``.

    Problems of form name a piece by its number (`blocks[2].text`), the other checks by its id.
    """
    pieces = pieces_of(kind, raw)
    found: dict[str, tuple[tuple[Place, Finding], ...]] = {}
    for finding in findings:
        first, *steps = _steps_of(finding.path) or [""]
        piece = _named(pieces, steps[0]) if first == PIECES_OF[kind] and steps else None
        if piece is None:
            place, own_id = Place((first, *steps)), ""
        else:
            place, own_id = Place(_within(piece, steps[1:])), str(piece.get("id", ""))
        found[own_id] = (*found.get(own_id, ()), (place, finding))
    return found


def first_words(piece: Any) -> str:
    """Return some words by which an author recognizes a piece; empty where it has none."""
    if not isinstance(piece, Mapping):
        return ""
    named = (piece.get(name) for name in ("heading", "title", "prompt", "text", "html", "caption"))
    text = next((one for one in named if isinstance(one, str) and one.strip()), "")
    return shorten(plain(clean(text)), LONGEST_WORDS, placeholder=" …")


def _place_of(pieces: Sequence[Any], piece_id: str) -> int:
    for place, piece in enumerate(pieces):
        if isinstance(piece, Mapping) and piece.get("id") == piece_id:
            return place
    raise PieceIsGone(piece_id)


def _with(kind: str, raw: Raw, pieces: list[Any]) -> dict[str, Any]:
    return deepcopy({**raw, PIECES_OF[kind]: pieces})


def _steps_of(path: str) -> list[str | int]:
    return [int(number) if number else name for name, number in _STEP.findall(path)]


def _named(pieces: Sequence[Any], step: str | int) -> Raw | None:
    """Return the piece that a step of a path names by its number or id."""
    if isinstance(step, int):
        found = pieces[step] if step < len(pieces) else None
    else:
        found = next(
            (one for one in pieces if isinstance(one, Mapping) and one.get("id") == step), None
        )
    return found if isinstance(found, Mapping) else None


def _within(piece: Raw, steps: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return steps below a piece with rows named by their number, not by their id."""
    here: Any = piece
    place: list[str | int] = []
    for step in steps:
        found: str | int | None = step
        if isinstance(here, list) and isinstance(step, str):
            ids = [one.get("id") if isinstance(one, Mapping) else None for one in here]
            found = ids.index(step) if step in ids else None
        if found is None:
            break
        place.append(found)
        here = _below(here, found)
    return tuple(place)


def _below(here: Any, step: str | int) -> Any:
    if isinstance(here, list) and isinstance(step, int):
        return here[step] if step < len(here) else None
    return here.get(step) if isinstance(here, Mapping) else None
