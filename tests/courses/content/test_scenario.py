"""Reading a scenario from what an author wrote."""

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.content.guards import ALWAYS, NEVER, AllOf, Compares, HasFlag, Not, Reached
from courses.content.parsing import ContentError
from courses.content.patient_kinds import PatientKind
from courses.content.scenario import (
    Action,
    AnswerKind,
    Channel,
    Choice,
    ChoiceChange,
    Effectiveness,
    Effects,
    Ending,
    EndingKind,
    Fact,
    Opening,
    Part,
    Route,
    Speech,
    parse_scenario,
)
from courses.content.skills import Skill, skill_of
from tests.factories.scenarios import choice, moment, small_raw, three_bills, three_bills_raw


def problems_of(raw: Any):
    with pytest.raises(ContentError) as caught:
        parse_scenario(raw)
    return [str(problem) for problem in caught.value.problems]


class TestThreeBills:
    def test_the_call_is_read_in_full(self):
        scenario = three_bills()

        assert (scenario.title, scenario.channel) == ("Three bills, one visit", Channel.PHONE)
        assert [(m.id, m.behaviour, len(m.choices)) for m in scenario.moments] == [
            ("open", "AL1", 4),
            ("typing", "EI1", 3),
            ("grocery", "AL2", 3),
            ("owe", "G1", 4),
            ("unchecked", "EI1", 3),
            ("screen", "EC2", 4),
            ("two-calls", "AL3", 3),
            ("sort", "EC1", 3),
            ("mixed", "EC3", 3),
            ("pills", "G2", 4),
            ("short", "PS2", 3),
            ("nextstep", "PS1", 3),
            ("anything", "AL2", 3),
            ("handoff", "EC4", 3),
        ]
        assert [(e.id, e.kind) for e in scenario.endings] == [
            ("E-heard", EndingKind.GOOD),
            ("E-done", EndingKind.MIXED),
            ("E-unsafe", EndingKind.BAD),
            ("E-gone", EndingKind.BAD),
        ]
        assert scenario.exits == (
            Route(
                "E-gone",
                AllOf(
                    (
                        Not(Reached("pills")),
                        Compares("distress", "=", 4),
                        Compares("trust", "<=", 1),
                    )
                ),
            ),
        )

    def test_a_choice_carries_all_that_the_text_says(self):
        choice = three_bills().moments[3].choices[0]

        assert choice == Choice(
            id="A",
            text=(
                "It isn’t 186.40 any more. Your plan paid 124.00 after they printed that page, so"
                " what you owe today is 62.40, and it’s due on Friday."
            ),
            effects=Effects(distress=-1),
            effectiveness=Effectiveness(1.0),
            sets=("unchecked",),
            gates=(("G1", False),),
            felt="Felt relieved, for one second.",
            why="Holding the mail doesn’t make someone the patient.",
            kind=True,
            fast=True,
        )
        assert choice.effectiveness.is_provisional

    def test_one_moment_is_typed_without_weight_and_one_is_an_action(self):
        unusual = {
            m.id: (m.answer, m.weight, [c.action for c in m.choices])
            for m in three_bills().moments
            if m.answer is not AnswerKind.REPLY
        }

        assert unusual == {
            "screen": (
                AnswerKind.ACTION,
                1,
                [Action.TRANSFER, Action.HOLD, Action.HOLD, Action.LOOK_UP],
            ),
            "two-calls": (AnswerKind.TYPED, 0, [None, None, None]),
        }

    def test_nothing_in_it_is_evidence_for_empathy(self):
        skills = {skill_of(code) for code in three_bills().behaviours}

        assert set(Skill) - skills == {Skill.EMPATHY}

    def test_lurdes_tells_the_same_story_in_her_own_words(self):
        denise, lurdes = three_bills().cards
        no_interpreter = Not(HasFlag("interp"))

        assert denise.moments["open"] == three_bills().moments[0]
        assert lurdes.moments["grocery"].says == Speech(
            (
                Part(
                    "Last night my card did not work. In front of people. It’s okay. The clinic"
                    " letter says Friday.",
                    no_interpreter,
                ),
            ),
            otherwise=denise.moments["grocery"].says,
        )
        assert lurdes.moments["sort"].choices[1].changes == (
            ChoiceChange("B", direction="In three turns, with a pause after each."),
            ChoiceChange("B", no_interpreter, effects=Effects(distress=-1, understanding=1)),
        )
        assert lurdes.opening == denise.opening == Opening(2, 2, 1)
        assert lurdes.endings == denise.endings


class TestReading:
    def test_a_panels_rating_replaces_the_authors_key(self):
        raw = small_raw()
        raw["moments"][0]["choices"][0]["effectiveness"] = {
            "mean": 4.6,
            "spread": 0.5,
            "raters": 12,
        }

        rating = parse_scenario(raw).moments[0].choices[0].effectiveness

        assert rating == Effectiveness(4.6, 0.5, 12)
        assert not rating.is_provisional

    def test_an_ending_says_what_it_means_for_the_patient(self):
        assert parse_scenario(small_raw()).endings == (
            Ending(
                id="calm",
                title="Settled",
                kind=EndingKind.GOOD,
                says=Speech((Part("Thank you."),)),
                for_patient="Everything is settled.",
                is_resolved=ALWAYS,
                is_understood=Compares("understanding", ">=", 3),
                has_owner=HasFlag("plan"),
            ),
            Ending(
                id="lost",
                title="Gone",
                kind=EndingKind.BAD,
                says=Speech((Part("You never listened.", HasFlag("hurried")), Part("Bye."))),
                for_patient="Nothing is settled.",
                is_resolved=NEVER,
                is_understood=NEVER,
                has_owner=NEVER,
            ),
        )

    def test_a_card_may_start_elsewhere_and_bring_facts_of_its_own(self):
        card = {
            "id": "bo",
            "name": "Bo Lind",
            "age": 81,
            "kinds": ["older", "hearing"],
            "start": {"trust": 1, "flags": ["hearing_aid"]},
            "account": [{"label": "Prefers", "value": "Letters", "when": {"reached": "check"}}],
        }

        bo = parse_scenario(small_raw(cards=[card])).cards[0]

        assert bo.opening == Opening(1, 2, 1, frozenset({"hearing_aid"}))
        assert bo.kinds == {PatientKind.HEARING, PatientKind.OLDER}
        assert bo.account == (Fact("Prefers", "Letters", Reached("check")),)

    def test_every_element_knows_its_place(self):
        hello = parse_scenario(small_raw()).moments[0]

        assert hello.path == "moments[0]"
        assert hello.says.parts[0].path == "moments[0].says"
        assert hello.choices[1].path == "moments[0].choices[1]"
        assert hello.routes[0].path == "moments[0].routes[0]"


class TestProblems:
    def test_all_of_them_are_collected_with_their_places(self):
        raw = small_raw(channel="fax", surprise=1)
        del raw["title"]
        raw["moments"][0]["choices"][1]["effects"] = {"trust": 9}
        raw["moments"][1]["says"] = [{"when": {"trust": "high"}, "text": "Hm."}]
        raw["moments"][2]["choices"][0]["effectiveness"] = 6

        assert problems_of(raw) == [
            "moments[0].choices[1].effects.trust: Write a whole number from -4 to 4.",
            'moments[1].says[0].when.trust: Compare with a number from 0 to 4, such as ">=3".',
            "moments[2].choices[0].effectiveness: Write a number from 1 to 5.",
            "title: Write a text here.",
            "channel: Choose one of: phone, chat, message.",
            "surprise: This field is not known here; check its spelling.",
        ]

    def test_names_that_lead_nowhere(self):
        raw = small_raw(exits=[{"when": {"trust": 0}, "to": "check"}])
        raw["moments"][0]["routes"] = [{"to": "chekc"}]
        raw["moments"][0]["behaviour"] = "AL9"
        raw["moments"][1]["choices"][0]["gate"] = {"G1": "missed", "G7": "met"}
        raw["moments"][2]["routes"][0]["when"] = {"before": "chekc"}

        assert problems_of(raw) == [
            "moments[0].behaviour: Describe “AL9” among the behaviours or the gates above.",
            "exits[0].to: There is no “check” to go to.",
            "moments[0].routes[0].to: There is no “chekc” to go to.",
            "moments[1].choices[0].gate.G7: There is no gate “G7”.",
            "A condition asks about “chekc”, which is no moment here.",
        ]

    def test_what_a_moment_needs(self):
        raw = small_raw()
        raw["moments"] = [
            moment("hello", "AL1", routes=[{"when": {"flag": "x"}, "to": "calm"}]),
            moment("check", "G1", choices=[choice("A", 5)]),
            moment("act", "AL1", answer="action"),
        ]

        assert problems_of(raw) == [
            "moments[0].routes[0].when: Take the condition off, so that there is always a way on.",
            "moments[1].choices: Offer 2 to 5 choices.",
            "moments[1].choices[0].gate: Say whether this choice has G1 met or missed.",
            "moments[2].choices[0].action: Say what the agent does here.",
            "moments[2].choices[1].action: Say what the agent does here.",
        ]

    def test_ids_that_stand_twice(self):
        raw = small_raw()
        raw["moments"][1]["id"] = "hello"
        raw["moments"][2]["choices"][1]["id"] = "A"
        raw["endings"][1]["id"] = "close"
        raw["cards"] *= 2
        raw["moments"][0]["routes"] = raw["moments"][2]["routes"] = [{"to": "calm"}]

        assert problems_of(raw) == [
            "moments: The id “hello” is used more than once; ids must differ.",
            "cards: The id “ana” is used more than once; ids must differ.",
            "endings: The id “close” is a moment's already; ids must differ.",
            "moments[2].choices: The id “A” is used more than once; ids must differ.",
        ]

    def test_behaviours_and_gates_have_their_own_kinds_of_names(self):
        raw = small_raw(
            behaviours={"AL1": "a", "PS1": "b", "XX1": "c"}, gates={"G1": "a", "AL1": "b"}
        )

        assert problems_of(raw) == [
            "behaviours.XX1: “XX1” is not a behavior; write a code such as AL1.",
            "gates.AL1: A safety gate needs a name of its own, such as G1.",
            "moments[0].choices[0].gate: Say whether this choice has AL1 met or missed.",
            "moments[0].choices[1].gate: Say whether this choice has AL1 met or missed.",
        ]

    def test_a_card_that_changes_what_is_not_there(self):
        raw = small_raw()
        raw["cards"].append(
            {
                "id": "bo",
                "name": "Bo Lind",
                "age": 81,
                "moments": [
                    {"moment": "helo", "says": "Hi."},
                    {"moment": "close", "choices": [{"choice": "C", "text": "No."}]},
                ],
                "endings": [{"ending": "calm", "says": "Ta."}, {"ending": "calm", "says": "Ta."}],
            }
        )

        assert problems_of(raw) == [
            "cards[1].moments[0].moment: There is no moment “helo” in this scenario.",
            "cards[1].moments[1].choices[0].choice: “close” has no choice “C”.",
            "cards[1].endings: The id “calm” is used more than once; ids must differ.",
        ]

    @pytest.mark.parametrize("raw", [None, [], "text", 7, {}])
    def test_what_is_no_scenario_at_all(self, raw: Any):
        assert problems_of(raw)


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.text(max_size=3),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "text", "when", "x"]), st.text(max_size=2), max_size=2),
)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_damaged_content_is_refused_and_never_breaks_the_reader(data: st.DataObject):
    raw = three_bills_raw() if data.draw(st.booleans()) else small_raw()
    _damage(data, raw)

    with suppress(ContentError):
        parse_scenario(raw)


def _damage(data: st.DataObject, node: Any):
    """Put something unfit at a random place below `node`."""
    keys = sorted(node) if isinstance(node, dict) else list(range(len(node)))
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    if isinstance(node[key], dict | list) and node[key] and data.draw(st.integers(0, 3)):
        _damage(data, node[key])
    else:
        node[key] = deepcopy(data.draw(junk))
