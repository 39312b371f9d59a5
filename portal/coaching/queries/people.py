"""Whom one may meet, and as what: a lead of theirs, or a peer."""

from django.db.models import Q

from portal.coaching.models import SessionKind
from portal.people.models import User
from portal.people.models.user import UserQuerySet
from portal.people.permissions import Permission
from portal.people.queries.scope import colleagues_of, people_overseen_by


def people_to_meet(viewer: User) -> UserQuerySet:
    """Return the people somebody answers for, and the colleagues of their teams, by name."""
    answered_for = Q(pk__in=people_overseen_by(viewer).order_by().values("pk"))
    colleagues = Q(pk__in=colleagues_of(viewer).order_by().values("pk"))
    found: UserQuerySet = User.objects.filter(answered_for | colleagues)
    return found.by_name()


def kind_of_meeting(host: User, guest: User) -> SessionKind:
    """Return as what two people meet: as peers, unless the host answers for the other one."""
    may_lead = host.may(Permission.LEAD_SESSIONS)
    if may_lead and people_overseen_by(host).filter(pk=guest.pk).exists():
        return SessionKind.LEAD
    return SessionKind.PEERS
