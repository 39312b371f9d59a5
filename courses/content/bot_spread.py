"""Where the bots come to in a scenario, so that an author sees at a glance what it rewards."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from courses.content.bots import BotRun, play_all, random_endings, score_of_run
from courses.content.fingerprint import Known, fingerprint
from courses.content.kinds import parse_content
from courses.content.parsing import ContentError
from courses.content.scenario_shapes import Card, EndingKind, GateResult, Scenario

RANDOM_RUNS_SHOWN = 100


@dataclass(frozen=True)
class BotOutcome:
    """Where one bot came to. Without `kind` it found no ending; `percent` is of the points."""

    bot: str
    ending: str
    kind: EndingKind | None
    percent: int
    gates_met: int
    gates_reached: int
    replies: int


@dataclass(frozen=True)
class RandomEnding:
    """How many of a hundred random runs came to one place."""

    ending: str
    kind: EndingKind | None
    percent: int


@dataclass(frozen=True)
class Spread:
    """What comes of five manners with one patient."""

    patient: str
    outcomes: tuple[BotOutcome, ...]
    random: tuple[RandomEnding, ...]


def spreads_of(kind: str, raw: Mapping[str, Any]) -> tuple[Spread, ...]:
    """Let the bots play authored content; nothing unless it is a scenario that can be read.

    A few hundred runs take tenths of a second, so what was played before is remembered, by its
    words.
    """
    if kind != "scenario":
        return ()
    try:
        scenario = parse_content(kind, raw)
    except ContentError:
        return ()
    assert isinstance(scenario, Scenario)
    return _spreads(Known(fingerprint(raw, {}), scenario))


@lru_cache(maxsize=64)
def _spreads(known: Known[Scenario]) -> tuple[Spread, ...]:
    return tuple(_spread(known.value, card) for card in known.value.cards)


def _spread(scenario: Scenario, card: Card) -> Spread:
    random = random_endings(scenario, card, runs=RANDOM_RUNS_SHOWN)
    return Spread(
        patient=card.name,
        outcomes=tuple(_outcome(scenario, card, run) for run in play_all(scenario, card)),
        random=tuple(
            RandomEnding(*_ending(card, place), percent=round(100 * share))
            for place, share in random.items()
        ),
    )


def _outcome(scenario: Scenario, card: Card, run: BotRun) -> BotOutcome:
    score = score_of_run(scenario, card, run)
    earned = sum(points.earned for points in score.skills.values())
    possible = sum(points.possible for points in score.skills.values())
    reached = [result for result in score.gates.values() if result is not None]
    title, kind = _ending(card, run.state.moment)
    return BotOutcome(
        bot=run.bot,
        ending=title,
        kind=kind,
        percent=round(100 * earned / possible) if possible else 0,
        gates_met=reached.count(GateResult.MET),
        gates_reached=len(reached),
        replies=len(run.choices),
    )


def _ending(card: Card, place: str) -> tuple[str, EndingKind | None]:
    """Return an ending's title and kind; of a run that stopped without one, the moment's title."""
    if place in card.endings:
        return card.endings[place].title, card.endings[place].kind
    return card.moments[place].title, None
