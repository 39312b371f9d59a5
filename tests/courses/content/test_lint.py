"""Checks of a scenario: each with the smallest content that it speaks up about."""

from typing import Any

import pytest

from courses.content.findings import Finding, Severity
from courses.content.lint import lint_scenario
from tests.factories.scenarios import choice, moment, small_raw, small_scenario, three_bills

CHEERFUL = "What a lovely day it is for a talk about your account and everything in it"


def findings(**changes: Any):
    """Return the findings about the small scenario with some fields replaced, by code."""
    return {finding.code: finding for finding in lint_scenario(small_scenario(**changes))}


def finding_about(code: str, **changes: Any):
    """Return severity and path of one finding, None if it was not made."""
    found = findings(**changes).get(code)
    return found and (found.severity, found.path)


def moments_with(number: int, **fields: Any):
    """Return the moments of the small scenario with some fields of one replaced."""
    moments = small_raw()["moments"]
    moments[number] |= fields
    return moments


def five_moments(choices: list[Any]):
    """Return five moments in a row, each with the same choices."""
    return [
        moment(
            f"m{number}",
            "AL1",
            choices=choices,
            routes=[{"to": f"m{number + 1}" if number < 4 else "calm"}],
        )
        for number in range(5)
    ]


def rated(mean: float, spread: float = 0.5, raters: int = 12):
    return {"mean": mean, "spread": spread, "raters": raters}


def test_three_bills_has_neither_error_nor_warning():
    assert lint_scenario(three_bills()) == (
        Finding(
            "flag-never-asked",
            Severity.INFO,
            "flags.assist",
            "No condition asks for the flag “assist”; that is fine for a fact worth noting.",
        ),
        Finding(
            "skill-not-shown",
            Severity.INFO,
            "skills.empathy",
            "Nothing here is evidence for empathy; one scenario need not feed every skill.",
        ),
        Finding(
            "provisional-key",
            Severity.INFO,
            "moments",
            "Some keys are the author's own; learners read that people may differ.",
        ),
    )


def test_the_small_scenario_is_fine_too():
    assert {finding.severity for finding in lint_scenario(small_scenario())} == {Severity.INFO}


def test_errors_come_first_and_nothing_is_said_twice_for_two_cards():
    cards = small_raw()["cards"] + [{"id": "bo", "name": "Bo Lind", "age": 81}]
    found = lint_scenario(
        small_scenario(cards=cards, moments=[*small_raw()["moments"], moment("lonely", "AL1")])
    )

    assert found[0] == Finding(
        "moment-never-reached",
        Severity.ERROR,
        "moments[3]",
        "No run ever comes to “lonely”; let a route lead here.",
    )
    assert [finding.code for finding in found].count("moment-never-reached") == 1


class TestGraph:
    def test_an_ending_that_no_run_comes_to(self):
        moments = moments_with(2, routes=[{"to": "calm"}])

        assert finding_about("ending-never-reached", moments=moments) == (
            Severity.ERROR,
            "endings[1]",
        )

    def test_a_route_whose_condition_can_never_hold(self):
        routes = [{"when": {"trust": ">=3", "all": [{"trust": "<=2"}]}, "to": "calm"}]
        moments = moments_with(0, routes=[*routes, {"to": "check"}])

        assert finding_about("route-never-taken", moments=moments) == (
            Severity.ERROR,
            "moments[0].routes[0]",
        )

    def test_an_exit_that_is_never_taken(self):
        exits = [{"when": {"distress": 4, "trust": 4}, "to": "lost"}]

        assert finding_about("exit-never-taken", exits=exits) == (Severity.ERROR, "exits[0]")

    def test_a_line_that_is_never_spoken(self):
        says = [{"when": {"trust": 4}, "text": "Great."}, {"text": "Hello."}]

        assert finding_about("line-never-spoken", moments=moments_with(0, says=says)) == (
            Severity.ERROR,
            "moments[0].says[0]",
        )

    def test_a_choice_that_is_never_open(self):
        choices = [choice("A", 5), choice("B", 1), choice("C", 3, when={"trust": 4})]

        assert finding_about("choice-never-open", moments=moments_with(0, choices=choices)) == (
            Severity.ERROR,
            "moments[0].choices[2]",
        )

    def test_a_change_of_a_card_that_never_comes_up(self):
        changes = [{"choice": "A", "when": {"trust": 4}, "text": "Another text of this length."}]
        card = {
            "id": "bo",
            "name": "Bo Lind",
            "age": 81,
            "moments": [{"moment": "hello", "choices": changes}],
        }

        assert finding_about("change-never-used", cards=[*small_raw()["cards"], card]) == (
            Severity.ERROR,
            "cards[1].moments[0].choices[0]",
        )

    def test_what_an_unreached_moment_holds_is_not_counted_on_top(self):
        found = findings(moments=[*small_raw()["moments"], moment("lonely", "AL1")])

        assert [code for code, one in found.items() if one.severity is Severity.ERROR] == [
            "moment-never-reached"
        ]

    def test_a_round_without_an_end(self):
        routes = [{"when": {"flag": "hurried"}, "to": "hello"}, {"to": "check"}]

        assert findings(moments=moments_with(0, routes=routes))["endless-loop"] == Finding(
            "endless-loop",
            Severity.ERROR,
            "moments[0]",
            "A run can go round hello → hello for ever; let a flag or a variable lead out.",
        )

    def test_a_moment_without_an_open_choice(self):
        choices = [choice(id, 3, when={"flag": "hurried"}) for id in "AB"]

        assert finding_about("dead-end", moments=moments_with(2, choices=choices)) == (
            Severity.ERROR,
            "moments[2]",
        )

    def test_a_patient_who_falls_silent_in_some_mood(self):
        says = [{"when": {"trust": ">=3"}, "text": "Hello."}]

        assert finding_about("silent-moment", moments=moments_with(1, says=says)) == (
            Severity.ERROR,
            "moments[1]",
        )

    @pytest.mark.parametrize(
        ("code", "severity", "path", "says"),
        [
            ("flag-never-set", Severity.ERROR, "flags.hury", "hury"),
            ("flag-never-asked", Severity.INFO, "flags.hurried", "hury"),
        ],
    )
    def test_a_flag_that_is_misspelled(self, code: str, severity: Severity, path: str, says: str):
        endings = small_raw()["endings"]
        endings[1]["says"][0]["when"] = {"flag": says}

        assert finding_about(code, endings=endings) == (severity, path)


class TestSafety:
    def test_a_gate_that_cannot_be_met(self):
        choices = [choice(id, mean, gate={"G1": "missed"}) for id, mean in (("A", 5), ("B", 1))]
        moments = moments_with(1, choices=choices)

        assert finding_about("gate-without-way-through", moments=moments) == (
            Severity.ERROR,
            "moments[1]",
        )

    def test_a_gate_whose_way_through_is_open_in_some_moods_only(self):
        choices = small_raw()["moments"][1]["choices"]
        choices[1]["when"] = {"trust": ">=2"}
        choices.append(choice("C", 2, gate={"G1": "missed"}))

        assert finding_about(
            "gate-without-way-through", moments=moments_with(1, choices=choices)
        ) == (Severity.ERROR, "moments[1]")

    def test_a_gate_that_cannot_be_missed(self):
        choices = [choice(id, mean, gate={"G1": "met"}) for id, mean in (("A", 5), ("B", 1))]

        assert finding_about("gate-without-risk", moments=moments_with(1, choices=choices)) == (
            Severity.WARNING,
            "moments[1]",
        )

    def test_a_gate_that_nothing_tests(self):
        gates = {"G1": "Identity", "G2": "Health remark"}

        assert finding_about("gate-never-tested", gates=gates) == (Severity.WARNING, "gates.G2")

    def test_a_good_ending_after_a_gate_was_missed_for_good(self):
        moments = moments_with(2, routes=[{"when": {"flag": "plan"}, "to": "calm"}, {"to": "lost"}])

        assert finding_about("unsafe-good-ending", moments=moments) == (
            Severity.ERROR,
            "endings[0]",
        )


class TestScoring:
    def test_all_paths_scoring_alike(self):
        moments = small_raw()["moments"]
        for number in (0, 2):
            for one in moments[number]["choices"]:
                one["effectiveness"] = 3

        assert finding_about("all-paths-alike", moments=moments) == (Severity.ERROR, "moments")

    def test_a_scenario_of_gates_only_is_told_apart_by_its_gates(self):
        moments = small_raw()["moments"]
        for number in (0, 2):
            moments[number]["weight"] = 0

        assert finding_about("all-paths-alike", moments=moments) is None

    def test_choices_too_close_to_tell_apart(self):
        moments = moments_with(0, choices=[choice("A", 4), choice("B", 3)])

        assert finding_about("flat-moment", moments=moments) == (Severity.WARNING, "moments[0]")

    def test_a_panel_that_is_small_or_disagrees(self):
        choices = [
            choice("A", 5) | {"effectiveness": rated(4.8, raters=6)},
            choice("B", 1) | {"effectiveness": rated(1.5, spread=1.4)},
        ]
        found = findings(moments=moments_with(0, choices=choices))

        assert found["few-raters"].path == "moments[0].choices[0].effectiveness"
        assert found["raters-disagree"].path == "moments[0].choices[1].effectiveness"

    def test_the_best_choice_always_in_the_same_place(self):
        chain = [
            moment(f"m{number}", "AL1", routes=[{"to": f"m{number + 1}" if number < 4 else "calm"}])
            for number in range(5)
        ]

        assert finding_about("best-in-same-place", moments=chain) == (
            Severity.WARNING,
            "moments",
        )

    def test_a_behaviour_and_a_skill_that_nothing_shows(self):
        behaviours = small_raw()["behaviours"] | {"EM1": "Names the feeling"}
        found = findings(behaviours=behaviours)

        assert (found["behaviour-not-shown"].severity, found["behaviour-not-shown"].path) == (
            Severity.WARNING,
            "behaviours.EM1",
        )
        assert found["skill-not-shown"].severity is Severity.INFO


class TestWording:
    @pytest.mark.parametrize("field", ["felt", "why"])
    def test_a_choice_without_feedback(self, field: str):
        choices = small_raw()["moments"][0]["choices"]
        del choices[1][field]

        assert finding_about("no-feedback", moments=moments_with(0, choices=choices)) == (
            Severity.ERROR,
            f"moments[0].choices[1].{field}",
        )

    def test_a_moment_without_an_experts_line(self):
        moments = small_raw()["moments"]
        del moments[2]["expert"]

        assert finding_about("no-feedback", moments=moments) == (
            Severity.ERROR,
            "moments[2].expert",
        )

    def test_a_choice_that_stands_out_by_its_length(self):
        choices = [choice("A", 5), choice("B", 1), choice("C", 3, text="Too short for company.")]

        assert finding_about("choice-length", moments=moments_with(0, choices=choices)) == (
            Severity.WARNING,
            "moments[0].choices[2]",
        )

    def test_the_best_choice_mostly_the_longest(self):
        choices = [choice("A", 5, text=f"{CHEERFUL}, dear."), choice("B", 1, text=f"{CHEERFUL}.")]

        found = finding_about("best-is-longest", moments=five_moments(choices))

        assert found == (Severity.WARNING, "moments")

    def test_the_best_choice_mostly_the_one_with_the_most_sentences(self):
        choices = [choice("A", 5, text=f"{CHEERFUL}. Sure."), choice("B", 1, text=f"{CHEERFUL}.")]

        found = finding_about("best-has-most-sentences", moments=five_moments(choices))

        assert found == (Severity.WARNING, "moments")

    def test_sentences_that_tell_nothing(self):
        choices = [choice("A", 5, text=f"{CHEERFUL}. Ok."), choice("B", 1, text="Hm. Oh. I see.")]

        assert "best-has-most-sentences" not in findings(moments=five_moments(choices))

    def test_replies_too_hard_to_read_for_who_hears_them(self):
        hard = (
            "Notwithstanding considerable administrative complications, reimbursement eligibility"
            " determinations necessitate comprehensive documentation requirements."
        )
        choices = [
            choice(id, mean, text=f"{hard} {hard} {hard} {id}.")
            for id, mean in (("A", 5), ("B", 1))
        ]
        moments = [*moments_with(0, choices=choices)]
        moments[2]["choices"][0]["text"] = moments[2]["choices"][1]["text"] = hard

        assert finding_about("reading-level", moments=moments) == (Severity.WARNING, "cards[0]")

    def test_words_that_judge_people(self):
        choices = small_raw()["moments"][0]["choices"]
        choices[1]["why"] = "That was incorrect."

        assert finding_about("unkind-word", moments=moments_with(0, choices=choices)) == (
            Severity.WARNING,
            "moments[0].choices[1].why",
        )
