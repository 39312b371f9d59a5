"""How one person's calls go with one kind of patient, held against the same calls with others.

Pure: no database, no clock, no settings. It is for the person alone, and no evidence of a skill.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from courses.content.patient_kinds import PatientKind

FEWEST_STORIES = 2
FEWEST_CALLS = 3
FEWEST_MOMENTS = 20
Z_95 = 1.96


@dataclass(frozen=True)
class CallPlayed:
    """One finished call: whose story it was, who was on the line, and what came of it.

    `earned` of `possible` are its points, in weights of moments.
    """

    story: int
    kinds: frozenset[PatientKind]
    earned: float
    possible: float
    is_resolved: bool


class Verdict(StrEnum):
    """What may be said of a difference."""

    TOO_FEW = "too_few"
    NONE_SEEN = "none_seen"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class Side:
    """The calls on one side of a comparison."""

    calls: int
    moments: float
    earned: float
    resolved: int

    @property
    def percent(self) -> int:
        """The share of the points, in percent."""
        return round(100 * self.earned / self.moments) if self.moments else 0

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to compare."""
        return self.calls >= FEWEST_CALLS and self.moments >= FEWEST_MOMENTS


@dataclass(frozen=True)
class Contrast:
    """Calls with one kind of patient against the same calls with patients who are not of it.

    `stories` is how many different ones were played both ways: one may go badly for its own sake.
    `low` and `high` bound the difference of the shares, from -1 to 1, with 95 percent confidence.
    """

    kind: PatientKind
    stories: int
    own: Side
    others: Side
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """What may be said: nothing under the minimum, and nothing that chance explains."""
        is_enough = self.own.is_enough and self.others.is_enough
        if not is_enough or self.stories < FEWEST_STORIES:
            return Verdict.TOO_FEW
        if self.high < 0:
            return Verdict.WORSE
        return Verdict.BETTER if self.low > 0 else Verdict.NONE_SEEN


def contrasts(played: Iterable[CallPlayed]) -> tuple[Contrast, ...]:
    """Return a comparison for each kind of patient met in a call that was also played without."""
    by_story: Mapping[int, list[CallPlayed]] = defaultdict(list)
    for one in played:
        by_story[one.story].append(one)
    found = (_contrast(kind, by_story) for kind in PatientKind)
    return tuple(one for one in found if one is not None)


def _contrast(kind: PatientKind, by_story: Mapping[int, list[CallPlayed]]) -> Contrast | None:
    """Compare within each story, then pool: stories differ in how hard they are.

    The pooled difference is that of Mantel and Haenszel with each story as a stratum, and its
    variance that of Greenland and Robins (Biometrics 41, 1985). A share of points is no yes or no;
    its variance is smaller than that of one, so the interval is rather too wide.
    """
    pairs = [
        (_side(own), _side(others))
        for calls in by_story.values()
        if (own := [one for one in calls if kind in one.kinds and one.possible])
        and (others := [one for one in calls if kind not in one.kinds and one.possible])
    ]
    if not pairs:
        return None
    weights = [
        own.moments * others.moments / (own.moments + others.moments) for own, others in pairs
    ]
    gaps = [own.earned / own.moments - others.earned / others.moments for own, others in pairs]
    total = sum(weights)
    gap = sum(weight * one for weight, one in zip(weights, gaps, strict=True)) / total
    variance = sum(
        weight**2 * (_variance(own) + _variance(others))
        for weight, (own, others) in zip(weights, pairs, strict=True)
    )
    margin = Z_95 * sqrt(variance) / total
    return Contrast(
        kind=kind,
        stories=len(pairs),
        own=_sum(own for own, _others in pairs),
        others=_sum(others for _own, others in pairs),
        low=max(-1.0, gap - margin),
        high=min(1.0, gap + margin),
    )


def _variance(side: Side) -> float:
    """Return the variance of a share; half a point is added each way, so that none is certain."""
    share = (side.earned + 0.5) / (side.moments + 1)
    return share * (1 - share) / side.moments


def _side(calls: list[CallPlayed]) -> Side:
    return Side(
        calls=len(calls),
        moments=sum(one.possible for one in calls),
        earned=sum(one.earned for one in calls),
        resolved=sum(one.is_resolved for one in calls),
    )


def _sum(sides: Iterable[Side]) -> Side:
    known = list(sides)
    return Side(
        calls=sum(one.calls for one in known),
        moments=sum(one.moments for one in known),
        earned=sum(one.earned for one in known),
        resolved=sum(one.resolved for one in known),
    )
