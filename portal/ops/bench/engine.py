"""Measures the patient simulator: its engine alone, and one choice in the player.

The engine's figures need no server. A choice is a real request through all of Django, in this
process, with a database beside it; its time is CPU of this process.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from courses.content.bots import PLAYERS, play, random_player
from courses.content.lint import lint_scenario
from courses.content.scenario_graph import replay
from portal.ops.bench.long_call import MOMENTS, long_call, long_call_raw

if TYPE_CHECKING:
    from django.test import Client

RUNS_BAR, LINT_BAR_SECONDS, FLAT_BAR = 1000, 2.0, 1.25
EARLY, LATE = 3, MOMENTS
_SECONDS, _ROUNDS, _AGENTS = 1.0, 5, 8


@dataclass(frozen=True)
class EngineFigures:
    """Replays of a whole run in a second on one core, and seconds for all checks with all bots."""

    replays_per_second: float
    lint_seconds: float


@dataclass(frozen=True)
class ChoiceCost:
    """What it costs to answer, and be shown the moment with this number."""

    moment: int
    queries: int
    cpu_ms: float


def run_engine(choices: list[ChoiceCost] | None = None) -> int:
    """Measure the engine, print its figures and those of a choice; 1 if any bar is missed."""
    figures = engine_figures()
    print(f"\nThe simulator: a call of {MOMENTS} moments with four choices each and two patients.")
    print(f"{'replays a second':<34}{figures.replays_per_second:>9,.0f}  bar {RUNS_BAR:,}")
    print(
        f"{'all checks and bots, seconds':<34}{figures.lint_seconds:>9.2f}  bar {LINT_BAR_SECONDS}"
    )
    for one in choices or []:
        name = f"a choice that leads to moment {one.moment}"
        print(f"{name:<34}{one.cpu_ms:>9.2f} ms, {one.queries} queries")
    missed = misses(figures, choices or [])
    print("\nEvery bar is met." if not missed else "\nBars missed: " + "; ".join(missed) + ".")
    return 1 if missed else 0


def engine_figures() -> EngineFigures:
    """Measure on one core, the best of some rounds: others on the machine only make it slower."""
    scenario = long_call()
    card = scenario.cards[0]
    made = play(scenario, card, random_player(seed=3)).choices

    def check() -> None:
        lint_scenario(scenario)
        for one in scenario.cards:
            for player in (*PLAYERS.values(), random_player(seed=3)):
                play(scenario, one, player)

    seconds = min(_seconds_for(lambda: replay(scenario, card, made)) for _ in range(_ROUNDS))
    began = time.process_time()
    check()
    return EngineFigures(1 / seconds, time.process_time() - began)


def choice_costs() -> list[ChoiceCost]:
    """Measure one choice early and late in a call, as an agent's browser would send it.

    Needs Django, a database with its tables, and nothing in it.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken: dict[int, list[tuple[int, float]]] = {EARLY: [], LATE: []}
    for client, attempt in _agents_on_the_line():
        for seq in range(1, MOMENTS):
            with CaptureQueriesContext(connection) as queries:
                began = time.process_time()
                _answer(client, attempt, seq)
                seconds = time.process_time() - began
            if seq + 1 in taken:
                taken[seq + 1].append((len(queries), seconds * 1000))
    costs = {moment: found[1:] for moment, found in taken.items()}  # the first agent warms up
    return [
        ChoiceCost(moment, max(queries for queries, _ in found), median(ms for _, ms in found))
        for moment, found in costs.items()
    ]


def misses(figures: EngineFigures, choices: list[ChoiceCost]) -> list[str]:
    """Say which bars are missed, and by how much."""
    missed = []
    if figures.replays_per_second < RUNS_BAR:
        missed.append(f"{figures.replays_per_second:,.0f} replays a second, not {RUNS_BAR:,}")
    if figures.lint_seconds > LINT_BAR_SECONDS:
        missed.append(f"checks take {figures.lint_seconds:.2f} s, not {LINT_BAR_SECONDS}")
    if len({one.queries for one in choices}) > 1:
        missed.append("a choice takes more queries later in a call")
    if choices and (grows := choices[-1].cpu_ms / choices[0].cpu_ms) > FLAT_BAR:
        missed.append(f"a late choice takes {grows:.2f} times an early one, not {FLAT_BAR}")
    return missed


def _seconds_for(act: Callable[[], object]) -> float:
    """Return the CPU seconds of one act, from as many as fit into a while."""
    began, count = time.process_time(), 0
    while time.process_time() - began < _SECONDS / _ROUNDS:
        act()
        count += 1
    return (time.process_time() - began) / count


def _agents_on_the_line() -> Iterator[tuple["Client", UUID]]:
    """Yield some agents, signed in, each at the first moment of the long call."""
    from django.test import Client

    from assessments.actions.scenario_runs import start_run
    from assessments.models import AttemptMode
    from courses.actions.publishing import publish_revision
    from courses.models import Activity, ActivityKind, Course, Module
    from portal.kit.clock import now
    from portal.people.models import User
    from portal.people.permissions import Role

    course = Course.objects.create(slug="bench", title="Bench", skill="listening", position=99)
    module = Module.objects.create(
        course=course, slug="long", title="Long", behaviours=[], minutes=60, position=1
    )
    call = Activity.objects.create(
        module=module, slug="call", title="A long call", kind=ActivityKind.SCENARIO, position=1
    )
    publish_revision(call, long_call_raw(), by=None, at=now())
    call.refresh_from_db()
    for number in range(_AGENTS):
        agent = User.objects.create_user(
            f"on-the-line-{number}@bench.example", name="On The Line", roles=[Role.AGENT]
        )
        client = Client(SERVER_NAME="localhost")
        client.force_login(agent)
        run = start_run(call, by=agent, at=now(), mode=AttemptMode.PRACTICE, card_id="ana")
        yield client, run.pk


def _answer(client: "Client", attempt: UUID, seq: int) -> None:
    sent = {"seq": seq, "moment": f"m{seq}", "choice": "ABCD"[-seq % 4]}
    headers = {"X-Requested-With": "fetch"}
    answer = client.post(f"/attempts/{attempt}/reply/", sent, headers=headers)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"Reply {seq} of the long call answered {answer.status_code}.")
