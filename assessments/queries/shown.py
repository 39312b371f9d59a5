"""What a closed attempt shows: points by item, and how its safety gates went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import ENDED, Attempt, AttemptMode, AttemptState
from assessments.queries.answers import replies_of
from assessments.queries.quiz_taken import quiz_taken
from courses.content.quiz import Quiz
from courses.content.scenario_score import score
from courses.content.scenario_shapes import GateResult
from courses.content.skills import Skill, skill_of
from courses.models import ActivityKind
from courses.queries.content import scenario_of


@dataclass(frozen=True)
class ItemShown:
    """One decision or question, the behavior it is about and the share of its points, 0 to 1."""

    step_id: str
    behaviour: str
    share: float

    @property
    def skill(self) -> Skill:
        """The skill it is evidence for."""
        return skill_of(self.behaviour)


@dataclass(frozen=True)
class GateShown:
    """A safety gate that the call came to."""

    gate: str
    title: str
    result: GateResult


@dataclass(frozen=True)
class Shown:
    """What an attempt shows; `is_provisional` if it rests on a key that no panel has rated."""

    items: tuple[ItemShown, ...] = ()
    gates: tuple[GateShown, ...] = ()
    is_provisional: bool = False

    def by_skill(self) -> Mapping[Skill, list[ItemShown]]:
        """Return the items of each skill that has any."""
        found = {skill: [one for one in self.items if one.skill is skill] for skill in Skill}
        return {skill: items for skill, items in found.items() if items}


def counts_as_evidence(attempt: Attempt) -> bool:
    """Say whether an attempt is a first assessed one that has ended: only these are evidence.

    Practice, guided runs and replays show what somebody has just been told.
    """
    return attempt.mode == AttemptMode.ASSESSED and attempt.number == 1 and attempt.state in ENDED


def shown_in(attempt: Attempt) -> Shown:
    """Return what a closed attempt shows, in one query."""
    if attempt.activity.kind == ActivityKind.SCENARIO:
        return _shown_in_call(attempt)
    return Shown(items=tuple(_shown_in_quiz(attempt, quiz_taken(attempt))))


def _shown_in_call(attempt: Attempt) -> Shown:
    scenario = scenario_of(attempt.revision)
    found = score(scenario, scenario.card(attempt.card), replies_of(attempt))
    return Shown(
        items=tuple(ItemShown(one.moment, one.behaviour, one.share) for one in found.moments),
        gates=tuple(
            GateShown(gate, scenario.gates[gate], result)
            for gate, result in found.gates.items()
            if result is not None
        ),
        is_provisional=found.is_provisional,
    )


def _shown_in_quiz(attempt: Attempt, quiz: Quiz) -> Iterable[ItemShown]:
    """Give the items that software scores; of a set cut off by its time, only those answered."""
    scores = (attempt.result or {}).get("items", {})
    for item in quiz.items:
        one = scores.get(item.id)
        if one is None or one["points"] is None:
            continue
        if one["answered"] or attempt.state == AttemptState.FINISHED:
            yield ItemShown(item.id, item.behaviour, one["points"])
