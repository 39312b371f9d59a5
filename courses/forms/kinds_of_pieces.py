"""Which description fits a lesson or quiz, and each of its pieces."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.content.editing import Raw, findings_by_piece, first_words, pieces_of
from courses.content.findings import Finding
from courses.content.quiz_items import ItemType
from courses.forms.block_shapes import BLOCKS, LESSON
from courses.forms.item_shapes import ITEMS, MARKED_SHORT_TEXT, QUIZ
from courses.forms.shapes import PieceShape, Shape

_MARKED = "marked_short_text"

SETTINGS: dict[str, tuple[Shape, ...]] = {"lesson": LESSON, "quiz": QUIZ}
# What an author may add, by the name that stands in the address.
TO_ADD: dict[str, dict[str, PieceShape]] = {
    "lesson": {str(name): one for name, one in BLOCKS.items()},
    "quiz": {**{str(name): one for name, one in ITEMS.items()}, _MARKED: MARKED_SHORT_TEXT},
}


def shape_of(kind: str, piece: Raw) -> PieceShape | None:
    """Return the description of a piece; None where nobody can tell what it is meant to be."""
    own = str(piece.get("type", ""))
    if own == ItemType.SHORT_TEXT and not {"rubric", "accepted"}.isdisjoint(piece):
        own = _MARKED
    return TO_ADD[kind].get(own)


@dataclass(frozen=True)
class ListedPiece:
    """A block or item in the list; without an id of its own it can only be edited as text.

    `findings` come with how often each is said of it.
    """

    id: str
    label: Any
    icon: str
    words: str
    findings: tuple[tuple[Finding, int], ...]
    is_first: bool
    is_last: bool


def listed_pieces(kind: str, raw: Raw, findings: Sequence[Finding]) -> tuple[ListedPiece, ...]:
    """Return the pieces of a draft in order, each with what the checks say about it."""
    pieces = pieces_of(kind, raw)
    found = findings_by_piece(kind, raw, findings)
    return tuple(
        _listed(kind, piece, found, place == 0, place == len(pieces) - 1)
        for place, piece in enumerate(pieces)
    )


def _listed(
    kind: str,
    piece: Any,
    found: Mapping[str, Sequence[tuple[Any, Finding]]],
    is_first: bool,
    is_last: bool,
) -> ListedPiece:
    own = piece if isinstance(piece, Mapping) else {}
    shape = shape_of(kind, own)
    piece_id = str(own.get("id", ""))
    return ListedPiece(
        id=piece_id if shape and re.fullmatch(r"[\w-]+", piece_id) else "",
        label=shape.label if shape else _("Something that only its text shows"),
        icon=shape.icon if shape else "question-circle",
        words=first_words(piece),
        findings=_counted(found.get(piece_id, ())) if piece_id else (),
        is_first=is_first,
        is_last=is_last,
    )


def _counted(found: Sequence[tuple[Any, Finding]]) -> tuple[tuple[Finding, int], ...]:
    """Return each sentence once, with the number of places it is said of."""
    counts = Counter(finding.sentence for _place, finding in found)
    first = {finding.sentence: finding for _place, finding in reversed(found)}
    return tuple((first[sentence], count) for sentence, count in counts.items())
