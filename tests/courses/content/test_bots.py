"""Bots that play a scenario in one manner. Where they end is what the call's text says."""

import pytest

from courses.content.bots import (
    MOST_STEPS,
    SEED,
    BotRun,
    fastest,
    kindest,
    play,
    play_all,
    random_endings,
    random_player,
    score_of_run,
)
from courses.content.scenario import Card, Choice, Effectiveness, Effects
from courses.content.scenario_graph import replay
from courses.content.scenario_walk import walk
from tests.factories.scenarios import moment, small_scenario, three_bills

THREE_BILLS = three_bills()
DENISE, LURDES = THREE_BILLS.cards


def unmarked(id: str, text: str = "", **effects: int):
    return Choice(id, text, Effectiveness(3.0), Effects(**effects))


@pytest.mark.parametrize("card", THREE_BILLS.cards, ids=lambda card: card.id)
def test_the_bots_end_three_bills_as_its_table_says(card: Card):
    ends = {
        run.bot: (
            run.state.moment,
            f"{run.state.trust}/{run.state.distress}/{run.state.understanding}",
            len(run.choices),
            {gate: str(result) for gate, result in run.state.gates},
        )
        for run in play_all(THREE_BILLS, card)
    }

    assert ends == {
        "best": ("E-heard", "4/0/4", 10, {"G1": "met", "G2": "met"}),
        "worst": ("E-gone", "1/4/0", 2, {}),
        "kindest": ("E-unsafe", "3/0/0", 12, {"G1": "missed", "G2": "missed"}),
        "fastest": ("E-gone", "0/4/0", 6, {"G1": "missed"}),
    }


def test_the_best_run_earns_all_points_and_the_kindest_few():
    shares = {
        run.bot: {
            str(skill): round(points.share, 2)
            for skill, points in score_of_run(THREE_BILLS, DENISE, run).skills.items()
        }
        for run in play_all(THREE_BILLS, DENISE)
    }

    assert shares["best"] == {"listening": 1.0, "communication": 1.0, "problem": 1.0}
    assert shares["kindest"] == {
        "listening": 0.08,
        "eq": 0.62,
        "communication": 0.33,
        "problem": 0.0,
    }


def test_chance_with_a_seed_plays_the_same_again_and_another_seed_differently():
    runs = [play(THREE_BILLS, DENISE, random_player(seed)) for seed in (7, 7, 8)]

    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_the_endings_of_random_runs_are_shares_that_a_seed_decides():
    shares = random_endings(THREE_BILLS, DENISE)

    assert shares == random_endings(THREE_BILLS, DENISE, seed=SEED)
    assert shares != random_endings(THREE_BILLS, DENISE, seed=8)
    assert sum(shares.values()) == pytest.approx(1)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert shares.keys() <= DENISE.endings.keys()


def test_chance_comes_near_to_the_exact_shares():
    ends = [play(THREE_BILLS, DENISE, random_player(seed)).state.moment for seed in range(1000)]
    exact = walk(THREE_BILLS, DENISE).endings

    for ending, reached in exact.items():
        assert ends.count(ending) / 1000 == pytest.approx(reached.likelihood, abs=0.05)


def test_a_run_of_a_bot_can_be_replayed():
    run = play(THREE_BILLS, LURDES, random_player(3))

    assert replay(THREE_BILLS, LURDES, run.choices)[-1].after == run.state


def test_without_an_authors_mark_the_kindest_pleases_at_once_and_the_fastest_is_brief():
    offered = (
        unmarked("A", "Short.", distress=-1),
        unmarked("B", "Longer than that.", trust=1, distress=-1),
        unmarked("C", "The longest of these three.", trust=1),
    )

    assert (kindest(offered).id, fastest(offered).id) == ("B", "A")


def test_a_bot_gives_up_on_a_scenario_without_an_end():
    scenario = small_scenario(moments=[moment("ask", "AL1", routes=[{"to": "ask"}])])

    run = play(scenario, scenario.cards[0], kindest, "kindest")

    assert run == BotRun("kindest", ("A",) * MOST_STEPS, run.state)
    assert not run.state.ended
