"""What admins and operators decide about a person: roles, and whether they may sign in."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User
from portal.people.permissions import Role


class LastAdmin(Refusal):
    """Afterwards nobody could manage people any more."""


class NotOneself(Refusal):
    """This is for another admin to do."""


@transaction.atomic
def change_roles(user: User, roles: Sequence[Role], *, by: User, at: datetime) -> User:
    """Give a person exactly these roles; it holds from their next request.

    Raises:
        NotOneself: one would lose one's own admin role.
        LastAdmin: no admin would be left.
    """
    person = _locked(user)
    after = [role for role in Role if role in roles]
    if Role.ADMIN in person.roles and Role.ADMIN not in after:
        if person == by:
            raise NotOneself(_("You can’t take your own admin role away. Ask another admin."))
        _refuse_without(person)
    before, person.roles = person.roles, after
    if before != after:
        person.save(update_fields=["roles"])
        record("changed roles of", person, by=by, at=at, before=before, after=after)
    return person


@transaction.atomic
def deactivate_person(user: User, *, by: User, at: datetime) -> User:
    """Keep a person from signing in and end their sessions; all they did stays. Safe to repeat.

    Raises:
        NotOneself: one would deactivate oneself.
        LastAdmin: no admin would be left.
    """
    person = _locked(user)
    if person == by:
        raise NotOneself(_("You can’t deactivate yourself. Ask another admin."))
    if person.is_active:
        _refuse_without(person)
        person.is_active = False
        _end_sessions(person)
        person.save(update_fields=["is_active", "session_epoch"])
        record("deactivated", person, by=by, at=at)
    return person


@transaction.atomic
def reactivate_person(user: User, *, by: User, at: datetime) -> User:
    """Let a person sign in again, in the roles and teams they had. Safe to repeat."""
    person = _locked(user)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record("reactivated", person, by=by, at=at)
    return person


@transaction.atomic
def reset_second_step(user: User, *, by: User, at: datetime) -> User:
    """Forget a person's authenticator app, passkeys and recovery codes, and end their sessions.

    For somebody who lost their phone, after making sure that it is them who asks.
    """
    person = _locked(user)
    kinds = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    person.save(update_fields=["session_epoch"])
    record("reset second step of", person, by=by, at=at, kinds=kinds)
    return person


@transaction.atomic
def set_operator(user: User, *, is_staff: bool, is_superuser: bool, by: User, at: datetime) -> User:
    """Say whether a person may open the operators' admin, and may change things there."""
    person = _locked(user)
    person.is_staff, person.is_superuser = is_staff, is_superuser
    person.save(update_fields=["is_staff", "is_superuser"])
    record(
        "changed operator rights of",
        person,
        by=by,
        at=at,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )
    return person


def _locked(user: User) -> User:
    person: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return person


def _end_sessions(person: User) -> None:
    person.session_epoch += 1


def _refuse_without(person: User) -> None:
    """Refuse if `person` is the last admin. Locks all admins, so that two cannot both leave."""
    admins = User.objects.active().filter(roles__contains=[Role.ADMIN])
    others = set(admins.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if Role.ADMIN in person.roles and not others - {person.pk}:
        raise LastAdmin(_("This is the last admin. Make somebody else an admin first."))
