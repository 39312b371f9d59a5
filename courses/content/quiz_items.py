"""The items a quiz is made of: what is asked, and what is explained after the answer."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from courses.content.fields import Picture
from courses.content.options import KeyedOption, Option, Standing


class ItemType(StrEnum):
    """How an item is answered; the value stands in the files and names the item's template."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"
    ORDERING = "ordering"
    MARK_SENTENCE = "mark_sentence"
    BEST_WORST = "best_worst"
    RATE_EACH = "rate_each"
    SHORT_TEXT = "short_text"


SITUATIONAL_JUDGEMENT = frozenset({ItemType.BEST_WORST, ItemType.RATE_EACH})
FIXED_ORDER = frozenset({ItemType.TRUE_FALSE, ItemType.MARK_SENTENCE})


class KeySource(StrEnum):
    """Whose view the key is; an author's is provisional until a panel has rated the options."""

    AUTHOR = "author"
    PANEL = "panel"


@dataclass(frozen=True)
class Question:
    """An item as a learner sees it before answering: no key, no feedback, no rationale."""

    id: str
    type: ItemType
    stem: str
    prompt: str
    picture: Picture | None
    options: tuple[Option, ...]
    is_provisional: bool


@dataclass(frozen=True)
class CheckPoint:
    """Something a learner looks for in their own reply, and why it matters."""

    id: str
    text: str
    because: str


@dataclass(frozen=True)
class Explanation:
    """What a learner may see once the item is answered; the steps of an ordering are in order."""

    title: str
    rationale: str
    options: tuple[KeyedOption, ...]
    replies: tuple[str, ...]
    checklist: tuple[CheckPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question with its key, its feedback and the behavior that it is evidence for.

    The options of an ordering stand in the right order. `replies` and `checklist` belong to short
    texts, which learners compare with their own. `difficulty` is the share of the points that
    learners are expected to earn; `tags` are words of the authors' own, to draw by.
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
    replies: tuple[str, ...] = field(repr=False, default=())
    checklist: tuple[CheckPoint, ...] = field(repr=False, default=())
    tags: frozenset[str] = frozenset()

    @property
    def is_scored(self) -> bool:
        """Whether software gives points; a reply in the learner's own words gets none."""
        return self.type is not ItemType.SHORT_TEXT

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
        )

    def explained(self) -> Explanation:
        """Return what to show after the answer."""
        return Explanation(self.title, self.rationale, self.options, self.replies, self.checklist)

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of all options, in the order of the file."""
        return tuple(option.shown.id for option in self.options)

    def option_that_is(self, standing: Standing) -> str:
        """Return the id of the one option that the key regards so."""
        return next(option.shown.id for option in self.options if option.standing is standing)

    def _arranged(self, seed: str, shuffled: bool) -> tuple[Option, ...]:
        in_file = tuple(option.shown for option in self.options)
        if self.type is ItemType.ORDERING:
            return _out_of_order(in_file, seed)
        return arrange(in_file, seed) if shuffled and self.type not in FIXED_ORDER else in_file


def arrange(options: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    """Return the options in an order that depends on the seed and their ids, and nothing else."""
    return tuple(sorted(options, key=lambda option: lot(seed, option.id)))


def lot(seed: object, thing_id: str) -> bytes:
    """Draw a lot: the same seed and id always draw the same one, on every machine."""
    return sha256(f"{seed}/{thing_id}".encode()).digest()


def _out_of_order(in_order: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    """Arrange the steps by the seed, but never in the order that is right."""
    mixed = arrange(in_order, seed)
    return mixed if mixed != in_order else (*mixed[1:], mixed[0])
