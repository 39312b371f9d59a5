"""Measures evidence: pages, one new piece of it, and estimates worked out anew from all of it.

Everybody has two hundred pieces. What a new piece and a recomputation cost is CPU of this process
and of the database.
"""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import connection, transaction
from django.urls import reverse

from assessments.actions.evidence import record_rating
from assessments.actions.rebuilding import differing_estimates
from courses.content.skills import Skill
from portal.kit.clock import now
from portal.ops.bench.cpu import children_of, seconds_between, seconds_of_each
from portal.ops.bench.evidence_seed import PIECES, agent, lead_of, newcomer, seed_evidence
from portal.ops.bench.measure import Cost
from portal.ops.bench.pages import LIST_BAR, Page
from portal.ops.bench.take import measure
from portal.people.models import User

SIZES = (100, 1_000, 10_000)
GROWTH_BAR = 1.25
_RATED, _ROUNDS = 20, 5  # people who are rated in a round
_RATINGS = {"AL1": 4, "AL2": 3}


class EvidenceDiffers(RuntimeError):
    """A seeded estimate is not what its evidence leads to, so the figures would mean nothing."""


@dataclass(frozen=True)
class PieceCost:
    """What one new piece takes: queries, rows of earlier evidence that are read, and CPU."""

    queries: int
    history_rows: int
    cpu_ms: float


@dataclass(frozen=True)
class EvidenceCost:
    """What was measured with so many agents.

    `to_newcomer` and `to_known` are a piece for somebody without any before, and for one with all;
    `recomputed_ms` is what working out all estimates anew takes for each agent.
    """

    agents: int
    pages: tuple[tuple[Page, Cost], ...]
    to_newcomer: PieceCost
    to_known: PieceCost
    recomputed_ms: float


def run_evidence(env: Mapping[str, str], database_pid: int, sizes: Sequence[int] = SIZES) -> int:
    """Measure at each size, print the figures beside their bars; 1 if any bar is missed.

    Needs the curriculum in the database.
    """
    costs = []
    for agents in sizes:
        began = time.monotonic()
        seed_evidence(agents, at=now())
        costs.append(_costs_with(agents, env, database_pid))
        print(f"{agents:,} agents seeded and measured in {time.monotonic() - began:.0f} s.")
    _print(costs)
    missed = misses(costs)
    print("\nEvery bar is met." if not missed else "\nBars missed: " + "; ".join(missed) + ".")
    return 1 if missed else 0


def evidence_pages() -> list[Page]:
    """Return the pages that evidence may make slow, as somebody opens them who has all of it."""
    one, lead = agent(0), lead_of(0)
    skill = reverse("assessments:my-skill", args=[Skill.LISTENING])
    return [
        Page("My skills", reverse("assessments:my-skills"), one.email, LIST_BAR),
        Page("One skill, 40 pieces", skill, one.email, LIST_BAR),
        Page("Skills, 50 people", reverse("assessments:team-skills"), lead.email, LIST_BAR),
    ]


def piece_cost(people: Sequence[User], lead: User, database_pid: int, *, at: datetime) -> PieceCost:
    """Return what it takes to write down a rating of one skill and move the estimate with it."""
    queries = rows = 0
    times = []
    for number in range(_ROUNDS):
        began = _cpu_of_each(database_pid)
        for person in people:
            proof = f"bench:{person.pk}:{at.timestamp()}:{number}"
            queries, rows = counted_rating(person, lead, proof, at=at)
        times.append(seconds_between(began, _cpu_of_each(database_pid)) / len(people) * 1000)
    return PieceCost(queries, rows, median(times))


def counted_rating(person: User, lead: User, proof: str, *, at: datetime) -> tuple[int, int]:
    """Take in a rating; return its queries, and how many rows of evidence PostgreSQL read."""
    queries = 0

    def count(execute: object, *args: object) -> object:
        nonlocal queries
        queries += 1
        return execute(*args)  # type: ignore[operator]  # a wrapper of Django

    with transaction.atomic():
        before = rows_of_evidence_read()
        with connection.execute_wrapper(count):
            record_rating(
                Skill.LISTENING,
                _RATINGS,
                user=person,
                by=lead,
                proof=proof,
                is_calibrated=True,
                on=at.date(),
                at=at,
            )
        return queries, rows_of_evidence_read() - before


def rows_of_evidence_read() -> int:
    """Return how many rows of evidence this transaction has read so far, by PostgreSQL's count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables "
            "WHERE relname = 'assessments_skillevidence'"
        )
        return int(cursor.fetchone()[0])


def misses(costs: Sequence[EvidenceCost]) -> list[str]:
    """Say what costs more than it may, reads what it should not, or grows."""
    missed = []
    for one in costs:
        missed += [
            f"{page.name} at {one.agents:,}: {cost.ratio:.2f} bare pages, not {page.bar:.0f}"
            for page, cost in one.pages
            if cost.ratio > page.bar
        ]
        missed += [
            f"a new piece reads {piece.history_rows} rows of evidence at {one.agents:,}"
            for piece in (one.to_newcomer, one.to_known)
            if piece.history_rows
        ]
        if (grows := one.to_known.cpu_ms / one.to_newcomer.cpu_ms) > GROWTH_BAR:
            missed.append(
                f"a piece takes {grows:.2f} times as long with {PIECES} before it at {one.agents:,}"
            )
    for name, queries in _queries_of(costs).items():
        if len(queries) > 1:
            missed.append(f"{name} takes {min(queries)} to {max(queries)} queries")
    if (grows := costs[-1].recomputed_ms / costs[0].recomputed_ms) > GROWTH_BAR:
        missed.append(f"working out an agent anew takes {grows:.2f} times as long among many")
    return missed


def _costs_with(agents: int, env: Mapping[str, str], database_pid: int) -> EvidenceCost:
    at, lead = now(), lead_of(0)
    measured = measure(agents, evidence_pages(), env, database_pid, with_visits=False)
    recomputed_ms = _recomputed_ms(agents, database_pid)
    known = [agent(number) for number in range(agents - _RATED, agents)]
    fresh = [newcomer(f"newcomer-{agents}-{number}") for number in range(_RATED)]
    return EvidenceCost(
        agents=agents,
        pages=measured.costs,
        to_newcomer=piece_cost(fresh, lead, database_pid, at=at),
        to_known=piece_cost(known, lead, database_pid, at=at),
        recomputed_ms=recomputed_ms,
    )


def _recomputed_ms(agents: int, database_pid: int) -> float:
    began = _cpu_of_each(database_pid)
    differing = next(differing_estimates(), None)
    seconds = seconds_between(began, _cpu_of_each(database_pid))
    if differing:
        raise EvidenceDiffers(f"{differing.estimate}: {differing.found}")
    return seconds / agents * 1000


def _queries_of(costs: Sequence[EvidenceCost]) -> dict[str, set[int]]:
    """Return how many queries each thing took at any size."""
    queries: dict[str, set[int]] = {}
    for one in costs:
        for page, cost in one.pages:
            queries.setdefault(page.name, set()).add(cost.queries)
        for piece in (one.to_newcomer, one.to_known):
            queries.setdefault("a new piece", set()).add(piece.queries)
    return queries


def _print(costs: Sequence[EvidenceCost]) -> None:
    print(f"\nEvidence: agents with {PIECES} pieces each. Pages as often as the bare page.")
    names = [page.name for page, _cost in costs[0].pages]
    print(f"{'agents':>8}" + "".join(f"{name:>22}" for name in names))
    for one in costs:
        cells = (f"{cost.ratio:.2f} ({cost.queries} queries)" for _page, cost in one.pages)
        print(f"{one.agents:>8,}" + "".join(f"{cell:>22}" for cell in cells))
    print("\nOne new piece, and everything worked out anew.")
    print(
        f"{'agents':>8}{'first piece ms':>16}{'201st ms':>10}{'queries':>9}{'history read':>14}"
        f"{'anew, ms an agent':>19}"
    )
    for one in costs:
        print(
            f"{one.agents:>8,}{one.to_newcomer.cpu_ms:>16.2f}{one.to_known.cpu_ms:>10.2f}"
            f"{one.to_known.queries:>9}{one.to_known.history_rows:>14}{one.recomputed_ms:>19.2f}"
        )


def _cpu_of_each(database_pid: int) -> dict[int, float]:
    return seconds_of_each([os.getpid(), *children_of(database_pid)])
