"""Think-times: how long a patient waits, what comes of it, and that nobody is hurried."""

from typing import Any

import pytest

from courses.content.findings import Severity
from courses.content.lint import lint_scenario
from courses.content.parsing import ContentError
from courses.content.scenario import Effects, ThinkTime, parse_scenario
from courses.content.scenario_graph import Reply, choose, replay, start
from courses.content.scenario_walk import walk
from tests.factories.scenarios import small_raw

ASKS = "Are you still there?"
WORRIES = {"seconds": 60, "then_says": ASKS, "effects": {"distress": 1}}


def waiting(think_time: dict[str, Any], number: int = 0, **changes: Any) -> dict[str, Any]:
    """Return the small scenario with a think-time at one of its moments."""
    raw = small_raw()
    raw["moments"][number] |= {"think_time": think_time} | changes
    return raw


def findings(raw: dict[str, Any]) -> dict[str, tuple[Severity, str]]:
    """Return severity and path of what the checks say, by code, but for what is fine to know."""
    found = lint_scenario(parse_scenario(raw))
    return {one.code: (one.severity, one.path) for one in found if one.severity != Severity.INFO}


def test_it_is_read_with_what_the_patient_says_and_how_they_are_moved():
    hello = parse_scenario(waiting(WORRIES)).moments[0]

    assert hello.think_time == ThinkTime(60, ASKS, Effects(distress=1))
    assert hello.think_time.path == "moments[0].think_time"
    assert parse_scenario(small_raw()).moments[0].think_time is None


def test_another_patient_may_wait_longer():
    card = {"id": "bo", "name": "Bo Lind", "age": 81}
    slower = {"moment": "hello", "think_time": {"seconds": 120}}
    raw = waiting(WORRIES) | {"cards": [*small_raw()["cards"], card | {"moments": [slower]}]}

    ana, bo = parse_scenario(raw).cards

    assert ana.moments["hello"].think_time.seconds == 60
    assert bo.moments["hello"].think_time == ThinkTime(120)


@pytest.mark.parametrize("seconds", [4, 601, "soon", None])
def test_it_is_from_five_seconds_to_ten_minutes(seconds):
    with pytest.raises(ContentError, match=r"moments\[0\]\.think_time\.seconds"):
        parse_scenario(waiting({"seconds": seconds}))


class TestWaiting:
    def test_moves_the_patient_before_the_choice_does(self):
        scenario = parse_scenario(waiting(WORRIES))
        card, begun = scenario.cards[0], start(scenario, scenario.cards[0])

        in_time = choose(scenario, card, begun, "A")
        late = choose(scenario, card, begun, "A", waited=True)

        assert (begun.distress, in_time.distress, late.distress) == (2, 1, 2)
        assert late._replace(distress=1) == in_time

    def test_never_moves_them_where_the_author_does_not_say_so(self):
        scenario = parse_scenario(waiting({"seconds": 30, "then_says": ASKS}))
        card, begun = scenario.cards[0], start(scenario, scenario.cards[0])

        late = choose(scenario, card, begun, "A", waited=True)

        assert late == choose(scenario, card, begun, "A")

    def test_never_moves_them_past_the_edge(self):
        scenario = parse_scenario(
            waiting({"seconds": 30, "then_says": ASKS, "effects": {"distress": 4, "trust": -4}})
        )
        card = scenario.cards[0]

        late = choose(scenario, card, start(scenario, card), "A", waited=True)

        assert (late.trust, late.distress) == (1, 3)  # 0 and 4, then what the choice does

    def test_replays_the_same_always(self):
        scenario = parse_scenario(waiting(WORRIES))
        card = scenario.cards[0]
        made = [Reply("A", waited=True), Reply("B"), "B"]

        first, again = (replay(scenario, card, made) for _ in range(2))

        assert first == again
        assert [step.waited for step in first] == [True, False, False]
        assert first[-1].after.distress == 2

    def test_is_walked_both_ways_where_it_matters(self):
        def routes(raw: dict[str, Any]) -> int:
            scenario = parse_scenario(raw)
            return walk(scenario, scenario.cards[0]).routes

        assert routes(small_raw()) == routes(waiting({"seconds": 60, "then_says": ASKS})) == 8
        assert routes(waiting(WORRIES)) == 16


class TestChecks:
    def test_a_fair_one_is_fine(self):
        assert findings(waiting(WORRIES)) == {}

    def test_a_wait_that_moves_the_patient_in_silence(self):
        silent = {"seconds": 60, "effects": {"distress": 1}}

        assert findings(waiting(silent)) == {
            "silent-wait": (Severity.ERROR, "moments[0].think_time")
        }

    def test_a_wait_while_somebody_types(self):
        raw = waiting(WORRIES, answer="typed", weight=0, prompt="Say hello.")

        assert findings(raw)["wait-while-typing"] == (Severity.ERROR, "moments[0].think_time")

    def test_a_wait_too_short_to_read_what_is_there(self):
        raw = waiting({"seconds": 5, "then_says": ASKS}, says=" ".join(["word"] * 30))
        calm = waiting({"seconds": 5})  # nothing happens when it is over

        assert findings(raw) == {"wait-too-short": (Severity.WARNING, "moments[0].think_time")}
        assert findings(calm) == {}
