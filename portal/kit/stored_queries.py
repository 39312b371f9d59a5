"""Queries of which only the values change: their SQL is put together once, not for each page.

Django takes about half a millisecond to turn a QuerySet into SQL, several times as long as the
database takes to answer. The pages that people open all day ask the same few questions each time.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import chain, count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from portal.kit import prepared
from portal.kit.prepared import as_written

R = TypeVar("R")

# What stands for a value of each type while the SQL is put together: no two alike, and like
# nothing that a query says by itself.
_STAND_INS: Mapping[type, Callable[[int], Any]] = {
    int: lambda number: 7_234_567_890_123_456_000 + number,
    str: lambda number: f"value {number} of a stored query",
    UUID: lambda number: UUID(int=0x5E1F0F6A7A7C4D5E9A5B0D4F6F2D0000 + number),
    datetime: lambda number: datetime(1801, 1, 1, tzinfo=UTC) + timedelta(microseconds=number),
    date: lambda number: date(1801, 1, 1) + timedelta(days=number),
}


class StoredQuery(Generic[R]):
    """A QuerySet as a function of named values, with its SQL kept.

    The function may use nothing else that changes. Values are numbers, texts, UUIDs, times and
    days, or tuples of them, compared as they are or with `startswith`; prefetching is left out.
    `get_object_or_404` takes it like a QuerySet.
    """

    model: Any

    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        self._build = build
        self._statements: dict[Any, _Statement] = {}

    def all(self, **values: Any) -> list[R]:
        """Return what is found with these values."""
        parts = _parts(values)
        shape = tuple(parts)
        if shape not in self._statements:
            stand_ins = _stand_ins(values)
            queryset = self._build(**stand_ins)
            self.model = queryset.model
            self._statements[shape] = _statement(queryset, _parts(stand_ins))
        return list(self._statements[shape].found_with(parts))

    def first(self, **values: Any) -> R | None:
        """Return the first that is found, if any; the QuerySet says itself how many it wants."""
        return next(iter(self.all(**values)), None)

    def get(self, **values: Any) -> R:
        """Return the one that is found.

        Raises:
            DoesNotExist: there is none.
            MultipleObjectsReturned: there are several.
        """
        found = self.all(**values)
        if len(found) == 1:
            return found[0]
        raise self.model.MultipleObjectsReturned if found else self.model.DoesNotExist


def _parts(values: Mapping[str, Any]) -> dict[tuple[str, int], Any]:
    """Return the single values by their names and their places in a tuple."""
    return {
        (name, place): part
        for name, value in values.items()
        for place, part in enumerate(value if isinstance(value, tuple) else (value,))
    }


def _stand_ins(values: Mapping[str, Any]) -> dict[str, Any]:
    numbers = count()

    def stand_in(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(stand_in(part) for part in value)
        kind = next(kind for kind in _STAND_INS if isinstance(value, kind))
        return _STAND_INS[kind](next(numbers))

    return {name: stand_in(value) for name, value in values.items()}


def _statement(queryset: QuerySet[Any, Any], parts: Mapping[Any, Any]) -> "_Statement":
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    # How each column is read follows from the statement, and Django would ask it for every run.
    converters = compiler.get_converters([column[0] for column in compiler.select])
    compiler.get_converters = lambda _columns: converters
    as_it_is = {stand_in: part for part, stand_in in parts.items()}
    beginning = {f"{text}%": part for text, part in as_it_is.items() if isinstance(text, str)}
    places: dict[int, tuple[Any, Callable[[Any], Any] | None]] = {}
    for place, value in enumerate(params):
        if not isinstance(value, Hashable):
            continue
        if value in as_it_is:
            places[place] = as_it_is[value], None
        elif value in beginning:
            places[place] = beginning[value], _beginning
    if missing := parts.keys() - {part for part, _way in places.values()}:
        names = ", ".join(sorted(name for name, _place in missing))
        raise ValueError(f"The query does not use {names} as it is.")
    written = ("%s" if place in places else as_written(one) for place, one in enumerate(params))
    values = tuple(places[place] for place in sorted(places))
    return _Statement(compiler, sql % tuple(written), values, queryset._iterable_class)


def _beginning(text: str) -> str:
    return f"{connection.ops.prep_for_like_query(text)}%"


@dataclass(frozen=True)
class _Statement:
    """SQL, which values stand at its places, and the compiler that can read its rows."""

    compiler: Any
    sql: str
    values: tuple[tuple[Any, Callable[[Any], Any] | None], ...]
    iterable: type

    @cached_property
    def converters(self) -> dict[int, Any]:
        """What makes Python of the columns that need it; Django would ask each of them each time.

        Raises:
            NotImplementedError: a column is made of several, as a composite key.
        """
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        if self.compiler.has_composite_fields(columns):
            raise NotImplementedError("A stored query reads plain columns.")
        found: dict[int, Any] = self.compiler.get_converters(columns)
        return found

    def found_with(self, parts: Mapping[Any, Any]) -> Iterator[Any]:
        """Run the SQL and make of its rows what the QuerySet makes of them."""
        values = [way(parts[part]) if way else parts[part] for part, way in self.values]
        return iter(self.iterable(_Run(self, values)))


class _Run:
    """One run of a statement, in the shape in which Django's iterables ask a QuerySet for rows."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: Mapping[Any, Any] = {}  # stays empty
    _fields = ()

    def __init__(self, statement: _Statement, values: list[Any]) -> None:
        self._statement, self._values = statement, values
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
            prepared.execute(cursor, self._statement.sql, self._values)
            return [cursor.fetchall()]

    def results_iter(
        self, results: Any = None, *, tuple_expected: bool = False, **_chunks: Any
    ) -> Iterator[Any]:
        found = self.execute_sql() if results is None else results
        rows: Iterator[Any] = chain.from_iterable(found)
        if self._statement.converters:
            rows = self._compiler.apply_converters(rows, self._statement.converters)
        return map(tuple, rows) if tuple_expected else rows
