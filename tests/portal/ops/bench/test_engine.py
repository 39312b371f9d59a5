"""The bench's figures of the simulator: a call long enough, and bars that are said when missed."""

from courses.content.checks import check_content, forbids_publishing
from portal.ops.bench.engine import ChoiceCost, EngineFigures, misses
from portal.ops.bench.long_call import long_call, long_call_raw

FINE = EngineFigures(replays_per_second=1500, lint_seconds=1.5)
FLAT = [ChoiceCost(3, 7, 8.0), ChoiceCost(60, 7, 9.0)]


def test_the_call_of_the_bench_is_long_has_two_patients_and_could_be_published():
    scenario = long_call()

    assert (len(scenario.moments), len(scenario.cards)) == (60, 2)
    assert not forbids_publishing(check_content("scenario", long_call_raw()))


def test_bars_that_are_met_are_not_mentioned():
    assert misses(FINE, FLAT) == []
    assert misses(FINE, []) == []


def test_each_bar_that_is_missed_says_by_how_much():
    slow = EngineFigures(replays_per_second=900, lint_seconds=2.5)
    steep = [ChoiceCost(3, 7, 8.0), ChoiceCost(60, 9, 16.0)]

    assert misses(slow, steep) == [
        "900 replays a second, not 1,000",
        "checks take 2.50 s, not 2.0",
        "a choice takes more queries later in a call",
        "a late choice takes 2.00 times an early one, not 1.25",
    ]
