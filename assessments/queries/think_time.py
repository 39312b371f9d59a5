"""How long a patient waits for the answer of one person, and what comes of it, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.queries.extra_time import extra_percent_of
from assessments.queries.moods import KINDS, Mood
from courses.content.scenario_graph import Step
from courses.content.scenario_shapes import AnswerKind, Card, Effects, Moment, ThinkTime
from portal.people.models import User
from portal.people.models.user import CallersWait

LONGEST_IN_SECONDS = 90


@dataclass(frozen=True)
class Moved:
    """One of the three variables, and how a long wait moves it, in words."""

    label: str
    way: str | Promise
    how_far: str


@dataclass(frozen=True)
class Wait:
    """A patient who waits. Without `has_limit` nothing happens, however long it takes.

    `seconds` is how long this person has, with their own setting and extra time agreed for them.
    """

    name: str
    seconds: int
    has_limit: bool
    then_says: str
    moves: tuple[Moved, ...]

    @property
    def in_words(self) -> str:
        """How long, as one would say it."""
        if self.seconds <= LONGEST_IN_SECONDS:
            return ngettext("%d second", "%d seconds", self.seconds) % self.seconds
        minutes = round(self.seconds / 60)
        return ngettext("%d minute", "%d minutes", minutes) % minutes

    @property
    def is_counted(self) -> bool:
        """Whether the page counts, because something happens at the end."""
        return self.has_limit and bool(self.then_says or self.moves)


@dataclass(frozen=True)
class Waited:
    """What came of a wait that was too long for the patient."""

    then_says: str
    effects: Effects

    @property
    def moves(self) -> tuple[Moved, ...]:
        """How it moved the patient."""
        return moves_of(self.effects)


def waited_in(card: Card, step: Step) -> Waited | None:
    """Return what came of the wait before an answer; None if the answer came in time."""
    think_time = card.moments[step.before.moment].think_time
    if think_time is None or not step.waited:
        return None
    return Waited(think_time.then_says, think_time.effects)


def wait_at(moment: Moment, card: Card, user: User) -> Wait | None:
    """Return how long a patient waits for somebody at a moment; None if there is nothing to show.

    No query where the moment has no think-time, or where it is off for the person; else one.
    """
    think_time, setting = _think_time(moment), CallersWait(user.callers_wait)
    if think_time is None or setting is CallersWait.OFF:
        return None
    longer = (setting.factor or 1) * (100 + extra_percent_of(user)) / 100
    return Wait(
        name=card.name,
        seconds=round(think_time.seconds * longer),
        has_limit=setting.factor is not None,
        then_says=think_time.then_says,
        moves=moves_of(think_time.effects),
    )


def may_keep_waiting(moment: Moment | None, user: User) -> bool:
    """Say whether a long wait of this person at a moment is something to write down."""
    think_time = _think_time(moment) if moment else None
    has_limit = CallersWait(user.callers_wait).factor is not None
    return think_time is not None and think_time.comes_to_something and has_limit


def _think_time(moment: Moment) -> ThinkTime | None:
    """Return the think-time of a moment; a reply of one's own takes as long as it takes."""
    return None if moment.answer is AnswerKind.TYPED else moment.think_time


def moves_of(effects: Effects) -> tuple[Moved, ...]:
    """Return in words what a long wait does to the patient."""
    return tuple(
        Moved(
            label=mood.label,
            way=_("goes up") if mood.change == "up" else _("goes down"),
            how_far=mood.change_word,
        )
        for kind in KINDS
        for mood in [Mood(kind, getattr(effects, kind), before=0)]
        if mood.change != "same"
    )
