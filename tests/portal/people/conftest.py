"""People to test with, and browsers in which they have signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.people.models import User
from tests.factories.people import PersonFactory


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran", email="mateo@example.org")


@pytest.fixture
def agent() -> User:
    return PersonFactory(name="Priya Raman", email="priya@example.org")


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """A function that returns a new browser in which somebody has signed in."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser
