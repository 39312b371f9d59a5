"""The list of people as an admin searches it, page by page, as quick at 50,000 people as at 50."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from portal.people.models import Membership, Team, User
from portal.people.models.user import UserQuerySet
from portal.people.permissions import Role, names_of
from portal.people.second_step import SECOND_STEPS

PAGE_SIZE = 50
_TRIGRAM = 3
_NAME = Lower("name")
# The same order, but none that an index has: with a search, the database then looks up the matches
# by trigram and sorts them, instead of walking the whole list until it has met a pageful.
_NAME_UNINDEXED = Coalesce(_NAME, Value(""))


@dataclass(frozen=True)
class PeopleFilter:
    """What to look for; empty fields let everybody through."""

    text: str = ""
    role: Role | None = None
    team: Team | None = None
    tag: str = ""
    is_active: bool | None = True


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    id: int
    name: str
    email: str
    roles: list[Role]
    teams: list[str]
    is_active: bool
    has_second_step: bool
    last_login: datetime | None

    @property
    def role_names(self) -> str:
        """The roles in one line."""
        return names_of(self.roles)


@dataclass(frozen=True)
class PeoplePage:
    """A stretch of the list by name; the ids say where the pages beside it start."""

    rows: list[PersonRow]
    before: int | None
    after: int | None


def people_page(
    wanted: PeopleFilter, *, before: int | None = None, after: int | None = None
) -> PeoplePage:
    """Return the people next to a person's place in the list, or the first ones.

    One query, without counting: the place is found by name, not by leafing through from the start.
    """
    people = _matching(wanted)
    if before is not None:
        found = _rows(_beyond(people, before, "lt").order_by(F("key").desc(), "-pk"))
        rows, has_more = found[:PAGE_SIZE][::-1], len(found) > PAGE_SIZE
        return PeoplePage(rows, rows[0].id if has_more else None, rows[-1].id if rows else None)
    found = _rows(
        (people if after is None else _beyond(people, after, "gt")).order_by(F("key"), "pk")
    )
    rows, has_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    is_first = after is None or not rows
    return PeoplePage(rows, None if is_first else rows[0].id, rows[-1].id if has_more else None)


def _matching(wanted: PeopleFilter) -> UserQuerySet:
    people: UserQuerySet = User.objects.alias(key=_NAME_UNINDEXED if wanted.text else _NAME)
    for word in wanted.text.lower().split():
        people = people.filter(_is_called(word))
    if wanted.role:
        people = people.filter(roles__contains=[wanted.role])
    if wanted.team:
        people = people.filter(pk__in=_members_of(wanted.team).values("user"))
    if wanted.tag:
        people = people.filter(tags__contains=[wanted.tag])
    if wanted.is_active is not None:
        people = people.filter(is_active=wanted.is_active)
    return people


def _is_called(word: str) -> Q:
    """Find a word anywhere in name or address; a short one where a part of the name begins."""
    if len(word) < _TRIGRAM:
        return Q(name__istartswith=word) | Q(name__icontains=f" {word}")
    return Q(name__icontains=word) | Q(email__icontains=word)


def _members_of(team: Team) -> QuerySet[Membership]:
    current = Membership.objects.current()
    return current.filter(team__path__startswith=team.path)


def _beyond(people: UserQuerySet, person_id: int, direction: str) -> UserQuerySet:
    """Keep who comes after (`gt`) or before (`lt`) a person in the order by name, then id.

    The first condition says nothing new, but lets the database start inside the index.
    """
    key = Subquery(User.objects.filter(pk=person_id).values(key=Lower("name")))
    return people.filter(
        Q(**{f"key__{direction}e": key}),
        Q(**{f"key__{direction}": key}) | Q(key=key, **{f"pk__{direction}": person_id}),
    )


def _rows(people: UserQuerySet) -> list[PersonRow]:
    """Read one row more than a page holds, which tells whether there is another page."""
    teams = Membership.objects.current().filter(user=OuterRef("pk"))
    second_steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
    values = people.values(
        "id",
        "name",
        "email",
        "roles",
        "is_active",
        "last_login",
        teams=ArraySubquery(teams.order_by("-is_lead", "team__path").values(one=F("team__name"))),
        has_second_step=Exists(second_steps),
    )
    return [_row(row) for row in values[: PAGE_SIZE + 1]]


def _row(values: Mapping[str, Any]) -> PersonRow:
    return PersonRow(**{**values, "roles": [Role(role) for role in values["roles"]]})
