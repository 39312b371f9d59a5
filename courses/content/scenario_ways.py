"""Counting the ways to where a scenario can end, over its distinct states."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.content.scenario_graph import RunState
from courses.content.scenario_shapes import GateResult


@dataclass(frozen=True)
class EndingReached:
    """How often an ending is come to: by how many routes, and how likely if every open choice is
    as likely as the next. `gates_left_missed` were missed on some route and never put right."""

    routes: int
    likelihood: float
    gates_left_missed: frozenset[str]


@dataclass(frozen=True)
class GateReached:
    """How likely a gate is decided at all, and met at the first try when it is."""

    likelihood: float
    met_when_reached: float


@dataclass(slots=True)
class Ways:
    """The ways into one state: how many, how likely, and how short and long."""

    routes: int = 0
    likelihood: float = 0.0
    shortest: int = 0
    longest: int = 0


def ways_into(leads_to: Sequence[Sequence[int]], last_first: Sequence[int]) -> tuple[Ways, ...]:
    """Return the ways into each state, by number.

    `leads_to` has the numbers of the states that each leads to, one for every open choice;
    `last_first` has the number of each state after those of all that it leads to.
    """
    ways = tuple(Ways() for _state in leads_to)
    ways[last_first[-1]].routes, ways[last_first[-1]].likelihood = 1, 1.0
    for number in reversed(last_first):
        here, following = ways[number], leads_to[number]
        for one in following:
            there = ways[one]
            known = there.routes > 0
            there.routes += here.routes
            there.likelihood += here.likelihood / len(following)
            there.longest = max(there.longest, here.longest + 1)
            there.shortest = min(there.shortest, here.shortest + 1) if known else here.shortest + 1
    return ways


def ending_reached(ending: str, ended: Sequence[tuple[RunState, Ways]]) -> EndingReached:
    """Sum up the ways to one ending, given those into every state in which a run is over."""
    here = [(state, way) for state, way in ended if state.moment == ending]
    return EndingReached(
        routes=sum(way.routes for _state, way in here),
        likelihood=sum(way.likelihood for _state, way in here),
        gates_left_missed=frozenset(
            gate
            for state, _way in here
            for gate, result in state.gates
            if result is GateResult.MISSED
        ),
    )


def gate_reached(gate: str, ended: Sequence[tuple[RunState, Ways]]) -> GateReached:
    """Sum up how one gate goes, given the ways into every state in which a run is over."""
    reached = met = 0.0
    for state, way in ended:
        result = dict(state.gates).get(gate)
        reached += way.likelihood if result is not None else 0.0
        met += way.likelihood if result is GateResult.MET else 0.0
    return GateReached(reached, met / reached if reached else 0.0)
