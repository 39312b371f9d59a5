"""What a scenario is made of: patients, moments, choices, ways on and endings, as frozen data.

`path` is where an element stands in the authored content, such as `moments[3].choices[1]`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from courses.content.guards import ALWAYS, NEVER, Guard, Situation, moments_named
from courses.content.patient_kinds import PatientKind

_REPLACEABLE = (
    "text",
    "direction",
    "effects",
    "effectiveness",
    "sets",
    "clears",
    "then_says",
    "felt",
    "why",
)


class Channel(StrEnum):
    """How the patient reaches us."""

    PHONE = "phone"
    CHAT = "chat"
    MESSAGE = "message"


class AnswerKind(StrEnum):
    """How the agent answers: by a given sentence, by one of their own, or by doing something."""

    REPLY = "reply"
    TYPED = "typed"
    ACTION = "action"


class Action(StrEnum):
    """What an agent can do instead of speaking."""

    HOLD = "hold"
    LOOK_UP = "look_up"
    TRANSFER = "transfer"
    ESCALATE = "escalate"
    END = "end"


class EndingKind(StrEnum):
    """How an ending is for the patient."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


class GateResult(StrEnum):
    """How a safety gate went; only `met` passes: it was met at the first try."""

    MET = "met"
    MISSED = "missed"
    MENDED = "mended"  # missed at first, put right later


@dataclass(frozen=True)
class Part:
    """A piece of what is said or seen, and when it is."""

    text: str
    when: Guard = ALWAYS
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Speech:
    """Parts that compose: all whose guard holds, in order; `otherwise` speaks where none does."""

    parts: tuple[Part, ...] = ()
    otherwise: "Speech | None" = None

    def heard(self, situation: Situation) -> tuple[Part, ...]:
        """Return the parts that belong to the situation."""
        heard = tuple(part for part in self.parts if part.when.holds(situation))
        return heard if heard or self.otherwise is None else self.otherwise.heard(situation)

    def every_part(self) -> Iterator[Part]:
        """Yield each part that could be heard in some situation."""
        yield from self.parts
        if self.otherwise is not None:
            yield from self.otherwise.every_part()


@dataclass(frozen=True)
class Effects:
    """How far a choice moves each of the patient's three variables."""

    trust: int = 0
    distress: int = 0
    understanding: int = 0


@dataclass(frozen=True)
class Effectiveness:
    """How good a choice is, from 1 to 5: a panel's mean, or the author's own provisional key."""

    mean: float
    spread: float = 0.0
    raters: int = 0

    @property
    def is_provisional(self) -> bool:
        """Whether no panel has rated the choice yet."""
        return self.raters == 0


@dataclass(frozen=True)
class ChoiceChange:
    """What a patient card replaces in a choice while `when` holds; None leaves a field as it is."""

    choice: str
    when: Guard = ALWAYS
    text: str | None = None
    direction: str | None = None
    effects: Effects | None = None
    effectiveness: Effectiveness | None = None
    sets: tuple[str, ...] | None = None
    clears: tuple[str, ...] | None = None
    then_says: str | None = None
    felt: str | None = None
    why: str | None = None
    path: str = field(default="", compare=False)

    @cached_property
    def replaces(self) -> Mapping[str, Any]:
        """The fields of a choice that this change replaces, with their new values."""
        return {name: value for name in _REPLACEABLE if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Choice:
    """One answer an agent may give, what it does to the patient, and what to learn from it.

    `gates` says of each safety gate that this choice decides whether it meets it. `then_says` is
    what the patient answers on the spot. `kind` and `fast` mark the picks of the two bots that
    go by tone and by haste. `changes` are the present patient card's.
    """

    id: str
    text: str
    effectiveness: Effectiveness
    effects: Effects = Effects()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    gates: tuple[tuple[str, bool], ...] = ()
    when: Guard = ALWAYS
    action: Action | None = None
    direction: str = ""
    then_says: str = ""
    felt: str = ""
    why: str = ""
    kind: bool = False
    fast: bool = False
    changes: tuple[ChoiceChange, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Route:
    """A way on: to a moment or an ending, if `when` holds."""

    to: str
    when: Guard = ALWAYS
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class ThinkTime:
    """How long the patient waits for an answer, in seconds, and what comes of it after that.

    `then_says` is what they say while they still wait. Only with `effects` does a long wait move
    them; an author who wants that writes it down, and the agent reads it before it happens.
    """

    seconds: int
    then_says: str = ""
    effects: Effects = Effects()
    path: str = field(default="", compare=False)

    @property
    def moves_the_patient(self) -> bool:
        """Whether a long wait changes how the patient is."""
        return self.effects != Effects()

    @property
    def comes_to_something(self) -> bool:
        """Whether anything at all happens once it is over."""
        return bool(self.then_says) or self.moves_the_patient


@dataclass(frozen=True)
class Moment:
    """The patient says or does something, and the agent answers.

    `behaviour` is what every choice here is evidence for: a code such as `AL1`, or the id of a
    safety gate. `expert` is the line shared by all choices. `hint_cost` is in points that are
    counted by themselves. The last of `routes` has no guard. Without `think_time`, nobody waits.
    """

    id: str
    title: str
    behaviour: str
    choices: tuple[Choice, ...]
    routes: tuple[Route, ...]
    says: Speech = Speech()
    direction: Speech = Speech()
    weight: float = 1.0
    answer: AnswerKind = AnswerKind.REPLY
    prompt: str = ""
    on_screen: tuple[str, ...] = ()
    expert: str = ""
    hint: str = ""
    hint_cost: int = 1
    think_time: ThinkTime | None = None
    path: str = field(default="", compare=False)

    @cached_property
    def always_offers_the_same(self) -> bool:
        """Whether neither the situation nor the card touches the choices."""
        return all(choice.when == ALWAYS and not choice.changes for choice in self.choices)


@dataclass(frozen=True)
class Ending:
    """How a run may end, what it means for the patient, and what it says about gates and skill."""

    id: str
    title: str
    kind: EndingKind
    for_patient: str
    about_safety: str = ""
    about_skill: str = ""
    says: Speech = Speech()
    direction: Speech = Speech()
    is_resolved: Guard = NEVER
    is_understood: Guard = NEVER
    has_owner: Guard = NEVER
    offers_rewind: bool = False
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Fact:
    """A line of the invented account record, shown from when its guard holds."""

    label: str
    value: str
    when: Guard = ALWAYS
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Article:
    """A short piece of the site's knowledge base."""

    title: str
    text: str


@dataclass(frozen=True)
class SidePanel:
    """What the agent can look at during the run."""

    account: tuple[Fact, ...] = ()
    knowledge: tuple[Article, ...] = ()
    protocol: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """How the patient comes to us."""

    trust: int = 2
    distress: int = 2
    understanding: int = 2
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Card:
    """One patient, and the whole story as it goes with them.

    `about` and the fields after it are for authors and the debrief, never for the call itself.
    """

    id: str
    name: str
    age: int
    opening: Opening
    moments: Mapping[str, Moment] = field(hash=False)
    endings: Mapping[str, Ending] = field(hash=False)
    pronouns: str = ""
    language: str = ""
    kinds: frozenset[PatientKind] = frozenset()
    about: str = ""
    asks_for: str = ""
    wants: str = ""
    knows: str = ""
    holds_back: str = ""
    under_strain: str = ""
    account: tuple[Fact, ...] = ()
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Scenario:
    """A call, chat or message, played with any of its patient cards; the first is the default.

    `exits` are looked at after every choice, before the moment's own routes. `assessed_attempts` is
    how many assessed runs a person may begin; the first is the one that counts. `shows_mood` says
    from when on players see how the patient is; in assessed runs they never do.
    """

    title: str
    channel: Channel
    summary: str
    brief: str
    behaviours: Mapping[str, str] = field(hash=False)
    gates: Mapping[str, str] = field(hash=False)
    moments: tuple[Moment, ...]
    endings: tuple[Ending, ...]
    cards: tuple[Card, ...]
    exits: tuple[Route, ...] = ()
    panel: SidePanel = SidePanel()
    minutes: int = 10
    assessed_attempts: int = 3
    content_notice: str = ""
    catch: str = ""
    shows_mood: Guard = ALWAYS

    def card(self, card_id: str) -> Card:
        """Return the patient card with this id.

        Raises:
            KeyError: there is none.
        """
        for card in self.cards:
            if card.id == card_id:
                return card
        raise KeyError(card_id)

    @cached_property
    def ending_ids(self) -> frozenset[str]:
        """The ids at which a run is over."""
        return frozenset(ending.id for ending in self.endings)

    @cached_property
    def remembered(self) -> frozenset[str]:
        """The moments that some guard asks about, so that a run has to remember reaching them."""
        guards = (guard for card in self.cards for guard in self.every_guard(card))
        return frozenset().union(*map(moments_named, guards))

    def every_guard(self, card: Card) -> Iterator[Guard]:
        """Yield each guard that can matter in a run with `card`."""
        yield from (route.when for route in self.exits)
        yield from (fact.when for fact in (*self.panel.account, *card.account))
        yield self.shows_mood
        for moment in card.moments.values():
            yield from guards_of_moment(moment)
        for ending in card.endings.values():
            yield from guards_of_ending(ending)


def guards_of_moment(moment: Moment) -> Iterator[Guard]:
    """Yield each guard that is looked at while a run is at `moment`."""
    yield from (part.when for part in moment.says.every_part())
    yield from (part.when for part in moment.direction.every_part())
    yield from (route.when for route in moment.routes)
    for choice in moment.choices:
        yield choice.when
        yield from (change.when for change in choice.changes)


def guards_of_ending(ending: Ending) -> Iterator[Guard]:
    """Yield each guard that is looked at when a run has come to `ending`."""
    yield from (part.when for part in ending.says.every_part())
    yield from (part.when for part in ending.direction.every_part())
    yield from (ending.is_resolved, ending.is_understood, ending.has_owner)
