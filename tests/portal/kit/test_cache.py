"""Pages go on while the cache is away, and wait for it once at most."""

import socket
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.kit.cache import BriefRedisCache, ForgivingRedisCache
from portal.people.models import User
from tests.factories.people import PASSWORD, PersonFactory

PARAMS: dict[str, Any] = {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 0.3}}


@pytest.fixture
def deaf_server() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def no_server() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def priya(db: None) -> User:
    """An agent."""
    return PersonFactory(email="priya@demo.example")


def test_without_a_server_everything_is_a_miss(no_server: str) -> None:
    away = ForgivingRedisCache(no_server, PARAMS)
    away.set("a", 1)
    away.delete_many(["a"])
    away.clear()
    assert {
        "get": away.get("a", "nothing"),
        "get_many": away.get_many(["a", "b"]),
        "has_key": away.has_key("a"),
        "touch": away.touch("a"),
        "delete": away.delete("a"),
        "set_many": away.set_many({"a": 1, "b": 2}),
    } == {
        "get": "nothing",
        "get_many": {},
        "has_key": False,
        "touch": False,
        "delete": False,
        "set_many": ["a", "b"],
    }


def test_without_a_server_locks_and_limits_let_people_through(no_server: str) -> None:
    away = ForgivingRedisCache(no_server, PARAMS)
    assert (away.add("lock", True), away.add("lock", True)) == (True, True)
    assert away.incr("count") == 1


def test_a_page_waits_once_for_a_server_that_hangs(
    deaf_server: str, caplog: pytest.LogCaptureFixture
) -> None:
    away = ForgivingRedisCache(deaf_server, PARAMS)
    assert [away.get(f"key-{number}") for number in range(20)] == [None] * 20
    assert len(caplog.records) <= 2  # a second one only where a busy machine slept for two seconds


def test_a_server_that_works_is_an_ordinary_cache(db: None) -> None:
    cache.set("a", {"b": 1})
    assert (cache.get("a"), cache.add("a", 2), cache.incr("n") if cache.add("n", 1) else None) == (
        {"b": 1},
        False,
        2,
    )
    assert cache.delete("a")
    assert cache.get("a") is None


def test_nothing_stays_longer_in_a_brief_cache_than_its_time() -> None:
    brief = BriefRedisCache("redis://127.0.0.1:1/0", {"TIMEOUT": 300})
    wishes = [None, 10, 300, 43_200]
    assert [brief.get_backend_timeout(wish) for wish in wishes] == [300, 10, 300, 300]
    assert brief.get_backend_timeout() == 300


def test_sessions_are_cached_for_minutes_only(priya: User, client: Client) -> None:
    client.force_login(priya)
    key = import_module(django_settings.SESSION_ENGINE).SessionStore(client.session.session_key)
    sessions = caches[django_settings.SESSION_CACHE_ALIAS]
    seconds = sessions._cache.get_client().ttl(sessions.make_key(key.cache_key))
    assert 0 < seconds <= 300


def test_people_stay_signed_in_while_the_cache_is_away(
    priya: User, client: Client, settings: Settings, no_server: str
) -> None:
    client.force_login(priya)
    _take_away_the_caches(settings, no_server)
    assert client.get(reverse("courses:my-learning")).status_code == 200


def test_people_can_sign_in_and_out_while_the_cache_is_away(
    priya: User, client: Client, settings: Settings, no_server: str
) -> None:
    _take_away_the_caches(settings, no_server)
    form = {"login": priya.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), form).status_code == 302
    assert client.get(reverse("courses:my-learning")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("courses:my-learning")).status_code == 302


def _take_away_the_caches(settings: Settings, address: str) -> None:
    settings.CACHES = {
        alias: {**options, "LOCATION": address} for alias, options in django_settings.CACHES.items()
    }
