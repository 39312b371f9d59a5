"""Tables that keep their rows as written: adding works, changing and deleting do not."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.kit.append_only import keep_rows_unchanged

pytestmark = pytest.mark.django_db

REFUSED = "diary rows are never changed or deleted"


@pytest.fixture
def diary():
    """A table with one row, and a cursor to it; all gone after the test."""
    operation = keep_rows_unchanged("diary")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE diary (words text)")
        cursor.execute(operation.sql)
        cursor.execute("INSERT INTO diary VALUES ('On Monday.')")
        yield cursor


def words_in(diary) -> list[str]:
    diary.execute("SELECT words FROM diary ORDER BY words")
    return [words for (words,) in diary.fetchall()]


def test_rows_can_be_added(diary) -> None:
    diary.execute("INSERT INTO diary VALUES ('On Tuesday.')")
    assert words_in(diary) == ["On Monday.", "On Tuesday."]


@pytest.mark.parametrize("change", ["UPDATE diary SET words = 'Never.'", "DELETE FROM diary"])
def test_rows_cannot_be_changed_or_deleted(diary, change: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        diary.execute(change)
    assert words_in(diary) == ["On Monday."]


def test_a_change_of_no_row_is_no_change(diary) -> None:
    diary.execute("DELETE FROM diary WHERE words = 'Nothing.'")
    assert words_in(diary) == ["On Monday."]


def test_the_migration_can_be_taken_back(diary) -> None:
    diary.execute(keep_rows_unchanged("diary").reverse_sql)
    diary.execute("DELETE FROM diary")
    assert words_in(diary) == []
