"""Inviting people, and what becomes of an invitation."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.audit.models import record
from portal.kit.clock import local_date
from portal.kit.errors import Refusal
from portal.people.actions.teams import join_team
from portal.people.models import Invitation, Team, User
from portal.people.models.invitation import hash_of
from portal.people.permissions import Role
from portal.people.signals import invitation_made

VALID_FOR = timedelta(days=14)
_TOKEN_BYTES = 32


class AlreadyHere(Refusal):
    """The address belongs to somebody who is in Attune already."""


class InvitationClosed(Refusal):
    """The invitation was accepted, withdrawn or replaced, or its time is over."""


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    roles: Sequence[Role],
    team: Team | None,
    by: User,
    at: datetime,
) -> Invitation:
    """Ask a person to join; an earlier invitation to the same address stops working.

    Raises:
        AlreadyHere: the address belongs to a person, active or not.
    """
    email = email.strip().lower()
    _refuse_known_address(email)
    for earlier in Invitation.objects.pending().filter(email__iexact=email):
        withdraw_invitation(earlier, by=by, at=at)
    invitation, token = _create_invitation(email, name, roles, team, by, at)
    record("invited", invitation, by=by, at=at, email=email, roles=list(invitation.roles))
    invitation_made.send(Invitation, invitation=invitation, token=token)
    return invitation


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send an invitation again, with a new link and all its days; the old link stops working.

    Raises:
        InvitationClosed: it was accepted, or withdrawn by somebody.
        AlreadyHere: the address belongs to a person by now.
    """
    old = _lock_pending(invitation)
    return invite_person(
        email=old.email,
        name=old.name,
        roles=[Role(role) for role in old.roles],
        team=old.team,
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Make the link of an invitation stop working.

    Raises:
        InvitationClosed: it was accepted or withdrawn before.
    """
    invitation = _lock_pending(invitation)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("withdrew", invitation, by=by, at=at, email=invitation.email)


def accept_invitation(
    token: str, *, name: str, password: str, time_zone: str, at: datetime
) -> User:
    """Create the invited person with a confirmed address, their roles and their team.

    Raises:
        InvitationClosed: the link does not work, or no longer; it never says which.
    """
    try:
        with transaction.atomic():
            return _accept(token, name, password, time_zone, at)
    except (IntegrityError, Invitation.DoesNotExist):
        raise InvitationClosed(_("This invitation link no longer works.")) from None


def _accept(token: str, name: str, password: str, time_zone: str, at: datetime) -> User:
    pending = Invitation.objects.pending().select_for_update(of=("self",)).select_related("team")
    invitation = pending.get(token_sha256=hash_of(token), expires_at__gt=at)
    today = local_date(at, time_zone)
    user = User.objects.create_user(
        invitation.email,
        password,
        name=name,
        roles=list(invitation.roles),
        time_zone=time_zone,
        joined_on=today,
        created_at=at,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if invitation.team:
        is_lead = Role.LEAD in invitation.roles
        join_team(user, invitation.team, by=user, at=at, on=today, is_lead=is_lead)
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("accepted", invitation, by=user, at=at, email=user.email)
    return user


def _refuse_known_address(email: str) -> None:
    if User.objects.filter(email__iexact=email, is_active=False).exists():
        raise AlreadyHere(
            _("This address belongs to somebody who was deactivated. Reactivate them instead.")
        )
    is_login = User.objects.filter(email__iexact=email).exists()
    if is_login or EmailAddress.objects.filter(email__iexact=email, verified=True).exists():
        raise AlreadyHere(_("Somebody with this address is in Attune already."))


def _create_invitation(
    email: str,
    name: str,
    roles: Sequence[Role],
    team: Team | None,
    by: User,
    at: datetime,
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                name=name,
                roles=[role for role in Role if role in roles],
                team=team,
                token_sha256=hash_of(token),
                invited_by=by,
                invited_at=at,
                expires_at=at + VALID_FOR,
            )
    except IntegrityError:
        # Two people invited the same address in the same moment; the other one won.
        raise AlreadyHere(_("Somebody has just invited this person.")) from None
    return invitation, token


def _lock_pending(invitation: Invitation) -> Invitation:
    pending = Invitation.objects.pending().select_for_update(of=("self",))
    try:
        return pending.get(pk=invitation.pk)
    except Invitation.DoesNotExist:
        raise InvitationClosed(_("This invitation was accepted or withdrawn already.")) from None
