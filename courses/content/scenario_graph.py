"""The patient simulator: what a patient says, what may be answered, and what comes of it.

Pure functions over a scenario, one of its patient cards and a `RunState`. The same choices always
give the same run. One choice costs the same at the third moment as at the sixtieth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from courses.content.guards import HIGHEST, LOWEST
from courses.content.scenario_shapes import (
    Card,
    Choice,
    Ending,
    Fact,
    GateResult,
    Moment,
    Part,
    Route,
    Scenario,
)


class _Moved(NamedTuple):
    """The patient after a choice, still at its moment: what the guards of its routes look at."""

    trust: int
    distress: int
    understanding: int
    flags: frozenset[str]
    reached: frozenset[str]


_WITHIN_BOUNDS = {
    level: min(max(level, LOWEST), HIGHEST) for level in range(LOWEST - HIGHEST, 2 * HIGHEST + 1)
}


class ChoiceNotOpen(ValueError):
    """The choice cannot be made now: the run has ended, or is at another moment."""


class RunState(NamedTuple):
    """Where a run stands. `moment` is the id of a moment or, once `ended`, of an ending.

    `gates` holds the safety gates decided so far, in the order of their ids. `reached` holds
    those moments that some guard of the scenario asks about; `steps` counts the choices made.
    It is a named tuple because a walk through a scenario makes hundreds of thousands.
    """

    moment: str
    trust: int
    distress: int
    understanding: int
    flags: frozenset[str] = frozenset()
    gates: tuple[tuple[str, GateResult], ...] = ()
    reached: frozenset[str] = frozenset()
    steps: int = 0
    ended: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the state as plain values, the same for equal states."""
        return {
            "moment": self.moment,
            "trust": self.trust,
            "distress": self.distress,
            "understanding": self.understanding,
            "flags": sorted(self.flags),
            "gates": {gate: result.value for gate, result in self.gates},
            "reached": sorted(self.reached),
            "steps": self.steps,
            "ended": self.ended,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Return the state that `to_json` wrote down."""
        gates = sorted((gate, GateResult(result)) for gate, result in plain["gates"].items())
        return cls(
            **{
                **plain,
                "flags": frozenset(plain["flags"]),
                "gates": tuple(gates),
                "reached": frozenset(plain["reached"]),
            }
        )


@dataclass(frozen=True)
class Spoken:
    """What is heard and seen on arrival: the patient's words in parts, and stage directions."""

    says: tuple[Part, ...]
    direction: tuple[Part, ...]

    @property
    def words(self) -> str:
        """All that the patient says, in one text."""
        return " ".join(part.text for part in self.says)

    @property
    def stage(self) -> str:
        """All stage directions, in one text."""
        return " ".join(part.text for part in self.direction)


class Reply(NamedTuple):
    """One recorded answer: the choice, and whether the patient's think-time was over by then."""

    choice: str
    waited: bool = False


@dataclass(frozen=True)
class Step:
    """One answer of a run: the moment as it was met, the choice as it was worded, what followed."""

    before: RunState
    spoken: Spoken
    choice: Choice
    after: RunState
    waited: bool = False


def start(scenario: Scenario, card: Card) -> RunState:
    """Return the state in which the patient says the first line."""
    opening, first = card.opening, scenario.moments[0].id
    return RunState(
        moment=first,
        trust=opening.trust,
        distress=opening.distress,
        understanding=opening.understanding,
        flags=opening.flags,
        reached=_reached_with(scenario, frozenset(), first),
    )


def place_of(card: Card, state: RunState) -> Moment | Ending:
    """Return the moment or ending that the run is at, as this card tells it."""
    return card.endings[state.moment] if state.ended else card.moments[state.moment]


def spoken(card: Card, state: RunState) -> Spoken:
    """Return what the patient says on arrival, in the words of their present mood."""
    place = place_of(card, state)
    return Spoken(place.says.heard(state), place.direction.heard(state))


def open_choices(card: Card, state: RunState) -> tuple[Choice, ...]:
    """Return what may be answered now, as this card words it; nothing once the run has ended."""
    if state.ended:
        return ()
    moment = card.moments[state.moment]
    if moment.always_offers_the_same:
        return moment.choices
    return tuple(_as_worded(one, state) for one in moment.choices if one.when.holds(state))


def open_facts(scenario: Scenario, card: Card, state: RunState) -> tuple[Fact, ...]:
    """Return the lines of the account record that the agent can see by now."""
    facts = (*card.account, *scenario.panel.account)
    return tuple(fact for fact in facts if fact.when.holds(state))


def choose(
    scenario: Scenario, card: Card, state: RunState, choice_id: str, *, waited: bool = False
) -> RunState:
    """Return the state after a choice: the patient moved, and the run gone on.

    Time is an input like the choice: `waited` says that the moment's think-time was over.

    Raises:
        ChoiceNotOpen: the run has ended, or its moment does not offer this choice now.
    """
    choice = _open_choice(card, state, choice_id)
    after, _route = follow(scenario, card, state, choice, waited=waited)
    return after


def follow(
    scenario: Scenario, card: Card, state: RunState, choice: Choice, *, waited: bool = False
) -> tuple[RunState, Route]:
    """Return the state after one of the `open_choices` of `state`, and the route that led there.

    A wait moves the patient before the choice does; which choices are open it leaves alone.
    """
    moved = _moved(_after_waiting(card, state) if waited else state, choice)
    route = _way_on(scenario, card.moments[state.moment], moved)
    arrived = RunState(
        moment=route.to,
        trust=moved.trust,
        distress=moved.distress,
        understanding=moved.understanding,
        flags=moved.flags,
        gates=_gates_after(state.gates, choice.gates) if choice.gates else state.gates,
        reached=_reached_with(scenario, state.reached, route.to),
        steps=state.steps + 1,
        ended=route.to in scenario.ending_ids,
    )
    return arrived, route


def replay(scenario: Scenario, card: Card, replies: Iterable[Reply | str]) -> tuple[Step, ...]:
    """Follow recorded replies from the start, and return every step.

    A bare choice stands for a reply that came in time.

    Raises:
        ChoiceNotOpen: the choices do not belong to a run of this scenario and card.
    """
    state, steps = start(scenario, card), []
    for reply in replies:
        choice_id, waited = (reply, False) if isinstance(reply, str) else reply
        choice = _open_choice(card, state, choice_id)
        after, _route = follow(scenario, card, state, choice, waited=waited)
        steps.append(Step(state, spoken(card, state), choice, after, waited))
        state = after
    return tuple(steps)


def _open_choice(card: Card, state: RunState, choice_id: str) -> Choice:
    if state.ended:
        raise ChoiceNotOpen("This run has ended.")
    for choice in card.moments[state.moment].choices:
        if choice.id == choice_id and choice.when.holds(state):
            return _as_worded(choice, state)
    raise ChoiceNotOpen("This answer is not open at this moment.")


def _as_worded(choice: Choice, state: RunState) -> Choice:
    for change in choice.changes:
        if change.when.holds(state):
            choice = replace(choice, **change.replaces)
    return choice


def _after_waiting(card: Card, state: RunState) -> RunState:
    think_time = card.moments[state.moment].think_time
    if think_time is None or not think_time.moves_the_patient:
        return state
    effects = think_time.effects
    return state._replace(
        trust=_WITHIN_BOUNDS[state.trust + effects.trust],
        distress=_WITHIN_BOUNDS[state.distress + effects.distress],
        understanding=_WITHIN_BOUNDS[state.understanding + effects.understanding],
    )


def _moved(state: RunState, choice: Choice) -> _Moved:
    effects, flags = choice.effects, state.flags
    if choice.sets or choice.clears:
        flags = flags.difference(choice.clears).union(choice.sets)
    return _Moved(
        _WITHIN_BOUNDS[state.trust + effects.trust],
        _WITHIN_BOUNDS[state.distress + effects.distress],
        _WITHIN_BOUNDS[state.understanding + effects.understanding],
        flags,
        state.reached,
    )


def _gates_after(
    gates: tuple[tuple[str, GateResult], ...], decided: tuple[tuple[str, bool], ...]
) -> tuple[tuple[str, GateResult], ...]:
    results = dict(gates)
    for gate, is_met in decided:
        if gate not in results:
            results[gate] = GateResult.MET if is_met else GateResult.MISSED
        elif is_met and results[gate] is GateResult.MISSED:
            results[gate] = GateResult.MENDED
    return tuple(sorted(results.items()))


def _reached_with(scenario: Scenario, reached: frozenset[str], moment: str) -> frozenset[str]:
    return reached | {moment} if moment in scenario.remembered else reached


def _way_on(scenario: Scenario, moment: Moment, moved: _Moved) -> Route:
    for route in scenario.exits:
        if route.when.holds(moved):
            return route
    for route in moment.routes:
        if route.when.holds(moved):
            return route
    raise ValueError(f"no way leads on from {moment.id!r}")
