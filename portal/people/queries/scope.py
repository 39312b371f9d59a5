"""Whose data one may see: every list, search, count and export starts from here."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from portal.people.models import Membership, Team, User
from portal.people.models.user import UserQuerySet
from portal.people.permissions import Permission, Role


def teams_overseen_by(viewer: User) -> QuerySet[Team]:
    """Return the teams that a lead leads with all teams below them; all teams for an admin."""
    if not viewer.may(Permission.SEE_TEAM):
        return Team.objects.none()
    if Role.ADMIN in viewer.roles:
        return Team.objects.all()
    below_those_led = (Q(path__startswith=path) for path in viewer.led_paths)
    return Team.objects.filter(reduce(or_, below_those_led, Q(pk__in=[])))


def people_overseen_by(viewer: User) -> QuerySet[User]:
    """Return the active people whose learning somebody answers for, themselves left out.

    For a lead these are the current members of their teams and of all teams below; for an admin
    everybody; for others nobody.
    """
    people: QuerySet[User] = User.objects.active().exclude(pk=viewer.pk)
    if not viewer.may(Permission.SEE_TEAM):
        return people.none()
    if Role.ADMIN in viewer.roles:
        return people
    members = Membership.objects.current().filter(team__in=teams_overseen_by(viewer))
    return people.filter(pk__in=members.values("user"))


def team_names_of(user: User) -> list[str]:
    """Return the names of the teams somebody belongs to now, those they lead first."""
    current = Membership.objects.current().filter(user=user)
    return list(current.order_by("-is_lead", "team__path").values_list("team__name", flat=True))


def leads_of(agent: User) -> UserQuerySet:
    """Return who leads the teams somebody belongs to, or a team above these."""
    paths = Membership.objects.current().filter(user=agent).values_list("team__path", flat=True)
    above = {path[: end + 1] for path in paths for end, sign in enumerate(path) if sign == "/"}
    leading = Membership.objects.current().filter(is_lead=True, team__path__in=above - {"/"})
    found: UserQuerySet = User.objects.active().filter(pk__in=leading.values("user"))
    return found.exclude(pk=agent.pk).by_name()
