"""Queries of which only the values change: their SQL is put together once, not for each page.

Django takes about half a millisecond to turn a QuerySet into SQL, several times as long as the
database takes to answer. The pages that people open all day ask the same few questions each time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)

# What stands for a value of each type while the SQL is put together: no two alike, and like
# nothing that a query says by itself.
_STAND_INS: Mapping[type, Callable[[int], Any]] = {
    int: lambda number: 7_234_567_890_123_456_000 + number,
    str: lambda number: f"value {number} of a stored query",
    UUID: lambda number: UUID(int=0x5E1F0F6A7A7C4D5E9A5B0D4F6F2D0000 + number),
    datetime: lambda number: datetime(1801, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
}


class StoredQuery(Generic[M]):
    """A QuerySet as a function of named values, with its SQL kept.

    The function may use nothing else that changes. Values are numbers, texts, UUIDs and times,
    compared as they are; prefetching is left out. `get_object_or_404` takes it like a QuerySet.
    """

    model: Any

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._statement: _Statement | None = None

    def all(self, **values: Any) -> list[M]:
        """Return what is found with these values."""
        if self._statement is None:
            stand_ins = _stand_ins(values)
            queryset = self._build(**stand_ins)
            self.model, self._statement = queryset.model, _statement(queryset, stand_ins)
        return list(self._statement.found_with(values))

    def first(self, **values: Any) -> M | None:
        """Return the first that is found, if any; the QuerySet says itself how many it wants."""
        return next(iter(self.all(**values)), None)

    def get(self, **values: Any) -> M:
        """Return the one that is found.

        Raises:
            DoesNotExist: there is none.
            MultipleObjectsReturned: there are several.
        """
        found = self.all(**values)
        if len(found) == 1:
            return found[0]
        raise self.model.MultipleObjectsReturned if found else self.model.DoesNotExist


def _stand_ins(values: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {name: next(k for k in _STAND_INS if isinstance(values[name], k)) for name in values}
    return {name: _STAND_INS[kind](number) for number, (name, kind) in enumerate(kinds.items())}


def _statement(queryset: QuerySet[Any], stand_ins: Mapping[str, Any]) -> "_Statement":
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    names = {stand_in: name for name, stand_in in stand_ins.items()}
    places = {place: names[value] for place, value in enumerate(params) if value in names}
    if missing := stand_ins.keys() - set(places.values()):
        raise ValueError(f"The query does not use {', '.join(sorted(missing))} as it is.")
    return _Statement(compiler, sql, tuple(params), places)


@dataclass(frozen=True)
class _Statement:
    """SQL, which of its parameters are values, and the compiler that can read its rows."""

    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: Mapping[int, str]

    def found_with(self, values: Mapping[str, Any]) -> Iterator[Any]:
        """Run the SQL and make models of what it finds."""
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = values[name]
        return iter(ModelIterable(_Run(self, params)))  # type: ignore[arg-type]  # all it asks for


class _Run:
    """One run of a statement, in the shape in which `ModelIterable` asks a QuerySet for rows."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: Mapping[Any, Any] = {}  # stays empty

    def __init__(self, statement: _Statement, params: list[Any]) -> None:
        self._sql, self._params = statement.sql, params
        self._compiler = statement.compiler
        self.select = self._compiler.select
        self.klass_info = self._compiler.klass_info
        self.annotation_col_map = self._compiler.annotation_col_map

    @property
    def query(self) -> "_Run":
        return self

    def get_compiler(self, using: str) -> "_Run":
        return self

    def execute_sql(self, **_chunks: Any) -> list[list[tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._params)
            return [cursor.fetchall()]

    def results_iter(self, results: list[list[tuple[Any, ...]]]) -> Iterator[Any]:
        rows: Iterator[Any] = self._compiler.results_iter(results)
        return rows
