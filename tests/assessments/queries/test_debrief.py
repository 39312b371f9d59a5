"""The debrief: each decision with what it did, skills and safety steps apart, and the curve."""

import pytest

from assessments.actions.scenario_runs import answer_moment, keep_typed_reply
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import own_attempts
from assessments.queries.debrief import Debrief, GateSummary, SkillSummary, debrief_of
from courses.content.bots import PLAYERS
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import (
    OWN_WORDS,
    WORST_CHOICES,
    begin_run,
    finished_run,
    play,
    play_out,
    typed_scenario,
)
from tests.factories.scenarios import choice, moment, plain_raw, three_bills_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


def debrief(attempt: Attempt) -> Debrief:
    return debrief_of(own_attempts(attempt.user).get(pk=attempt.pk))


def test_a_good_run_decision_by_decision(call, priya) -> None:
    page = debrief(finished_run(call, priya))
    first, second, third = page.decisions
    assert {name: getattr(first, name) for name in ("number", "title", "said", "own", "heard")} == {
        "number": 1,
        "title": "The moment hello",
        "said": "This is what the agent says if they choose A.",
        "own": None,
        "heard": "This is said at hello.",
    }
    assert (first.felt, first.why, first.expert) == (
        "Felt something.",
        "There is a reason.",
        "An expert speaks at hello.",
    )
    assert [(one.skill, one.behaviour, one.is_strong) for one in page.decisions] == [
        ("listening", "Lets the story end", True),
        (None, "", None),
        ("problem", "Closes with one owner", True),
    ]
    assert [(one.gate, one.gate_result) for one in page.decisions] == [
        ("", None),
        ("Identity before details", "met"),
        ("", None),
    ]
    assert second.number == 2
    assert third.after.ended


def test_what_it_came_to(call, priya) -> None:
    page = debrief(finished_run(call, priya))
    assert (page.outcome.ending.id, page.outcome.is_resolved) == ("calm", True)
    assert page.closing.text == "Thank you."
    assert page.gates == (GateSummary("Identity before details", "met"),)
    assert page.skills == (SkillSummary("listening", 1, 0), SkillSummary("problem", 1, 0))
    assert page.is_provisional


def test_a_weak_run_says_what_to_build_on(call, priya) -> None:
    page = debrief(finished_run(call, priya, WORST_CHOICES))
    assert page.outcome.ending.id == "lost"
    assert page.closing.text == "You never listened. Bye."
    assert [one.is_strong for one in page.decisions] == [False, None, False]
    assert page.gates == (GateSummary("Identity before details", "missed"),)
    assert page.skills == (SkillSummary("listening", 0, 1), SkillSummary("problem", 0, 1))


def test_the_turning_point_is_where_the_patient_moved_most(call, priya) -> None:
    good, bad = (debrief(finished_run(call, priya, made)) for made in ("ABB", "BAA"))
    assert [one.is_turning_point for one in good.decisions] == [True, False, False]
    assert [one.is_turning_point for one in bad.decisions] == [True, False, False]


def test_the_curve_starts_before_the_first_reply(call, priya) -> None:
    page = debrief(finished_run(call, priya))
    assert [(one.trust, one.distress, one.understanding) for one in page.curve.states] == [
        (2, 2, 1),
        (3, 1, 1),
        (3, 1, 1),
        (3, 1, 3),
    ]


def test_moods_after_a_decision_are_compared_with_those_before(call, priya) -> None:
    first = debrief(finished_run(call, priya)).decisions[0]
    assert [(mood.kind, mood.level, mood.change) for mood in first.moods] == [
        ("trust", 3, "up"),
        ("distress", 1, "down"),
        ("understanding", 1, "same"),
    ]


def test_own_words_stand_beside_the_choice_they_led_to(priya) -> None:
    page = debrief(play(begin_run(typed_scenario(), priya), "AB"))
    assert [one.own and one.own.text for one in page.decisions] == [OWN_WORDS, None]


def test_own_words_of_a_moment_met_twice_stay_apart(priya) -> None:
    back = moment(
        "hello",
        "AL1",
        answer="typed",
        prompt="Say hello.",
        choices=[
            choice("A", 5, sets=["again"]),
            choice("B", 1, sets=["asked"], when={"not": {"flag": "asked"}}),
        ],
        routes=[{"when": {"flag": "again"}, "to": "close"}, {"to": "hello"}],
    )
    close = moment("close", "PS1")
    raw = plain_raw(back, close)
    attempt = begin_run(ScenarioFactory(published=raw), priya)
    own = {"by": priya, "at": MONDAY, "moment": "hello"}
    keep_typed_reply(attempt.pk, seq=1, text="First.", **own)
    answer_moment(attempt.pk, seq=2, choice="B", **own)
    keep_typed_reply(attempt.pk, seq=3, text="Second.", **own)
    attempt = answer_moment(attempt.pk, seq=4, choice="A", **own)

    page = debrief(play(attempt, "A"))

    assert [(one.own and one.own.text, one.title) for one in page.decisions] == [
        ("First.", "The moment hello"),
        ("Second.", "The moment hello"),
        (None, "The moment close"),
    ]


@pytest.mark.parametrize("bot", PLAYERS)
@pytest.mark.parametrize("card", ["denise", "lurdes"])
def test_every_bots_run_of_the_real_call_can_be_looked_back_on(priya, bot, card) -> None:
    call = ScenarioFactory(published=three_bills_raw())
    attempt = play_out(begin_run(call, priya, AttemptMode.ASSESSED, card), PLAYERS[bot])
    page = debrief(attempt)
    assert len(page.decisions) == len(page.curve.states) - 1
    assert sum(one.is_turning_point for one in page.decisions) == 1
    assert {one.name: one.result for one in page.gates} == {
        page.scenario.gates[gate]: result for gate, result in attempt.result["gates"].items()
    }


def test_a_debrief_takes_two_queries(call, priya, django_assert_num_queries) -> None:
    attempt = finished_run(call, priya)
    debrief(attempt)
    found = own_attempts(priya).get(pk=attempt.pk)
    with django_assert_num_queries(2):
        debrief_of(found)
