"""What a run is evidence for, with skill, safety and outcome kept apart."""

import pytest

from courses.content.scenario import Choice, Effectiveness, GateResult
from courses.content.scenario_score import (
    MomentScore,
    Outcome,
    Points,
    Score,
    choice_share,
    score,
)
from courses.content.skills import Skill
from tests.factories.scenarios import moment, small_raw, small_scenario, three_bills

THREE_BILLS = three_bills()
DENISE = THREE_BILLS.cards[0]


def share_of(chosen: float, *means: float):
    offered = [Choice(id=str(mean), text="", effectiveness=Effectiveness(mean)) for mean in means]
    return choice_share(offered[means.index(chosen)], offered)


class TestShareOfAMoment:
    @pytest.mark.parametrize(
        ("chosen", "share"), [(1, 0.0), (2, 0.25), (3, 0.5), (4, 0.75), (5, 1.0)]
    )
    def test_runs_from_the_worst_choice_to_the_best(self, chosen: float, share: float):
        assert share_of(chosen, 1, 2, 3, 4, 5) == share

    def test_a_choice_within_a_quarter_of_the_best_is_as_good(self):
        assert share_of(4.55, 1.0, 4.55, 4.8) == 1.0
        assert share_of(4.54, 1.0, 4.54, 4.8) < 1.0

    def test_choices_that_are_all_alike_all_earn_it(self):
        assert share_of(3, 3, 3, 3) == 1.0


class TestScore:
    def test_of_a_whole_run(self):
        scenario = small_scenario()
        card = scenario.cards[0]

        assert score(scenario, card, "ABA") == Score(
            moments=(
                MomentScore("hello", "A", "AL1", 1.0, 1.0, is_provisional=True),
                MomentScore("close", "A", "PS1", 0.0, 1.0, is_provisional=True),
            ),
            behaviours={"AL1": Points(1.0, 1.0), "PS1": Points(0.0, 1.0)},
            skills={Skill.LISTENING: Points(1.0, 1.0), Skill.PROBLEM: Points(0.0, 1.0)},
            gates={"G1": GateResult.MET},
            outcome=Outcome(
                card.endings["lost"], is_resolved=False, is_understood=False, has_owner=False
            ),
            turning_point=0,
        )

    def test_of_nothing_yet(self):
        assert score(THREE_BILLS, DENISE, ()) == Score(
            moments=(),
            behaviours={},
            skills={},
            gates={"G1": None, "G2": None},
            outcome=None,
            turning_point=None,
        )

    def test_gates_and_moments_without_weight_never_count_as_skill(self):
        behaviours = [one.behaviour for one in score(THREE_BILLS, DENISE, "BACDCBDBCB").moments]

        assert behaviours == ["AL1", "AL2", "EC2", "EC1", "PS2", "PS1", "EC4"]

    def test_two_moments_of_one_behaviour_add_up(self):
        warm_but_unsafe = score(THREE_BILLS, DENISE, "BACDCBABCA")

        assert warm_but_unsafe.behaviours["AL2"] == Points(1.0, 2.0)
        assert warm_but_unsafe.skills[Skill.LISTENING] == Points(2.0, 3.0)
        assert warm_but_unsafe.gates == {"G1": GateResult.MET, "G2": GateResult.MISSED}

    def test_a_heavier_moment_weighs_more(self):
        raw = small_raw()
        raw["moments"][0]["weight"] = 3
        scenario = small_scenario(moments=raw["moments"])

        assert score(scenario, scenario.cards[0], "AB").skills == {
            Skill.LISTENING: Points(3.0, 3.0)
        }

    def test_only_the_first_answer_at_a_moment_counts(self):
        again = [{"when": {"flag": "go"}, "to": "calm"}, {"to": "hello"}]
        choices = small_raw()["moments"][0]["choices"]
        choices[0]["sets"] = ["go"]
        scenario = small_scenario(moments=[moment("hello", "AL1", choices=choices, routes=again)])

        assert score(scenario, scenario.cards[0], "BBA").moments == (
            MomentScore("hello", "B", "AL1", 0.0, 1.0, is_provisional=True),
        )

    def test_a_kind_run_that_solves_nothing_shows_as_what_it_is(self):
        kind = score(THREE_BILLS, DENISE, "AACAABBCCABA")

        assert kind.outcome == Outcome(
            DENISE.endings["E-unsafe"], is_resolved=False, is_understood=False, has_owner=False
        )
        assert kind.gates == {"G1": GateResult.MISSED, "G2": GateResult.MISSED}

    def test_a_plan_that_was_understood_shows_even_where_something_is_loose(self):
        unchecked = score(THREE_BILLS, DENISE, "BAAADCBDBCB").outcome

        assert unchecked == Outcome(
            DENISE.endings["E-done"], is_resolved=True, is_understood=True, has_owner=True
        )

    def test_the_turning_point_is_the_largest_swing(self):
        assert score(THREE_BILLS, DENISE, "ACB").turning_point == 1
        assert score(THREE_BILLS, DENISE, "CB").turning_point is None

    def test_a_rated_scenario_is_not_provisional(self):
        raw = small_raw()
        for place in raw["moments"]:
            for one in place["choices"]:
                one["effectiveness"] = {
                    "mean": one["effectiveness"],
                    "spread": 0.4,
                    "raters": 12,
                }
        scenario = small_scenario(moments=raw["moments"])

        assert not score(scenario, scenario.cards[0], "ABB").is_provisional
        assert score(THREE_BILLS, DENISE, "A").is_provisional
