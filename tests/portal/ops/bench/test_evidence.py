"""The bench's figures of evidence: what is seeded obeys the model, and a piece reads no history."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from django.utils import timezone

from assessments.actions.rebuilding import differing_estimates
from assessments.models import SkillEvidence
from assessments.queries.skill_profile import evidence_of
from portal.ops.bench.evidence import (
    EvidenceCost,
    PieceCost,
    counted_rating,
    evidence_pages,
    misses,
    rows_of_evidence_read,
)
from portal.ops.bench.evidence_seed import PIECES, agent, lead_of, newcomer, seed_evidence
from portal.ops.bench.measure import Cost
from portal.ops.bench.pages import Page
from portal.people.models import User
from tests.factories.courses import QuizFactory, ScenarioFactory

PAGE = Page("My skills", "/skills/", "judged-0@bench.example", 5)
PIECE = PieceCost(queries=8, history_rows=0, cpu_ms=4.0)
FINE = EvidenceCost(100, ((PAGE, Cost(8, 10.0, 4.9, 30_000)),), PIECE, PIECE, 2.0)


@pytest.fixture
def seeded(db) -> None:
    """Three people with all their evidence, added in two goes."""
    ScenarioFactory()
    QuizFactory()
    seed_evidence(1, at=timezone.now())
    seed_evidence(3, at=timezone.now())


def test_seeded_estimates_follow_from_two_hundred_pieces_each(seeded):
    assert [evidence_of(agent(number)).count() for number in range(3)] == [PIECES] * 3 == [200] * 3
    assert list(differing_estimates()) == []


def test_every_page_with_evidence_answers(seeded, client):
    for page in evidence_pages():
        client.force_login(User.objects.get(email=page.email))
        assert client.get(page.path).status_code == HTTPStatus.OK, page.name


def test_a_new_piece_moves_the_estimate_without_reading_those_before_it(seeded):
    at, lead = timezone.now(), lead_of(0)

    first = counted_rating(newcomer("newcomer"), lead, "bench:first", at=at)
    after_all = counted_rating(agent(0), lead, "bench:201st", at=at)

    assert first == after_all == (5, 0)
    assert evidence_of(agent(0)).count() == PIECES + 1
    assert list(differing_estimates()) == []


def test_rows_that_are_read_are_counted(seeded):
    before = rows_of_evidence_read()
    assert len(SkillEvidence.objects.filter(user=agent(0))) == PIECES
    assert rows_of_evidence_read() - before >= PIECES


def test_bars_that_are_met_are_not_mentioned():
    assert misses([FINE, replace(FINE, agents=10_000)]) == []


def test_each_bar_that_is_missed_says_by_how_much():
    slow = EvidenceCost(
        agents=10_000,
        pages=((PAGE, Cost(9, 20.0, 5.2, 30_000)),),
        to_newcomer=PIECE,
        to_known=PieceCost(queries=9, history_rows=200, cpu_ms=8.0),
        recomputed_ms=3.0,
    )

    assert misses([FINE, slow]) == [
        "My skills at 10,000: 5.20 bare pages, not 5",
        "a new piece reads 200 rows of evidence at 10,000",
        "a piece takes 2.00 times as long with 200 before it at 10,000",
        "My skills takes 8 to 9 queries",
        "a new piece takes 8 to 9 queries",
        "working out an agent anew takes 1.50 times as long among many",
    ]
