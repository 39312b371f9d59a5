"""Hot statements are kept by the connection, and find the same as if they were not."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce

from portal.kit import prepared
from portal.kit.sql import array_of, kept_rows, rows
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SQL = "SELECT name FROM people_user WHERE id = ANY(%(ids)s) AND name <> %(not)s ORDER BY name"


def kept() -> set[str]:
    return {text for (text,) in rows("SELECT statement FROM pg_prepared_statements", {})}


@pytest.fixture(params=["straight to the database", "through a pooler"])
def keeps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Begin with a connection that keeps nothing yet, and say whether it can."""
    _forget()
    is_straight: bool = request.param == "straight to the database"
    if not is_straight:
        monkeypatch.setattr(prepared, "is_served_by_one_process", lambda own: False)
    yield is_straight
    _forget()


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    prepared._kept.pop(connection.connection, None)


def test_written_statements_find_the_same_kept_or_not(
    keeps: bool, django_assert_num_queries: Callable[..., object]
) -> None:
    ana, bo, cy = (PersonFactory(name=name) for name in ("Ana 100%", "Bo's", "Cy"))
    ids = array_of([ana.pk, bo.pk, cy.pk])
    with django_assert_num_queries(2):
        assert kept_rows(SQL, {"not": "Cy", "ids": ids}) == [("Ana 100%",), ("Bo's",)]
        assert kept_rows(SQL, {"not": "Bo's", "ids": ids}) == [("Ana 100%",), ("Cy",)]
    assert any("SELECT name FROM people_user" in text for text in kept()) is keeps


def test_stored_queries_find_the_same_kept_or_not(
    keeps: bool, django_assert_num_queries: Callable[..., object]
) -> None:
    ana, _bo = PersonFactory(name="Ana"), PersonFactory(name="Bo")
    query = StoredQuery(
        lambda start: (
            User.objects.filter(name__startswith=start)
            .annotate(of_ten=Value(10), said=Coalesce("pronouns", Value("100 % sure")))
            .values_list("pk", "of_ten", "said")
        )
    )
    with django_assert_num_queries(2):
        assert query.all(start="An") == [(ana.pk, 10, ana.pronouns)]
        assert query.all(start="A%") == []
    assert any("of_ten" in text for text in kept()) is keeps


def test_a_connection_of_ones_own_is_told_from_a_pooler() -> None:
    connection.ensure_connection()
    assert prepared.is_served_by_one_process(connection.connection)
