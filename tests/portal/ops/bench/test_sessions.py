"""The bench's figures of feedback sessions: what is seeded, and the oracle that tells mistakes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.coaching.models import FeedbackSession
from portal.kit.clock import now
from portal.notifications.models import OutgoingEmail
from portal.ops.bench import sessions
from portal.ops.bench.seed import seed_people
from portal.ops.bench.sessions import SessionFigures, misses, session_figures
from tests.factories.courses import ScenarioFactory

FINE = SessionFigures(
    sessions=1000,
    lines=14.0,
    queries=(12,),
    again=(9,),
    cpu_ms=11.0,
    ratio=5.0,
    reminders=3400,
    wrong=0,
    sweep_ms=3.0,
)


@pytest.mark.django_db
def test_agendas_are_built_from_what_is_seeded_and_the_oracle_finds_what_is_missing(monkeypatch):
    monkeypatch.setattr(sessions, "_minutes_around", _where_something_is_due)
    ScenarioFactory()
    seed_people(100)

    found = session_figures(lambda: 2.0, database_pid=0, per_day=20)

    assert (found.sessions, found.reminders, found.wrong) == (18, 68, 0)
    assert len(found.queries) == len(found.again) == 1
    assert found.lines > 3
    day = min(FeedbackSession.objects.planned().values_list("starts_at", flat=True)).replace(hour=0)
    OutgoingEmail.objects.filter(kind="session_reminder").first().delete()
    assert set(sessions.expected_reminders(day)) > set(sessions.planned_reminders())


def test_bars_that_are_met_are_not_mentioned():
    assert misses(FINE) == []


def test_each_bar_that_is_missed_says_by_how_much():
    assert misses(replace(FINE, queries=(12, 14), ratio=7.0, wrong=2)) == [
        "an agenda takes 12 14 queries, then 9",
        "an agenda takes 7.0 bare pages, not 5",
        "2 reminders are missing or not wanted",
    ]


def _where_something_is_due(day):
    """Yield only minutes at which a reminder is due, so that the test need not sweep two days."""
    starts = FeedbackSession.objects.filter(starts_at__gte=day).values_list("starts_at", flat=True)
    aheads = (timedelta(days=1), timedelta(hours=1))
    return iter(sorted({start - ahead for start in starts for ahead in aheads if start > now()}))
