"""Whose data one may see: every list, search, count and export starts from here."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from portal.kit.stored_queries import StoredQuery
from portal.people.models import Membership, Team, User
from portal.people.models.user import UserQuerySet
from portal.people.permissions import Permission, Role

R = TypeVar("R")
_NO_TEAM = Q(pk__in=[])


def teams_overseen_by(viewer: User) -> QuerySet[Team]:
    """Return the teams that a lead leads with all teams below them; all teams for an admin."""
    if oversees_everybody(viewer):
        return Team.objects.all()
    if not viewer.may(Permission.SEE_TEAM):
        return Team.objects.none()
    return _teams_below(viewer.led_paths)


def people_overseen_by(viewer: User) -> UserQuerySet:
    """Return the active people whose learning somebody answers for, themselves left out.

    For a lead these are the current members of their teams and of all teams below; for an admin
    everybody; for others nobody.
    """
    if oversees_everybody(viewer):
        return _everybody_but(viewer.pk)
    if not viewer.may(Permission.SEE_TEAM):
        found: UserQuerySet = _everybody_but(viewer.pk).none()
        return found
    return _people_below(viewer.pk, viewer.led_paths)


def oversees_everybody(viewer: User) -> bool:
    """Whether somebody answers for everybody, whatever team they are in."""
    return viewer.may(Permission.SEE_TEAM) and Role.ADMIN in viewer.roles


class OverseenQuery(Generic[R]):
    """A stored query about the people that a viewer oversees; it takes them as a QuerySet."""

    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        self._of_everybody: StoredQuery[R] = StoredQuery(
            lambda viewer, **values: build(_everybody_but(viewer), **values)
        )
        self._of_those_below: StoredQuery[R] = StoredQuery(
            lambda viewer, paths, **values: build(_people_below(viewer, paths), **values)
        )

    def all(self, viewer: User, **values: Any) -> list[R]:
        """Return what is found among the people of `people_overseen_by(viewer)`."""
        if oversees_everybody(viewer):
            return self._of_everybody.all(viewer=viewer.pk, **values)
        if not viewer.may(Permission.SEE_TEAM):
            return []
        paths = tuple(viewer.led_paths)
        return self._of_those_below.all(viewer=viewer.pk, paths=paths, **values) if paths else []


class OverseenTeamsQuery(Generic[R]):
    """A stored query about the teams that a viewer oversees; it takes them as a QuerySet."""

    def __init__(self, build: Callable[[QuerySet[Team]], QuerySet[Any, R]]) -> None:
        self._of_all: StoredQuery[R] = StoredQuery(lambda: build(Team.objects.all()))
        self._of_those_below: StoredQuery[R] = StoredQuery(lambda paths: build(_teams_below(paths)))

    def all(self, viewer: User) -> list[R]:
        """Return what is found among the teams of `teams_overseen_by(viewer)`."""
        if oversees_everybody(viewer):
            return self._of_all.all()
        if not viewer.may(Permission.SEE_TEAM) or not viewer.led_paths:
            return []
        return self._of_those_below.all(paths=tuple(viewer.led_paths))


def person_overseen_by(viewer: User, pk: int) -> User:
    """Return one of `people_overseen_by(viewer)`.

    Raises:
        User.DoesNotExist: there is no such person, or the viewer does not answer for them.
    """
    found: list[User] = _PERSON.all(viewer, pk=pk)
    if not found:
        raise User.DoesNotExist
    return found[0]


def team_names_of(user: User) -> list[str]:
    """Return the names of the teams somebody belongs to now, those they lead first."""
    return _TEAM_NAMES.all(user=user.pk)


_TEAM_NAMES = StoredQuery(
    lambda user: (
        Membership.objects.current()
        .filter(user=user)
        .order_by("-is_lead", "team__path")
        .values_list("team__name", flat=True)
    )
)
_PERSON = OverseenQuery(lambda people, pk: people.filter(pk=pk))


def _everybody_but(viewer: int) -> UserQuerySet:
    people: UserQuerySet = User.objects.active().exclude(pk=viewer)
    return people


def _people_below(viewer: int, paths: Iterable[str]) -> UserQuerySet:
    members = Membership.objects.current().filter(team__in=_teams_below(paths))
    return _everybody_but(viewer).filter(pk__in=members.values("user"))


def _teams_below(paths: Iterable[str]) -> QuerySet[Team]:
    return Team.objects.filter(reduce(or_, (Q(path__startswith=one) for one in paths), _NO_TEAM))


def colleagues_of(user: User) -> UserQuerySet:
    """Return the active people who are in a team with somebody now, its leads left out."""
    teams = Membership.objects.current().filter(user=user).values("team")
    members = Membership.objects.current().filter(team__in=teams, is_lead=False)
    found: UserQuerySet = _everybody_but(user.pk).filter(pk__in=members.values("user"))
    return found.by_name()


def leads_of(agent: User) -> UserQuerySet:
    """Return who leads the teams somebody belongs to, or a team above these."""
    paths = Membership.objects.current().filter(user=agent).values_list("team__path", flat=True)
    above = {path[: end + 1] for path in paths for end, sign in enumerate(path) if sign == "/"}
    leading = Membership.objects.current().filter(is_lead=True, team__path__in=above - {"/"})
    found: UserQuerySet = User.objects.active().filter(pk__in=leading.values("user"))
    return found.exclude(pk=agent.pk).by_name()
