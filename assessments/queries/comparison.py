"""Two runs of the same call side by side: where they parted, and how each went on."""

from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import QuerySet
from django.utils.functional import Promise

from assessments.models import Attempt
from assessments.queries.answers import own_attempts
from assessments.queries.curve import Curve
from assessments.queries.debrief import Debrief, Decision, GateSummary
from assessments.queries.moods import Mood, moods_of
from courses.content.scenario_graph import RunState
from courses.models import Activity
from portal.people.models import User

KINDS = 3


@dataclass(frozen=True)
class ComparedMoment:
    """One moment as it went in each run; None where a run did not come to it."""

    title: str
    first: Decision | None
    second: Decision | None
    is_parting: bool

    @property
    def is_same(self) -> bool:
        """Whether both runs gave the same answer."""
        return bool(self.first and self.second and self.first.choice == self.second.choice)


@dataclass(frozen=True)
class Overlay:
    """One of the three variables in both runs, drawn over each other, and in words."""

    label: str | Promise
    first: Curve
    second: Curve
    kind: str
    rows: tuple[tuple[int, Mood | None, Mood | None], ...]

    @property
    def first_line(self) -> tuple[object, ...]:
        """The points of the first run."""
        return tuple(getattr(self.first, self.kind))

    @property
    def second_line(self) -> tuple[object, ...]:
        """The points of the second run."""
        return tuple(getattr(self.second, self.kind))


@dataclass(frozen=True)
class Comparison:
    """Two runs of one person at one call."""

    first: Debrief
    second: Debrief

    @property
    def moments(self) -> tuple[ComparedMoment, ...]:
        """Every moment that either run came to, each as it was met first."""
        ours, theirs = _by_moment(self.first), _by_moment(self.second)
        parting = self._parting()
        return tuple(
            ComparedMoment(
                title=(ours.get(moment) or theirs[moment]).title,
                first=ours.get(moment),
                second=theirs.get(moment),
                is_parting=moment == parting,
            )
            for moment in {**ours, **theirs}
        )

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """Trust, distress and understanding, each of both runs."""
        states = (self.first.curve.states, self.second.curve.states)
        replies = max(len(one) for one in states) - 1
        first, second = (Curve(one, replies) for one in states)
        return tuple(_overlay(first, second, place) for place in range(KINDS))

    @property
    def gates(self) -> tuple[tuple[GateSummary, GateSummary | None], ...]:
        """Each safety step of the first run with the same one of the second."""
        others = {one.name: one for one in self.second.gates}
        return tuple((one, others.get(one.name)) for one in self.first.gates)

    @property
    def has_two_patients(self) -> bool:
        """Whether another patient was on the line."""
        return self.first.card.id != self.second.card.id

    @property
    def measured_in_both(self) -> int:
        """How many moments were measured in both runs."""
        return len(self._measured())

    @property
    def strong_in_first(self) -> int:
        """How many of those were strong in the first run."""
        return sum(first for first, _second in self._measured())

    @property
    def strong_in_second(self) -> int:
        """How many of those were strong in the second run."""
        return sum(second for _first, second in self._measured())

    def _measured(self) -> list[tuple[bool, bool]]:
        return [
            (one.first.is_strong, one.second.is_strong)
            for one in self.moments
            if one.first and one.first.is_strong is not None
            if one.second and one.second.is_strong is not None
        ]

    def _parting(self) -> str | None:
        for first, second in zip(self.first.decisions, self.second.decisions, strict=False):
            if (first.moment, first.choice) != (second.moment, second.choice):
                return first.moment
        return None


def runs_to_compare(activity: Activity, user: User) -> QuerySet[Attempt]:
    """Return somebody's runs of a call that have ended, the latest first."""
    ended = own_attempts(user).filter(activity=activity, finished_at__isnull=False)
    return ended.order_by("-finished_at", "-pk")


def _by_moment(debrief: Debrief) -> dict[str, Decision]:
    met: dict[str, Decision] = {}
    for one in debrief.decisions:
        met.setdefault(one.moment, one)
    return met


def _overlay(first: Curve, second: Curve, place: int) -> Overlay:
    pairs = zip_longest(first.states, second.states)
    rows = tuple(
        (n, _mood(ours, place), _mood(theirs, place)) for n, (ours, theirs) in enumerate(pairs)
    )
    start = moods_of(first.states[0])[place]
    return Overlay(label=start.label, first=first, second=second, kind=start.kind, rows=rows)


def _mood(state: RunState | None, place: int) -> Mood | None:
    return moods_of(state)[place] if state else None
