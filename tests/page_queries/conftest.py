"""The world of the access tests, with one of everything that a page lists, and with fifty."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.page_queries.crowd import add_single_rows, fill_up
from tests.security.conftest import world
from tests.security.objects import World

__all__ = ["world"]

FIFTY = "fifty rows"


@pytest.fixture(scope="module", params=["one row", FIFTY])
def filled(request: pytest.FixtureRequest, world: World) -> Iterator[World]:
    """The world with one row of everything, then with fifty."""
    with transaction.atomic():
        add_single_rows(world)
        if request.param == FIFTY:
            fill_up(world)
        yield world
        transaction.set_rollback(True)
