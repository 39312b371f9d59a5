"""The patient simulator: the same choices give the same run, and nothing leaves its bounds."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.content.scenario import Card, Choice, Effectiveness, Effects, GateResult
from courses.content.scenario_graph import (
    ChoiceNotOpen,
    RunState,
    choose,
    open_choices,
    open_facts,
    replay,
    spoken,
    start,
)
from tests.factories.scenarios import choice, small_raw, small_scenario, three_bills

THREE_BILLS = three_bills()
DENISE, LURDES = THREE_BILLS.cards
CARDS = st.sampled_from(THREE_BILLS.cards)
PICKS = st.lists(st.integers(0, 9), max_size=20)


def played(card: Card, choices: str):
    """Return the state after some choices, written as one word."""
    steps = replay(THREE_BILLS, card, choices)
    return steps[-1].after if steps else start(THREE_BILLS, card)


def heard(card: Card, choices: str):
    """Return what the patient says after some choices."""
    return spoken(card, played(card, choices)).words


def run_of(card: Card, picks: list[int]):
    """Return the states and choices of a run that picks among what is open by number."""
    states, choices = [start(THREE_BILLS, card)], []
    for pick in picks:
        offered = open_choices(card, states[-1])
        if not offered:
            break
        choices.append(offered[pick % len(offered)].id)
        states.append(choose(THREE_BILLS, card, states[-1], choices[-1]))
    return states, choices


class TestARun:
    def test_starts_as_the_patient_comes_to_us(self):
        assert start(THREE_BILLS, DENISE) == RunState("open", trust=2, distress=2, understanding=1)

    def test_a_choice_moves_the_patient_sets_flags_and_leads_on(self):
        after = choose(THREE_BILLS, DENISE, start(THREE_BILLS, DENISE), "D")

        assert after == RunState(
            "typing",
            trust=1,
            distress=3,
            understanding=0,
            flags=frozenset({"third"}),
            steps=1,
        )

    def test_variables_stay_between_0_and_4(self):
        raw = small_raw()
        raw["moments"][0]["choices"][0]["effects"] = {
            "trust": 4,
            "distress": -4,
            "understanding": 3,
        }
        scenario = small_scenario(moments=raw["moments"])
        after = choose(scenario, scenario.cards[0], start(scenario, scenario.cards[0]), "A")

        assert (after.trust, after.distress, after.understanding) == (4, 0, 4)

    def test_a_choice_can_clear_a_flag(self):
        raw = small_raw()
        raw["moments"][1]["choices"][1]["clears"] = ["hurried"]
        scenario = small_scenario(moments=raw["moments"])

        steps = replay(scenario, scenario.cards[0], "BB")

        assert [step.after.flags for step in steps] == [frozenset({"hurried"}), frozenset()]

    def test_the_exit_rule_goes_before_everything_else_until_pills(self):
        gone = played(DENISE, "DB")

        assert gone == RunState(
            "E-gone",
            trust=1,
            distress=4,
            understanding=0,
            flags=frozenset({"third"}),
            steps=2,
            ended=True,
        )

    def test_an_angry_patient_no_longer_hangs_up_once_the_pills_are_mentioned(self):
        state = RunState(
            "pills", trust=1, distress=3, understanding=4, reached=frozenset({"pills"})
        )

        after = choose(THREE_BILLS, DENISE, state, "C")

        assert (after.moment, after.trust, after.distress) == ("nextstep", 0, 4)

    def test_the_recovery_after_a_bad_start_can_still_end_well(self):
        state = played(DENISE, "DCACDCBDBCB")

        assert (state.moment, state.trust, state.distress, state.understanding) == (
            "E-heard",
            4,
            0,
            4,
        )


class TestWhatIsHeard:
    def test_the_wording_follows_the_mood_on_arrival(self):
        assert heard(DENISE, "BACDCB").startswith("Can I be honest?")
        assert heard(DENISE, "AACAABBCC").startswith("I’ll find it somewhere.")

    def test_parts_compose(self):
        always = (
            "What I don’t get is this. The first lady, very nice, said ignore it. The second said"
            " pay it by Friday. They can’t both be right."
        )

        assert heard(DENISE, "BACD") == always
        assert heard(DENISE, "BACA") == f"It rang eleven times and came back to you. {always}"
        assert heard(DENISE, "BACC") == f"Hello? I thought you’d gone. {always}"

    def test_a_stage_direction_may_depend_on_what_was_done(self):
        with_nurse, without = played(DENISE, "BACDCBD"), played(DENISE, "BACDCBA")

        assert with_nurse.moment == without.moment == "short"
        assert spoken(DENISE, with_nurse).stage == "Soft ring tone."
        assert spoken(DENISE, without).stage == ""

    def test_an_ending_speaks_too(self):
        assert heard(DENISE, "DB") == "I have to go in. Forget it."

    def test_lurdes_is_quick_and_dry_once_she_is_interpreted(self):
        assert heard(LURDES, "B") == heard(DENISE, "B")
        assert heard(LURDES, "C").startswith("Last night my card did not work.")
        assert heard(LURDES, "CBCDBB") == "Six hundred?"

    def test_the_account_closes_on_a_caller_who_was_not_checked(self):
        def account(choices: str):
            facts = open_facts(THREE_BILLS, DENISE, played(DENISE, choices))
            return [f"{fact.label}: {fact.value}" for fact in facts]

        assert account("BA") == ["Caller: Not checked yet", "Clinic balance: 62.40"]
        assert account("BAA") == [
            "Caller: Not checked yet",
            "Clinic balance: Closed until the caller is checked",
        ]
        assert "Statement: Printed May 6: 186.40" in account("BAC")


class TestChoices:
    def test_are_worded_by_the_card_and_the_situation(self):
        plain, interpreted = played(LURDES, "CB"), played(LURDES, "BB")

        assert open_choices(LURDES, plain)[1].text == DENISE.moments["owe"].choices[1].text
        assert open_choices(LURDES, interpreted)[1].text.startswith("Interpreter, please take")

    def test_changes_of_a_card_compose(self):
        without, interpreted = played(LURDES, "CBCDC"), played(LURDES, "BBCDC")
        three_turns = "In three turns, with a pause after each."

        def sorting(state: RunState):
            choice = open_choices(LURDES, state)[1]
            return choice.direction, choice.effects

        assert sorting(without) == (three_turns, Effects(distress=-1, understanding=1))
        assert sorting(interpreted) == (three_turns, Effects(distress=-1, understanding=2))

    def test_a_card_replaces_the_flags_of_a_choice(self):
        state = played(LURDES, "CBCDCB")

        after = choose(THREE_BILLS, LURDES, state, "D")

        assert state.flags == {"matched"}
        assert after.flags == {"matched", "nurse", "interp"}

    def test_a_choice_may_be_open_only_under_a_condition(self):
        raw = small_raw()
        raw["moments"][2]["choices"].append(choice("C", 3, when={"flag": "hurried"}))
        scenario = small_scenario(moments=raw["moments"])
        card = scenario.cards[0]

        calm, hurried = (replay(scenario, card, first + "B")[-1].after for first in "AB")

        assert [one.id for one in open_choices(card, calm)] == ["A", "B"]
        assert [one.id for one in open_choices(card, hurried)] == ["A", "B", "C"]
        with pytest.raises(ChoiceNotOpen, match=r"^This answer is not open at this moment\.$"):
            choose(scenario, card, calm, "C")

    @pytest.mark.parametrize("choice_id", ["E", "", "a"])
    def test_what_is_not_offered_is_refused(self, choice_id: str):
        with pytest.raises(ChoiceNotOpen, match=r"^This answer is not open at this moment\.$"):
            choose(THREE_BILLS, DENISE, start(THREE_BILLS, DENISE), choice_id)

    def test_nothing_is_open_once_the_run_has_ended(self):
        gone = played(DENISE, "DB")

        assert open_choices(DENISE, gone) == ()
        with pytest.raises(ChoiceNotOpen, match=r"^This run has ended\.$"):
            choose(THREE_BILLS, DENISE, gone, "A")


class TestGates:
    def test_the_first_try_decides_and_a_later_one_only_mends(self):
        met = played(DENISE, "BACDCBD")
        missed = played(DENISE, "BABDCBA")
        mended = played(DENISE, "BABDCBABCB")
        left = played(DENISE, "BABDCBABCC")

        assert met.gates == (("G1", GateResult.MET), ("G2", GateResult.MET))
        assert missed.gates == (("G1", GateResult.MET), ("G2", GateResult.MISSED))
        assert (mended.moment, mended.gates[1]) == ("handoff", ("G2", GateResult.MENDED))
        assert (left.moment, left.gates[1]) == ("E-unsafe", ("G2", GateResult.MISSED))


class TestReplay:
    def test_gives_every_step_with_what_was_heard_and_chosen(self):
        first, second = replay(THREE_BILLS, DENISE, "DB")

        assert first.before == start(THREE_BILLS, DENISE)
        assert first.spoken.words.startswith("Hi, my name’s Denise.")
        assert first.spoken.stage == "A parked car. Paper rustles at each envelope she names."
        assert first.after == second.before
        assert second.spoken.words.startswith("So now it’s ignore it, pay it, or set it aside.")
        assert second.choice == Choice(
            id="B",
            text=(
                "I got that wrong just then, and I’m sorry. My lead is at the next desk. Shall I"
                " give her all of it, so you don’t have to begin again?"
            ),
            effects=Effects(distress=1),
            effectiveness=Effectiveness(1.0),
            felt="Felt passed on again.",
            why="She asked whether to give up on you, and you agreed.",
        )
        assert second.after.moment == "E-gone"

    def test_of_no_choices_has_no_steps(self):
        assert replay(THREE_BILLS, DENISE, ()) == ()

    def test_refuses_choices_that_go_on_after_the_end(self):
        with pytest.raises(ChoiceNotOpen):
            replay(THREE_BILLS, DENISE, "DBA")


class TestAnyRun:
    @given(card=CARDS, picks=PICKS)
    def test_stays_in_bounds_and_ends_within_14_choices(self, card: Card, picks: list[int]):
        states, _choices = run_of(card, picks)

        for state in states:
            assert {state.trust, state.distress, state.understanding} <= {0, 1, 2, 3, 4}
            assert bool(open_choices(card, state)) is not state.ended
            assert spoken(card, state).words
        assert states[-1].ended or len(picks) < 14

    @given(card=CARDS, picks=PICKS)
    def test_is_replayed_to_the_same_states(self, card: Card, picks: list[int]):
        states, choices = run_of(card, picks)

        steps = replay(THREE_BILLS, card, choices)

        assert [state for step in steps for state in (step.before, step.after)] == [
            state for pair in pairwise(states) for state in pair
        ]

    @given(card=CARDS, picks=PICKS)
    def test_survives_being_stored_between_any_two_choices(self, card: Card, picks: list[int]):
        states, _choices = run_of(card, picks)

        for state in states:
            stored = json.dumps(state.to_json(), sort_keys=True)
            assert RunState.from_json(json.loads(stored)) == state

    @given(card=CARDS, picks=PICKS, choice_id=st.text(max_size=2))
    @settings(max_examples=50)
    def test_refuses_everything_but_what_is_open(
        self, card: Card, picks: list[int], choice_id: str
    ):
        state = run_of(card, picks)[0][-1]
        if choice_id in {choice.id for choice in open_choices(card, state)}:
            return

        with pytest.raises(ChoiceNotOpen):
            choose(THREE_BILLS, card, state, choice_id)
