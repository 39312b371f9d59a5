"""Limits stop guessing, and nobody else: not after a fault of ours, not after a crash."""

from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from portal.people.models import User
from tests.factories.people import PASSWORD, PersonFactory

TRIES_IN_FIVE_MINUTES = 5


@pytest.fixture
def priya(db: None) -> User:
    """An agent."""
    return PersonFactory(email="priya@demo.example")


def test_wrong_passwords_close_an_account_for_a_while(priya: User, client: Client) -> None:
    for _ in range(TRIES_IN_FIVE_MINUTES):
        _sign_in(client, priya, "not it at all")
    assert _sign_in(client, priya, PASSWORD) == 200


def test_a_sign_in_that_broke_off_on_our_side_is_no_wrong_password(
    priya: User, client: Client
) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(_no_people):
        answers = [_sign_in(client, priya, PASSWORD) for _ in range(TRIES_IN_FIVE_MINUTES + 1)]
    assert answers == [500] * (TRIES_IN_FIVE_MINUTES + 1)
    assert _sign_in(client, priya, PASSWORD) == 302


def test_others_wait_longer_for_a_lock_than_it_lives() -> None:
    assert ratelimit.CACHE_LOCK_WAIT_TIMEOUT >= ratelimit.CACHE_LOCK_TIMEOUT + 1


def test_the_lock_of_somebody_who_was_killed_refuses_nobody(db: None) -> None:
    cache.add("limit:lock", True, timeout=ratelimit.CACHE_LOCK_TIMEOUT)
    with ratelimit.cache_lock("limit") as is_mine:
        assert is_mine


def _sign_in(client: Client, person: User, password: str) -> int:
    form = {"login": person.email, "password": password}
    return client.post(reverse("account_login"), form).status_code


def _no_people(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
    if "people_user" in statement:
        raise OperationalError("the connection was closed")
    return execute(statement, params, many, context)
