"""The health pages: what they check, and that they tell a stranger nothing more."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from portal.ops import health
from portal.ops.health import beat_once, heartbeat_age

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ALL_WELL = {"database": "ok", "migrations": "ok", "broker": "ok"}


@pytest.fixture(autouse=True)
def _not_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", set())


def test_live_asks_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_says_what_it_checked(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "checks": ALL_WELL, "background": {"heartbeat_age_seconds": None}},
    )


def test_ready_asks_for_migrations_only_until_there_are_none(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/health/ready")
    with django_assert_num_queries(1):
        client.get("/health/ready")


def test_a_waiting_migration_makes_it_unready(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="courses").delete()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (
        503,
        {**ALL_WELL, "migrations": "failing"},
    )


def test_a_broker_that_is_away_makes_it_unready_and_its_address_stays_secret(
    client: Client, settings: Settings
) -> None:
    settings.CELERY_BROKER_URL = "redis://:secret@127.0.0.1:1/0"
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (503, {**ALL_WELL, "broker": "failing"})
    assert not re.search("secret|127", answer.content.decode())


def test_the_heartbeat_has_an_age() -> None:
    assert heartbeat_age() is None
    with time_machine.travel(NOON, tick=False) as clock:
        beat_once()
        assert heartbeat_age() == 0
        clock.shift(90)
        assert heartbeat_age() == 90


def test_an_old_heartbeat_is_told_but_does_not_take_the_pages_away(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        beat_once()
        clock.shift(900)
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["background"]) == (
        200,
        {"heartbeat_age_seconds": 900},
    )


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_they_only_answer_to_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
