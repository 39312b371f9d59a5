"""Runs at the same time have servers of their own, and no run leaves anything behind."""

import os

import psycopg2
import redis

from tests.support import databases
from tests.support.servers import servers_for_one_run


def settings_without_servers() -> dict[str, str]:
    """Return the environment of a run that brings its own servers."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL")
    }


def migrations_in(url: str) -> int:
    """Return how many migrations a database has seen."""
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_two_runs_at_once_do_not_share_anything():
    environment = settings_without_servers()
    with servers_for_one_run(environment) as one, servers_for_one_run(environment) as other:
        assert len({one.name, other.name}) == 2
        assert len({one.template_url, other.template_url}) == 2
        assert migrations_in(one.template_url) == migrations_in(other.template_url) > 0
        assert all(redis.Redis.from_url(run.redis_url).ping() for run in (one, other))
    assert not one.folder.exists()
    assert not other.folder.exists()


def test_what_a_killed_run_left_behind_goes_with_the_next_one():
    with servers_for_one_run(settings_without_servers()) as run:
        dead = run.folder.with_name("dead")
        dead.mkdir()
    with servers_for_one_run(settings_without_servers()) as run:
        assert not dead.exists()


def test_servers_of_your_own_are_used_and_left_as_they_were(db):
    own = dict(os.environ)
    with servers_for_one_run(own) as run:
        assert run.redis_url == own["REDIS_URL"]
        assert run.keeper_url == own["DATABASE_URL"]
        assert databases.with_name(own["DATABASE_URL"], run.name) == run.template_url
        assert migrations_in(run.template_url) > 0
    with psycopg2.connect(own["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [run.name])
        assert cursor.fetchone() == (0,)
    connection.close()
