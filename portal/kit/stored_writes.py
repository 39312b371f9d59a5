"""New rows for hot actions: the SQL of an INSERT is put together once for each model.

Django takes longer to put one together than the database to carry it out, as with the queries in
`stored_queries`. The model stays the one place that says which columns there are.
"""

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

from portal.kit import prepared


def insert(*fresh: Model, unless_there: bool = False) -> None:
    """Write new rows of one model in one statement; each gets its id.

    No signals are sent, as with `bulk_create`. With `unless_there`, rows that the database has
    already are left out, and none gets an id.

    Raises:
        IntegrityError: a row breaks a constraint; nothing was written.
    """
    if not fresh:
        return
    model = type(fresh[0])
    fields = _fields(model)
    row = f"({', '.join(['%s'] * len(fields))})"
    text = f"{_beginning(model)} VALUES {', '.join([row] * len(fresh))}"
    is_numbered = model._meta.pk not in fields and not unless_there
    if unless_there:
        text += " ON CONFLICT DO NOTHING"
    elif is_numbered:
        text += f" RETURNING {connection.ops.quote_name(str(model._meta.pk.column))}"
    values = [_value(field, one) for one in fresh for field in fields]
    with connection.cursor() as cursor:
        prepared.execute(cursor, text, values)
        ids = cursor.fetchall() if is_numbered else []
    for one, (pk,) in zip(fresh, ids, strict=False):
        one.pk = pk
    for one in fresh:
        one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS


@lru_cache(maxsize=64)
def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    """Return the columns that are written: all but an id that the database gives."""
    automatic = model._meta.auto_field
    return tuple(field for field in model._meta.concrete_fields if field is not automatic)


@lru_cache(maxsize=64)
def _beginning(model: type[Model]) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in _fields(model))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns})"


def _value(field: "Field[Any, Any]", of: Model) -> Any:
    return field.get_db_prep_save(field.pre_save(of, add=True), connection)
