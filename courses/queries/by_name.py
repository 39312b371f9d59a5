"""Leafing through people by name, as quick on the last page as on the first."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from courses.queries.overseen import Overseen
from portal.kit.sql import kept_rows
from portal.people.models import User
from portal.people.queries.scope import OverseenQuery

PAGE_SIZE = 50
_NAME = Lower("name")
# The same order, but none that an index has: where few people match, the database then looks those
# up and sorts them, instead of walking the whole list until it has met a pageful.
_NAME_UNINDEXED = Coalesce(_NAME, Value(""))


@dataclass(frozen=True)
class Place:
    """Where a page of a list starts: after or before a person, by id; neither means at the top."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Person:
    """What a list shows of a person."""

    pk: int
    name: str
    time_zone: str


@dataclass(frozen=True)
class PageByName:
    """A stretch of a list of people; the ids say where the pages beside it begin."""

    people: tuple[Person, ...]
    before: int | None
    after: int | None


def matching(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Keep people in whose name or address every word of `text` occurs."""
    for word in text.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people


def page_by_name(
    people: QuerySet[User], place: Place, *, are_few: bool = False, page_size: int = PAGE_SIZE
) -> PageByName:
    """Return the people next to a place in the list, in one query and without counting.

    `are_few` says that they are a small part of everybody, as after a search.
    """
    keyed = _keyed(people, are_few=are_few)
    if place.before is not None:
        found = _people(beyond(keyed, place.before, "lt").order_by("-key", "-pk"), page_size)
        shown = found[:page_size][::-1]
        first = shown[0].pk if len(found) > page_size else None
        return PageByName(tuple(shown), first, shown[-1].pk if shown else None)
    wanted = keyed if place.after is None else beyond(keyed, place.after, "gt")
    page = _page(_people(wanted.order_by("key", "pk"), page_size), page_size)
    if place.after is not None and page.people:
        return replace(page, before=page.people[0].pk)
    return page


def first_page(people: Overseen, *, page_size: int = PAGE_SIZE) -> PageByName:
    """Return the first page of everybody whom a viewer oversees: what most look at."""
    if people.are_few:
        found = kept_rows(_FIRST_OF_FEW, people.params | {"limit": page_size + 1})
    else:
        found = _FIRST_OF_MANY.all(people.viewer)[: page_size + 1]
    return _page([Person(*one) for one in found], page_size)


def _keyed(people: QuerySet[User], *, are_few: bool) -> QuerySet[Any]:
    return people.alias(key=_NAME_UNINDEXED if are_few else _NAME)


def _people(in_order: QuerySet[Any], page_size: int) -> list[Person]:
    found = in_order.values_list("pk", "name", "time_zone")[: page_size + 1]
    return [Person(*one) for one in found]


def _page(found: list[Person], page_size: int) -> PageByName:
    shown = tuple(found[:page_size])
    return PageByName(shown, None, shown[-1].pk if len(found) > page_size else None)


_FIRST_OF_FEW = """
SELECT id, name, time_zone FROM people_user WHERE id = ANY(%(overseen)s)
ORDER BY lower(name), id LIMIT %(limit)s
"""
_FIRST_OF_MANY = OverseenQuery(
    lambda people: (
        _keyed(people, are_few=False)
        .order_by("key", "pk")
        .values_list("pk", "name", "time_zone")[: PAGE_SIZE + 1]
    )
)


def beyond(people: QuerySet[Any], person_id: int, direction: str) -> QuerySet[Any]:
    """Keep who comes after (`gt`) or before (`lt`) a person in the order by name, then id.

    The first condition says nothing new, but lets the database start inside the index.
    """
    key = Subquery(User.objects.filter(pk=person_id).values(key=Lower("name")))
    return people.filter(
        Q(**{f"key__{direction}e": key}),
        Q(**{f"key__{direction}": key}) | Q(key=key, **{f"pk__{direction}": person_id}),
    )
