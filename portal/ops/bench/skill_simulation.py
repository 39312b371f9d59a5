"""Runs the estimate over simulated learners, and compares it with what is true of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import correlation, fmean

from assessments.skill_estimate import (
    GAP_UP_TO,
    HALF_WIDTH,
    LEVEL,
    START_MEAN,
    STRENGTH_FROM,
    WITHOUT_WEIGHT,
    Estimate,
    Evidence,
    Source,
    fade,
    lead_noise,
    mean_share,
    predict,
    quiz_noise,
    rating_value,
    scenario_noise,
    steps_of,
)
from portal.ops.bench.simulated_learners import Event, Learner, World, learners_of

PILOT_PART = 4
FIRST_DAY = date(2026, 1, 1)
ENOUGH_ATTEMPTS = 30


@dataclass(frozen=True)
class Pilot:
    """What may be learned from the first learners' results, and never from the truth."""

    item_means: dict[str, float]
    pool_means: dict[Source, float]
    start_mean: float = START_MEAN
    quiz_shift: float = 0.0
    lead_shift: float = 0.0


@dataclass(frozen=True)
class Judged:
    """One learner at the end: what is true, what is estimated, and the plain average."""

    truth: float
    estimate: Estimate
    average: float
    scenarios_held: tuple[bool, ...]


@dataclass(frozen=True)
class Table:
    """How well estimates meet the truth."""

    rmse: float
    average_rmse: float
    r: float
    average_r: float
    bias: float
    coverage: float
    width: float
    strength_error: float
    gap_right: float
    gap_found: float
    next_held: float

    @property
    def gain(self) -> float:
        """By which part the error is smaller than the plain average's."""
        return 1 - self.rmse / self.average_rmse


def simulate(world: World, *, learners: int, seed: int, is_piloted: bool = True) -> Table:
    """Simulate learners, learn from the first quarter, and judge the estimates of the others.

    With `is_piloted`, the starting mean and the shifts between kinds of evidence come from the
    first quarter too; without it they are what Attune has on its first day.
    """
    people = learners_of(world, learners, Random(seed))
    first, scored = people[: learners // PILOT_PART], people[learners // PILOT_PART :]
    pilot = pilot_of(first, is_piloted=is_piloted)
    return table_of([judge(learner, pilot, world.days) for learner in scored])


def pilot_of(learners: Sequence[Learner], *, is_piloted: bool) -> Pilot:
    """Return the means of items and, if asked, the starting mean and the shifts."""
    shares: dict[str, list[float]] = defaultdict(list)
    kinds: dict[str, Source] = {}
    for event in (event for learner in learners for event in learner.events):
        for key, share in event.shares:
            shares[key].append(share)
            kinds[key] = event.source
    means = {key: fmean(found) for key, found in shares.items() if len(found) >= ENOUGH_ATTEMPTS}
    pools = {
        kind: fmean(mean for key, mean in means.items() if kinds[key] == kind)
        for kind in set(kinds.values())
        if any(kinds[key] == kind for key in means)
    }
    plain = Pilot(means, pools)
    if not is_piloted:
        return plain
    first_attempts = [
        share
        for learner in learners
        for event in learner.events
        if event.source == Source.SCENARIO
        for _, share in event.shares
    ]
    return Pilot(
        means,
        pools,
        start_mean=fmean(first_attempts),
        quiz_shift=_shift(learners, plain, Source.QUIZ),
        lead_shift=_shift(learners, plain, Source.LEAD),
    )


def _shift(learners: Iterable[Learner], pilot: Pilot, source: Source) -> float:
    """Return what gives a source the scenarios' mean, in the people who have both."""
    gaps = []
    for learner in learners:
        values: dict[Source, list[float]] = defaultdict(list)
        for event in learner.events:
            values[event.source].append(evidence_of(event, pilot).value)
        if values[source] and values[Source.SCENARIO]:
            gaps.append(fmean(values[Source.SCENARIO]) - fmean(values[source]))
    return fmean(gaps)


def evidence_of(event: Event, pilot: Pilot) -> Evidence:
    """Return what the product would record of an event."""
    on = FIRST_DAY + timedelta(days=event.day)
    if not event.shares:
        shift = pilot.lead_shift if event.source == Source.LEAD else 0.0
        noise = lead_noise(is_calibrated=True)
        return Evidence(event.source, rating_value(event.rating, shift), noise, on)
    value = mean_share(
        [share for _, share in event.shares],
        [pilot.item_means.get(key) for key, _ in event.shares],
        pilot.pool_means.get(event.source),
    )
    if event.source == Source.QUIZ:
        noise = quiz_noise(len(event.shares))
        return Evidence(event.source, value + pilot.quiz_shift, noise, on)
    return Evidence(event.source, value, scenario_noise(len(event.shares)), on)


def judge(learner: Learner, pilot: Pilot, days: int) -> Judged:
    """Estimate a learner as the product does, step by step, as of the last day.

    The average is over the very same values, so that only the weighing is compared.
    """
    start = Estimate(mean=pilot.start_mean)
    steps = steps_of((evidence_of(event, pilot) for event in learner.events), start)
    befores = [start, *(step.after for step in steps)]
    held = tuple(
        predict(before, noise=step.evidence.noise, on=step.evidence.on).holds(step.evidence.value)
        for before, step in zip(befores, steps, strict=False)
        if step.evidence.source == Source.SCENARIO
    )
    counted = [s.evidence.value for s in steps if s.evidence.source not in WITHOUT_WEIGHT]
    estimate = fade(befores[-1], FIRST_DAY + timedelta(days=days))
    return Judged(learner.truth, estimate, fmean(counted), held)


def table_of(judged: Sequence[Judged]) -> Table:
    """Return the figures over many learners."""
    truths = [one.truth for one in judged]
    means = [one.estimate.mean for one in judged]
    averages = [one.average for one in judged]
    strong = [one.truth for one in judged if one.estimate.chance_of(LEVEL) >= STRENGTH_FROM]
    gaps = [one.truth for one in judged if one.estimate.chance_of(LEVEL) <= GAP_UP_TO]
    true_gaps = sum(truth < LEVEL for truth in truths)
    gaps_right = sum(truth < LEVEL for truth in gaps)
    return Table(
        rmse=_rmse(truths, means),
        average_rmse=_rmse(truths, averages),
        r=correlation(truths, means),
        average_r=correlation(truths, averages),
        bias=fmean(means) - fmean(truths),
        coverage=fmean(
            abs(one.truth - one.estimate.mean) <= HALF_WIDTH * one.estimate.sd for one in judged
        ),
        width=fmean(high - low for low, high in (one.estimate.interval for one in judged)),
        strength_error=sum(truth < LEVEL for truth in strong) / max(len(strong), 1),
        gap_right=gaps_right / max(len(gaps), 1),
        gap_found=gaps_right / max(true_gaps, 1),
        next_held=fmean(is_held for one in judged for is_held in one.scenarios_held),
    )


def _rmse(truths: Sequence[float], found: Sequence[float]) -> float:
    return fmean((a - b) ** 2 for a, b in zip(truths, found, strict=True)) ** 0.5
