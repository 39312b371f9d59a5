"""A made-up world of learners whose true skill is known at every moment, to test estimates on.

It knows nothing of the model that estimates: people grow and wander on a scale without bounds,
decisions differ in how hard and how telling they are, a whole scenario can suit or not suit
somebody, quizzes can be guessed, leads differ in strictness, and a self-rating has a lasting bias.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from statistics import fmean

from assessments.skill_estimate import Source

SCENARIOS, DECISIONS, QUIZZES, QUESTIONS = 30, 4, 20, 5
GUESSING = 0.20
HALF_CREDIT = 0.5
RATINGS = (1, 5)

_GRID = tuple(step / 20 for step in range(-160, 161))
# Five points and weights that stand for a normal distribution (Gauss and Hermite).
_NORMAL = ((-2.857, 0.0113), (-1.356, 0.2221), (0.0, 0.5333), (1.356, 0.2221), (2.857, 0.0113))


@dataclass(frozen=True)
class World:
    """What is true. Skill counts in logits, times in days, strictness in points of a rating."""

    skill_mean: float = -0.35
    skill_sd: float = 0.97
    growth_mean: float = 0.5
    growth_sd: float = 0.4
    growth_days: int = 180
    wander_sd: float = 0.20
    wander_days: int = 30
    item_mean: float = -1.0
    item_sd: float = 0.8
    scenario_sd: float = 0.5
    severity_sd: float = 0.35
    severity_mean: float = 0.0
    has_one_lead: bool = False
    rating_sd: float = 0.6
    self_bias_sd: float = 0.8
    events: tuple[int, int] = (1, 20)
    days: int = 180
    keeps_to_half: bool = False


@dataclass(frozen=True)
class Item:
    """A decision or question: how hard, how telling, and how often a guess is right."""

    key: str
    hard: float
    telling: float
    guessing: float = 0.0

    def chance(self, skill: float, harder: float = 0.0) -> float:
        """Return the chance of success of somebody with this skill."""
        known = 1 / (1 + exp(-self.telling * (skill - self.hard - harder)))
        return self.guessing + (1 - self.guessing) * known

    def expected_share(self, skill: float) -> float:
        """Return the share that a graded decision earns on average: nothing, half, or all."""
        parts = self.chance(skill, -HALF_CREDIT) + self.chance(skill, HALF_CREDIT)
        return parts / 2

    def graded(self, skill: float, rng: Random) -> float:
        """Return the share earned in one go at a graded decision."""
        luck = rng.random()
        parts = (luck < self.chance(skill, shift) for shift in (-HALF_CREDIT, HALF_CREDIT))
        return sum(parts) / 2


@dataclass(frozen=True)
class Event:
    """What happened: the shares of the items by their keys, or a rating."""

    source: Source
    day: int
    shares: tuple[tuple[str, float], ...] = ()
    rating: int = 0


@dataclass(frozen=True)
class Learner:
    """One learner's events, and the share of the pool that is truly to be expected at the end."""

    events: tuple[Event, ...]
    truth: float


class Pool:
    """All scenarios and quizzes of a world, and what a skill truly earns on its scenarios."""

    def __init__(self, world: World, rng: Random) -> None:
        self.scenarios = [_items(f"scenario {n}", DECISIONS, world, rng) for n in range(SCENARIOS)]
        self.quizzes = [
            _items(f"quiz {n}", QUESTIONS, world, rng, GUESSING) for n in range(QUIZZES)
        ]
        decisions = [item for items in self.scenarios for item in items]
        self._truths = [
            fmean(
                sum(w * item.expected_share(skill + world.scenario_sd * z) for z, w in _NORMAL)
                for item in decisions
            )
            for skill in _GRID
        ]

    def truth(self, skill: float) -> float:
        """Return the expected share of the points over all scenarios."""
        at = min(max(bisect_right(_GRID, skill) - 1, 0), len(_GRID) - 2)
        part = min(max((skill - _GRID[at]) / (_GRID[at + 1] - _GRID[at]), 0.0), 1.0)
        return self._truths[at] * (1 - part) + self._truths[at + 1] * part


def learners_of(world: World, count: int, rng: Random) -> list[Learner]:
    """Return so many learners of a world, all with the same scenarios, quizzes and leads."""
    pool = Pool(world, rng)
    leads = [rng.gauss(world.severity_mean, world.severity_sd) for _ in range(max(count // 20, 1))]
    return [_learner(world, pool, leads, rng) for _ in range(count)]


def _items(
    name: str, count: int, world: World, rng: Random, guessing: float = 0.0
) -> tuple[Item, ...]:
    return tuple(
        Item(
            key=f"{name}, {n}",
            hard=rng.gauss(world.item_mean, world.item_sd),
            telling=rng.lognormvariate(0.2, 0.25),
            guessing=guessing,
        )
        for n in range(count)
    )


def _learner(world: World, pool: Pool, leads: Sequence[float], rng: Random) -> Learner:
    skill = rng.gauss(world.skill_mean, world.skill_sd)
    growth = rng.gauss(world.growth_mean, world.growth_sd) / world.growth_days
    own_lead, self_bias = rng.choice(leads), rng.gauss(0, world.self_bias_sd)
    scenarios, quizzes = _not_yet_seen(world, pool, rng)
    days = sorted(rng.randrange(world.days) for _ in range(rng.randint(*world.events)))
    events, day = [], 0
    for on in days:
        skill, day = _later(world, skill, growth, on - day, rng), on
        kind = rng.choices((Source.SCENARIO, Source.QUIZ, Source.LEAD), (45, 35, 20))[0]
        if kind == Source.SCENARIO and scenarios:
            suited = skill + rng.gauss(0, world.scenario_sd)
            shares = tuple((item.key, item.graded(suited, rng)) for item in scenarios.pop())
            events.append(Event(kind, day, shares))
        elif kind == Source.QUIZ and quizzes:
            right = ((item.key, rng.random() < item.chance(skill)) for item in quizzes.pop())
            events.append(Event(kind, day, tuple((key, float(is_so)) for key, is_so in right)))
        else:
            severity = own_lead if world.has_one_lead else rng.choice(leads)
            seen = pool.truth(skill) * 4 - severity + rng.gauss(0, world.rating_sd)
            events.append(Event(Source.LEAD, day, rating=_rating(seen)))
        if rng.random() < 1 / 5:
            seen = pool.truth(skill) * 4 + self_bias + rng.gauss(0, world.rating_sd)
            events.append(Event(Source.SELF, day, rating=_rating(seen)))
    skill = _later(world, skill, growth, world.days - day, rng)
    return Learner(tuple(events), pool.truth(skill))


def _not_yet_seen(
    world: World, pool: Pool, rng: Random
) -> tuple[list[tuple[Item, ...]], list[tuple[Item, ...]]]:
    """Return what this learner meets, each once; or only the easier or the harder half of it."""
    found = []
    takes_hard = rng.random() < 1 / 2
    for activities in (pool.scenarios, pool.quizzes):
        by_ease = sorted(activities, key=lambda items: fmean(item.hard for item in items))
        half = len(by_ease) // 2
        kept = (
            (by_ease[half:] if takes_hard else by_ease[:half]) if world.keeps_to_half else by_ease
        )
        found.append(rng.sample(kept, len(kept)))
    return found[0], found[1]


def _later(world: World, skill: float, growth: float, days: int, rng: Random) -> float:
    wandered = rng.gauss(0, world.wander_sd * (days / world.wander_days) ** 0.5)
    return skill + growth * days + wandered


def _rating(seen: float) -> int:
    lowest, highest = RATINGS
    return min(max(round(lowest + seen), lowest), highest)
