"""Statements that the database keeps for each connection: parsed once, and planned a few times.

For the pages that are opened most, PostgreSQL spends more on reading and planning a statement than
on running it. A pooler that lends connections by the transaction ends that, as the statement would
be kept by another connection than the one that asks next; behind one, statements run as ever.
"""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# How each connection is asked for the statements that it keeps, by their text; None where it keeps
# none. As many as there are hot queries: what somebody wrote is never a part of a text.
_kept: WeakKeyDictionary[Any, dict[str, str] | None] = WeakKeyDictionary()


def execute(cursor: Any, text: str, values: Sequence[Any]) -> None:
    """Run a statement whose text says `%s` for each of `values`.

    The database must be able to tell the type of each value by its place: one that is given to
    SELECT as it is needs a cast.
    """
    kept = _kept_by(cursor.connection)
    if kept is None:
        cursor.execute(text, values)
        return
    if text not in kept:
        kept[text] = _prepare(f"kept_{len(kept)}", text, len(values))
    cursor.execute(kept[text], values)


def as_written(value: Any) -> str:
    """Return a value as it stands in the text of a statement that always has it."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        written: bytes = cursor.mogrify("%s", [value])
    return written.decode().replace("%", "%%")


def _kept_by(own: Any) -> dict[str, str] | None:
    try:
        return _kept[own]
    except KeyError:
        _kept[own] = {} if is_served_by_one_process(own) else None
        return _kept[own]


def is_served_by_one_process(own: Any) -> bool:
    """Whether a connection leads straight to PostgreSQL.

    To whoever connects, PostgreSQL names the process that will answer. A pooler names none that
    there is, as it may ask another each time.
    """
    with connection.wrap_database_errors, own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answered_by: int = cursor.fetchone()[0]
    named: int = own.get_backend_pid()
    return answered_by == named


def _prepare(name: str, text: str, values: int) -> str:
    """Let the database keep a statement, and return how it is asked for."""
    numbered = text % tuple(f"${number}" for number in range(1, values + 1))
    # Past Django's cursors: it is nothing that a page asks.
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(f"PREPARE {name} AS {numbered}")
    places = f"({', '.join(['%s'] * values)})" if values else ""
    return f"EXECUTE {name}{places}"
