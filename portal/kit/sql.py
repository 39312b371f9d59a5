"""Hand-written SQL for the pages that are opened most: no model is built, no query compiled."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection

from portal.kit import prepared

_NAMED = re.compile(r"%\((\w+)\)s")


def rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of one SELECT; `sql` names its parameters as `%(name)s`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def kept_rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return what `rows` returns; the database keeps the statement, as `portal.kit.prepared` says.

    `sql` is one of few texts, and the type of each parameter can be told by its place.
    """
    text, names = _by_place(sql)
    with connection.cursor() as cursor:
        prepared.execute(cursor, text, [params[name] for name in names])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def kept_run(sql: str, params: Mapping[str, Any]) -> None:
    """Carry out a statement that returns no rows; the database keeps it, as for `kept_rows`."""
    text, names = _by_place(sql)
    with connection.cursor() as cursor:
        prepared.execute(cursor, text, [params[name] for name in names])


def array_of(ids: Iterable[int]) -> str:
    """Return ids as PostgreSQL reads an array.

    It is one value to parse and plan, where a list would become an expression for each id.
    """
    return f"{{{','.join(map(str, ids))}}}"


@lru_cache(maxsize=512)
def _by_place(sql: str) -> tuple[str, tuple[str, ...]]:
    return _NAMED.sub("%s", sql), tuple(_NAMED.findall(sql))
