"""Whatever is chosen in whatever scenario: bounds hold, a run ends or goes on, and it replays."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from courses.content.guards import HIGHEST, LOWEST
from courses.content.scenario import GateResult, Scenario, parse_scenario
from courses.content.scenario_graph import (
    ChoiceNotOpen,
    Reply,
    RunState,
    choose,
    open_choices,
    place_of,
    replay,
    spoken,
    start,
)
from courses.content.scenario_score import score
from tests.factories.scenarios import choice, moment, small_raw, three_bills

KINDS = ("trust", "distress", "understanding")
FLAGS = ("one", "two")

levels = st.integers(LOWEST, HIGHEST)
flags = st.lists(st.sampled_from(FLAGS), unique=True)
guards = st.one_of(
    st.tuples(st.sampled_from(KINDS), st.sampled_from((">=", "<=")), levels).map(
        lambda one: {one[0]: f"{one[1]}{one[2]}"}
    ),
    st.sampled_from(FLAGS).map(lambda flag: {"flag": flag}),
    st.sampled_from(FLAGS).map(lambda flag: {"not": {"flag": flag}}),
)
effects = st.fixed_dictionaries(dict.fromkeys(KINDS, st.integers(-HIGHEST, HIGHEST)))

think_times = st.just({}) | effects.map(
    lambda one: {"think_time": {"seconds": 30, "then_says": "Hello?", "effects": one}}
)


@st.composite
def choices(draw: st.DrawFn, name: str, *, is_gate: bool) -> dict[str, Any]:
    """Write one choice that moves anything any far."""
    raw = choice(name, draw(st.integers(1, 5)), effects=draw(effects))
    raw |= {"sets": draw(flags), "clears": draw(flags)}
    if is_gate:
        raw["gate"] = {"G1": draw(st.sampled_from(["met", "missed"]))}
    return raw


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Write a scenario whose ways lead anywhere, round in circles too."""
    names = [f"m{number}" for number in range(draw(st.integers(1, 5)))]
    places = st.sampled_from([*names, "calm", "lost"])
    moments = []
    for name in names:
        is_gate = draw(st.booleans())
        offered = [
            draw(choices(one, is_gate=is_gate)) for one in "ABCDE"[: draw(st.integers(2, 5))]
        ]
        for one in offered[1:]:  # so that one is always open
            if draw(st.booleans()):
                one["when"] = draw(guards)
        ways = [{"to": draw(places), "when": draw(guards)} for _ in range(draw(st.integers(0, 2)))]
        moments.append(
            moment(
                name,
                "G1" if is_gate else "AL1",
                choices=offered,
                routes=[*ways, {"to": draw(places)}],
            )
            | draw(think_times)
        )
    beginning = draw(st.fixed_dictionaries(dict.fromkeys(KINDS, levels)))
    return parse_scenario(small_raw(moments=moments, start=beginning))


class AnyRun(RuleBasedStateMachine):
    """One run of one scenario, made of open choices, and of others that must change nothing."""

    @initialize(scenario=st.one_of(scenarios(), st.just(three_bills())), patient=st.integers(0, 1))
    def begin(self, scenario: Scenario, patient: int) -> None:
        """Let a patient call."""
        self.scenario = scenario
        self.card = scenario.cards[patient % len(scenario.cards)]
        self.state = start(scenario, self.card)
        self.made: list[Reply] = []

    @precondition(lambda self: not self.state.ended)
    @rule(which=st.integers(0, 4), waited=st.booleans())
    def answer(self, which: int, waited: bool) -> None:
        """Choose something that is open, in time or after the patient has waited long enough."""
        offered = open_choices(self.card, self.state)
        reply = Reply(offered[which % len(offered)].id, waited)
        self.made.append(reply)
        before = self.state
        self.state = choose(self.scenario, self.card, before, reply.choice, waited=waited)
        assert self.state.steps == before.steps + 1
        lost = dict(before.gates).keys() - dict(self.state.gates).keys()
        assert not lost
        for gate, result in before.gates:
            if result is GateResult.MET:
                assert dict(self.state.gates)[gate] is GateResult.MET

    @rule(wrong=st.sampled_from(["", "Z", "calm", "A", "E"]))
    def try_what_is_closed(self, wrong: str) -> None:
        """Choose what is not open: refused, and nothing moves."""
        before = self.state
        if wrong not in {one.id for one in open_choices(self.card, before)}:
            with pytest.raises(ChoiceNotOpen):
                choose(self.scenario, self.card, before, wrong)
        assert self.state == before

    @invariant()
    def the_patient_stays_within_bounds(self) -> None:
        """No choice takes a variable over its edge."""
        for kind in KINDS:
            assert LOWEST <= getattr(self.state, kind) <= HIGHEST

    @invariant()
    def the_run_has_ended_or_can_go_on(self) -> None:
        """Nobody is left without an answer."""
        assert self.state.ended is not bool(open_choices(self.card, self.state))
        assert place_of(self.card, self.state).id == self.state.moment
        assert spoken(self.card, self.state) == spoken(self.card, self.state)

    @invariant()
    def what_was_recorded_leads_here_again(self) -> None:
        """A replay, a stored state and the score of both agree."""
        steps = replay(self.scenario, self.card, self.made)
        assert [step.after for step in steps][-1:] in ([], [self.state])
        assert RunState.from_json(self.state.to_json()) == self.state
        found = score(self.scenario, self.card, self.made)
        assert (found.outcome is not None) is self.state.ended
        assert all(0 <= one.share <= 1 for one in found.moments)


TestAnyRun = AnyRun.TestCase
TestAnyRun.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
