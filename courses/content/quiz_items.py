"""The items a quiz is made of: what is asked, and what is explained after the answer."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import chain

from courses.content.fields import Picture
from courses.content.lesson_blocks import Video
from courses.content.options import KeyedOption, Option, Standing
from courses.content.recordings import Audio
from courses.content.rubrics import Criterion


class ItemType(StrEnum):
    """How an item is answered; the value stands in the files and names the item's template."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"
    MATCHING = "matching"
    FILL_GAP = "fill_gap"
    MARK_SENTENCE = "mark_sentence"
    BEST_WORST = "best_worst"
    RANK_ALL = "rank_all"
    RATE_EACH = "rate_each"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


SITUATIONAL_JUDGEMENT = frozenset({ItemType.BEST_WORST, ItemType.RANK_ALL, ItemType.RATE_EACH})
FIXED_ORDER = frozenset({ItemType.TRUE_FALSE, ItemType.FILL_GAP, ItemType.MARK_SENTENCE})
PUT_IN_ORDER = frozenset({ItemType.ORDERING, ItemType.RANK_ALL})


class KeySource(StrEnum):
    """Whose view the key is; an author's is provisional until a panel has rated the options."""

    AUTHOR = "author"
    PANEL = "panel"


@dataclass(frozen=True)
class Piece:
    """Some words of a text with gaps, or one gap, counted from 1."""

    text: str = ""
    gap: str = ""
    number: int = 0


@dataclass(frozen=True)
class Question:
    """An item as a learner sees it before answering: no key, no feedback, no rationale.

    `answers` are what options are matched with; `pieces` are a text and its gaps. With
    `asks_confidence` one also says how sure one is.
    """

    id: str
    type: ItemType
    stem: str
    prompt: str
    picture: Picture | None
    options: tuple[Option, ...]
    is_provisional: bool
    answers: tuple[Option, ...] = ()
    pieces: tuple[Piece, ...] = ()
    video: Video | None = None
    audio: Audio | None = None
    asks_confidence: bool = False
    criteria: tuple[str, ...] = ()

    @property
    def is_marked_by_lead(self) -> bool:
        """Whether a lead marks the answer, by the criteria."""
        return bool(self.criteria)

    @property
    def is_self_marked(self) -> bool:
        """Whether its writer marks the answer."""
        return self.type is ItemType.SHORT_TEXT and not self.criteria


@dataclass(frozen=True)
class CheckPoint:
    """Something a learner looks for in their own reply, and why it matters."""

    id: str
    text: str
    because: str


@dataclass(frozen=True)
class Explanation:
    """What a learner may see once the item is answered; what is put in order is in order."""

    title: str
    rationale: str
    options: tuple[KeyedOption, ...]
    replies: tuple[str, ...]
    checklist: tuple[CheckPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question with its key, its feedback and the behavior that it is evidence for.

    The options of an ordering stand in the right order; those of a text with gaps are the gaps,
    named in `gap_text` as `{id}`; those of a matching each go with one of `answers`. `replies` and
    `checklist` belong to short texts, which learners compare with their own; with a `rubric` a lead
    marks the text, unless it fits one of the `accepted` patterns. `difficulty` is the
    share of the points that learners are expected to earn; `tags` are words of the authors' own, to
    draw by; `origin` is the address of the question that it was taken over from, if it was.
    """

    id: str
    type: ItemType
    title: str
    behaviour: str
    difficulty: float
    stem: str
    prompt: str
    picture: Picture | None
    keyed_by: KeySource
    rationale: str = field(repr=False)
    options: tuple[KeyedOption, ...] = ()
    answers: tuple[Option, ...] = ()
    gap_text: str = ""
    replies: tuple[str, ...] = field(repr=False, default=())
    checklist: tuple[CheckPoint, ...] = field(repr=False, default=())
    tags: frozenset[str] = frozenset()
    origin: str = ""
    video: Video | None = None
    audio: Audio | None = None
    asks_confidence: bool = False
    accepted: tuple[str, ...] = field(repr=False, default=())
    rubric: tuple[Criterion, ...] = field(repr=False, default=())

    @property
    def is_self_marked(self) -> bool:
        """Whether its writer marks the answer, which then gets no points."""
        return self.type is ItemType.SHORT_TEXT and not self.rubric

    @property
    def is_scored(self) -> bool:
        """Whether there are points to earn, from software or from a lead."""
        return not self.is_self_marked

    @property
    def files(self) -> tuple[str, ...]:
        """The media files it shows and plays."""
        played = [one.files for one in (self.video, self.audio) if one]
        return (*([self.picture.file] if self.picture else []), *chain.from_iterable(played))

    def asked(self, seed: int, *, shuffled: bool) -> Question:
        """Return what to show before the answer; the same seed always gives the same order."""
        return Question(
            id=self.id,
            type=self.type,
            stem=self.stem,
            prompt=self.prompt,
            picture=self.picture,
            options=self._arranged(f"{seed}/{self.id}", shuffled),
            is_provisional=self.keyed_by is KeySource.AUTHOR,
            answers=arrange(self.answers, f"{seed}/{self.id}"),
            pieces=_pieces_of(self.gap_text),
            video=self.video,
            audio=self.audio,
            asks_confidence=self.asks_confidence,
            criteria=tuple(criterion.text for criterion in self.rubric),
        )

    def explained(self) -> Explanation:
        """Return what to show after the answer."""
        options = self.options if self.type is not ItemType.RANK_ALL else self.by_rating()
        return Explanation(self.title, self.rationale, options, self.replies, self.checklist)

    def by_rating(self) -> tuple[KeyedOption, ...]:
        """Return the options from the one that would work best to the one that would work least."""
        return tuple(sorted(self.options, key=lambda option: -(option.rating or 0)))

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of all options, in the order of the file."""
        return tuple(option.shown.id for option in self.options)

    def option_that_is(self, standing: Standing) -> str:
        """Return the id of the one option that the key regards so."""
        return next(option.shown.id for option in self.options if option.standing is standing)

    def _arranged(self, seed: str, shuffled: bool) -> tuple[Option, ...]:
        in_file = tuple(option.shown for option in self.options)
        if self.type in PUT_IN_ORDER:
            return self._out_of_order(arrange(in_file, seed))
        return arrange(in_file, seed) if shuffled and self.type not in FIXED_ORDER else in_file

    def _out_of_order(self, mixed: tuple[Option, ...]) -> tuple[Option, ...]:
        """Leave what is mixed as it is, unless it happens to stand in an order that is right."""
        ratings = {option.shown.id: option.rating for option in self.options}
        if self.type is ItemType.RANK_ALL:
            places = [-(ratings[option.id] or 0) for option in mixed]
        else:
            places = [self.option_ids().index(option.id) for option in mixed]
        return mixed if places != sorted(places) else (*mixed[1:], mixed[0])


def arrange(options: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    """Return the options in an order that depends on the seed and their ids, and nothing else."""
    return tuple(sorted(options, key=lambda option: lot(seed, option.id)))


def lot(seed: object, thing_id: str) -> bytes:
    """Draw a lot: the same seed and id always draw the same one, on every machine."""
    return sha256(f"{seed}/{thing_id}".encode()).digest()


def _pieces_of(text: str) -> tuple[Piece, ...]:
    """Part a text at its gaps, in order; every other part is a gap."""
    parts = re.split(r"\{([^{}]*)\}", text)
    pieces = (
        Piece(gap=part, number=(place + 1) // 2) if place % 2 else Piece(text=part)
        for place, part in enumerate(parts)
    )
    return tuple(piece for piece in pieces if piece.text or piece.gap)
