"""What evidence says about a skill: an estimate and how sure it is. Pure, as scoring is.

Source of every rule and number: the evidence model of our learning notes (A6), a fading
precision-weighted mean. What is estimated is the share of the available points that somebody
would be expected to earn on the standard pool of practice scenarios today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt
from statistics import NormalDist, fmean

START_MEAN = 0.60
START_SD = 0.19
FADE_PER_DAY = 0.05**2 / 30
HALF_WIDTH = 1.28
LEVEL = 0.60

MIN_EVENTS, MIN_SOURCES, MAX_WIDTH = 3, 2, 0.35
STRENGTH_FROM, GAP_UP_TO = 0.90, 0.20

_DOUBT = 2.0
_STANDARD = NormalDist()


class Source(StrEnum):
    """Where evidence comes from; the last two are shown, and move nothing."""

    SCENARIO = "scenario"
    QUIZ = "quiz"
    LEAD = "lead"
    IMPORTED = "imported"
    SELF = "self"
    COACH = "coach"


WITHOUT_WEIGHT = frozenset({Source.SELF, Source.COACH})


class Word(StrEnum):
    """What a page says about an estimate."""

    STRENGTH = "likely_strength"
    GAP = "likely_gap"
    OPEN = "cannot_tell"
    TOO_LITTLE = "not_enough"


@dataclass(frozen=True)
class Evidence:
    """One event: `value` from 0 to 1, the variance of its noise, and the day it shows."""

    source: Source
    value: float
    noise: float
    on: date


@dataclass(frozen=True)
class Estimate:
    """What is known of one skill of one person; `on` is None until there is evidence."""

    mean: float = START_MEAN
    variance: float = START_SD**2
    on: date | None = None
    events: int = 0
    sources: frozenset[Source] = frozenset()

    @property
    def sd(self) -> float:
        """The standard deviation."""
        return sqrt(self.variance)

    @property
    def interval(self) -> tuple[float, float]:
        """The range that holds the truth in 80 of 100 cases, within 0 and 1."""
        half = HALF_WIDTH * self.sd
        return max(0.0, self.mean - half), min(1.0, self.mean + half)

    @property
    def is_enough(self) -> bool:
        """Whether there is enough evidence, of enough kinds, to say anything."""
        low, high = self.interval
        return (
            self.events >= MIN_EVENTS
            and len(self.sources) >= MIN_SOURCES
            and high - low <= MAX_WIDTH
        )

    def chance_of(self, level: float) -> float:
        """Return the probability that the person reaches `level`."""
        return _STANDARD.cdf((self.mean - level) / self.sd)

    def word(self, level: float = LEVEL) -> Word:
        """Return what may be said about reaching `level`."""
        if not self.is_enough:
            return Word.TOO_LITTLE
        chance = self.chance_of(level)
        if chance >= STRENGTH_FROM:
            return Word.STRENGTH
        return Word.GAP if chance <= GAP_UP_TO else Word.OPEN


@dataclass(frozen=True)
class Prediction:
    """What an event is expected to be, before it is seen."""

    mean: float
    variance: float

    def holds(self, value: float) -> bool:
        """Whether the 80 % band around the prediction holds what was then seen."""
        return abs(self.residual(value)) <= HALF_WIDTH

    def residual(self, value: float) -> float:
        """Return how far `value` lies from the prediction, in standard deviations."""
        return (value - self.mean) / sqrt(self.variance)


@dataclass(frozen=True)
class Step:
    """One event and what it did: `gain` is K, and `moved` how far the mean went."""

    evidence: Evidence
    gain: float
    moved: float
    after: Estimate


def fade(estimate: Estimate, on: date) -> Estimate:
    """Return the estimate as of a day: without evidence it gets less sure, never different."""
    if estimate.on is None or on <= estimate.on:
        return estimate
    days = (on - estimate.on).days
    # Not `replace`, which takes three times as long: a team's page fades 250 estimates.
    return Estimate(
        mean=estimate.mean,
        variance=estimate.variance + FADE_PER_DAY * days,
        on=on,
        events=estimate.events,
        sources=estimate.sources,
    )


def predict(estimate: Estimate, *, noise: float, on: date) -> Prediction:
    """Return what an event with this noise is expected to be on a day."""
    return Prediction(estimate.mean, fade(estimate, on).variance + noise)


def update(estimate: Estimate, evidence: Evidence) -> Step:
    """Take in one event.

    Evidence that arrives late, about a day before the estimate's, speaks of somebody who may have
    changed since: it is taken in as of the estimate's day, with the fading added to its noise.
    """
    if evidence.source in WITHOUT_WEIGHT:
        return Step(evidence, 0.0, 0.0, estimate)
    before = fade(estimate, evidence.on)
    day = before.on or evidence.on
    noise = evidence.noise + FADE_PER_DAY * (day - evidence.on).days
    gain = before.variance / (before.variance + noise)
    moved = gain * (evidence.value - before.mean)
    after = Estimate(
        mean=before.mean + moved,
        variance=(1 - gain) * before.variance,
        on=day,
        events=before.events + 1,
        sources=before.sources | {evidence.source},
    )
    return Step(evidence, gain, moved, after)


def steps_of(events: Iterable[Evidence], start: Estimate | None = None) -> tuple[Step, ...]:
    """Take in events in the order they were recorded, and return what each did."""
    steps: list[Step] = []
    estimate = start or Estimate()
    for evidence in events:
        steps.append(update(estimate, evidence))
        estimate = steps[-1].after
    return tuple(steps)


def estimate_of(events: Iterable[Evidence], start: Estimate | None = None) -> Estimate:
    """Return the estimate that events lead to."""
    steps = steps_of(events, start)
    return steps[-1].after if steps else start or Estimate()


def scenario_noise(decisions: int, *, is_provisional: bool = False) -> float:
    """Return the variance of a first attempt with so many decisions on the skill.

    Under an author's key, which no panel has rated yet, it counts as twice as uncertain (A3).
    """
    return (0.030 + 0.10 / decisions) * (_DOUBT if is_provisional else 1)


def quiz_noise(items: int) -> float:
    """Return the variance of a quiz set with so many items on the skill."""
    return 0.025 + 0.20 / items


def lead_noise(*, is_calibrated: bool) -> float:
    """Return the variance of a lead's rating."""
    return 0.045 * (1 if is_calibrated else _DOUBT)


def imported_noise() -> float:
    """Return the variance of an imported score: as of a rating by somebody not calibrated."""
    return lead_noise(is_calibrated=False)


def rating_value(rating: int, shift: float = 0.0) -> float:
    """Return a rating from 1 to 5 as a value; `shift` evens out how strictly leads rate."""
    return (rating - 1) / 4 + shift


def mean_share(
    shares: Sequence[float], means: Sequence[float | None] = (), pool_mean: float | None = None
) -> float:
    """Return the mean share of some items, evened out for how hard they are.

    `means` has the mean of each item among first attempts, None where too few have taken it;
    `pool_mean` is the mean over all items. An easy item earns a little less than its points.
    """
    if pool_mean is None:
        return fmean(shares)
    known = means or [None] * len(shares)
    return fmean(
        share - (pool_mean if mean is None else mean) + pool_mean
        for share, mean in zip(shares, known, strict=True)
    )
