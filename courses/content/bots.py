"""Bots that play a scenario in one manner throughout, to show an author where manners lead."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from courses.content.scenario_graph import (
    RunState,
    choose,
    open_choices,
    replay,
    start,
)
from courses.content.scenario_score import Score, score_of_steps
from courses.content.scenario_shapes import Card, Choice, Scenario

MOST_STEPS = 500
SEED = 7
RANDOM_RUNS = 200

Player = Callable[[tuple[Choice, ...]], Choice]


@dataclass(frozen=True)
class BotRun:
    """One run of a bot. It stops without an ending where nothing is open, or after `MOST_STEPS`."""

    bot: str
    choices: tuple[str, ...]
    state: RunState


def best(offered: tuple[Choice, ...]) -> Choice:
    """Pick the most effective choice, the first of equals."""
    return max(offered, key=lambda choice: choice.effectiveness.mean)


def worst(offered: tuple[Choice, ...]) -> Choice:
    """Pick the least effective choice, the first of equals."""
    return min(offered, key=lambda choice: choice.effectiveness.mean)


def kindest(offered: tuple[Choice, ...]) -> Choice:
    """Pick what its author marked as sounding kindest; unmarked, what pleases most at once."""
    return max(offered, key=lambda one: (one.kind, one.effects.trust - one.effects.distress))


def fastest(offered: tuple[Choice, ...]) -> Choice:
    """Pick what its author marked as quickest to be done with; unmarked, the shortest."""
    return max(offered, key=lambda one: (one.fast, -len(one.text)))


def random_player(seed: int) -> Player:
    """Return a player that picks any open choice alike; the same seed plays the same."""
    return random.Random(seed).choice


PLAYERS: dict[str, Player] = {
    "best": best,
    "worst": worst,
    "kindest": kindest,
    "fastest": fastest,
}


def play(scenario: Scenario, card: Card, player: Player, bot: str = "") -> BotRun:
    """Let a player choose from the start until the run ends."""
    state, choices = start(scenario, card), []
    while (offered := open_choices(card, state)) and state.steps < MOST_STEPS:
        choices.append(player(offered).id)
        state = choose(scenario, card, state, choices[-1])
    return BotRun(bot, tuple(choices), state)


def play_all(scenario: Scenario, card: Card) -> tuple[BotRun, ...]:
    """Let each of the four named bots play once."""
    return tuple(play(scenario, card, player, bot) for bot, player in PLAYERS.items())


def random_endings(
    scenario: Scenario, card: Card, *, runs: int = RANDOM_RUNS, seed: int = SEED
) -> Mapping[str, float]:
    """Return which share of random runs stopped where, the most frequent place first."""
    player = random_player(seed)
    ends = Counter(play(scenario, card, player).state.moment for _run in range(runs))
    return {place: count / runs for place, count in ends.most_common()}


def score_of_run(scenario: Scenario, card: Card, run: BotRun) -> Score:
    """Return what a bot's run would show if a person had made it."""
    return score_of_steps(scenario, card, replay(scenario, card, run.choices))
