"""What a run is evidence for: skill, safety gates and the patient's outcome, kept apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from courses.content.scenario_graph import (
    Reply,
    RunState,
    Step,
    open_choices,
    place_of,
    replay,
)
from courses.content.scenario_shapes import (
    AnswerKind,
    Card,
    Choice,
    Ending,
    GateResult,
    Moment,
    Scenario,
)
from courses.content.skills import Skill, skill_of

AS_GOOD_AS_BEST = 0.25

Key = TypeVar("Key", str, Skill)


@dataclass(frozen=True)
class Points:
    """Points earned of those possible, in weights of moments."""

    earned: float
    possible: float

    def __add__(self, other: "Points") -> "Points":
        return Points(self.earned + other.earned, self.possible + other.possible)

    @property
    def share(self) -> float:
        """The part of the possible points that was earned, from 0 to 1."""
        return self.earned / self.possible


@dataclass(frozen=True)
class MomentScore:
    """What one choice shows of one behaviour; `share` runs from 0 to 1."""

    moment: str
    choice: str
    behaviour: str
    share: float
    weight: float
    is_provisional: bool


@dataclass(frozen=True)
class Outcome:
    """How the run ended for the patient."""

    ending: Ending
    is_resolved: bool
    is_understood: bool
    has_owner: bool


@dataclass(frozen=True)
class Score:
    """What a run shows.

    Only the first answer at a moment counts; moments of weight 0, safety gates and what an agent
    says about a typed reply of their own never do.
    `gates` has every gate of the scenario, with None where the run did not come to it.
    `turning_point` is the index of the step that moved the patient most, None if none did.
    """

    moments: tuple[MomentScore, ...]
    behaviours: Mapping[str, Points]
    skills: Mapping[Skill, Points]
    gates: Mapping[str, GateResult | None]
    outcome: Outcome | None
    turning_point: int | None

    @property
    def is_provisional(self) -> bool:
        """Whether any of it rests on an author's key that no panel has rated."""
        return any(moment.is_provisional for moment in self.moments)


def score(scenario: Scenario, card: Card, replies: Iterable[Reply | str]) -> Score:
    """Return what the run made of these replies shows, whether or not it has ended.

    Raises:
        ChoiceNotOpen: the replies do not belong to a run of this scenario and card.
    """
    return score_of_steps(scenario, card, replay(scenario, card, replies))


def score_of_steps(scenario: Scenario, card: Card, steps: tuple[Step, ...]) -> Score:
    """Return what a run that was replayed already shows."""
    moments = tuple(_moment_scores(scenario, card, steps))
    results = dict(steps[-1].after.gates) if steps else {}
    return Score(
        moments=moments,
        behaviours=_sums((one.behaviour, one) for one in moments),
        skills=_sums((skill_of(one.behaviour), one) for one in moments),
        gates={gate: results.get(gate) for gate in scenario.gates},
        outcome=outcome_of(card, steps[-1].after) if steps else None,
        turning_point=_turning_point(steps),
    )


def choice_share(choice: Choice, offered: Iterable[Choice]) -> float:
    """Return how much of a moment's points `choice` earns among those offered with it.

    0 is the worst of them and 1 the best, or as good as the best.
    """
    means = [one.effectiveness.mean for one in offered]
    best, worst, mean = max(means), min(means), choice.effectiveness.mean
    if best - mean <= AS_GOOD_AS_BEST + 1e-9:
        return 1.0
    return (mean - worst) / (best - worst)


def outcome_of(card: Card, state: RunState) -> Outcome | None:
    """Return how a run ended for the patient, None while it goes on."""
    place = place_of(card, state)
    if not isinstance(place, Ending):
        return None
    return Outcome(
        ending=place,
        is_resolved=place.is_resolved.holds(state),
        is_understood=place.is_understood.holds(state),
        has_owner=place.has_owner.holds(state),
    )


def _moment_scores(scenario: Scenario, card: Card, steps: tuple[Step, ...]) -> list[MomentScore]:
    scores: dict[str, MomentScore] = {}
    for step in steps:
        moment = card.moments[step.before.moment]
        if moment.id in scores or not _counts(scenario, moment):
            continue
        offered = open_choices(card, step.before)
        scores[moment.id] = MomentScore(
            moment=moment.id,
            choice=step.choice.id,
            behaviour=moment.behaviour,
            share=choice_share(step.choice, offered),
            weight=moment.weight,
            is_provisional=any(one.effectiveness.is_provisional for one in offered),
        )
    return list(scores.values())


def _counts(scenario: Scenario, moment: Moment) -> bool:
    """Say whether a choice at a moment is evidence for a skill."""
    is_gate = moment.behaviour in scenario.gates
    return bool(moment.weight) and not is_gate and moment.answer is not AnswerKind.TYPED


def _sums(pairs: Iterable[tuple[Key, MomentScore]]) -> Mapping[Key, Points]:
    sums: dict[Key, Points] = defaultdict(lambda: Points(0.0, 0.0))
    for key, one in pairs:
        sums[key] += Points(one.share * one.weight, one.weight)
    return dict(sums)


def _turning_point(steps: tuple[Step, ...]) -> int | None:
    swings = [abs(_swing(step.before, step.after)) for step in steps]
    largest = max(swings, default=0)
    return swings.index(largest) if largest else None


def _swing(before: RunState, after: RunState) -> int:
    return (
        (after.trust - before.trust)
        - (after.distress - before.distress)
        + (after.understanding - before.understanding)
    )
