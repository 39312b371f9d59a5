"""Hand-written SQL for the pages that are opened most: no model is built, no query compiled."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection


def rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of one SELECT; `sql` names its parameters as `%(name)s`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def array_of(ids: Iterable[int]) -> str:
    """Return ids as PostgreSQL reads an array.

    It is one value to parse and plan, where a list would become an expression for each id.
    """
    return f"{{{','.join(map(str, ids))}}}"
