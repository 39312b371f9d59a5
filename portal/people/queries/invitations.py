"""Invitations: those that wait for an answer, and the one behind a link."""

from dataclasses import dataclass
from datetime import datetime

from portal.people.models import Invitation
from portal.people.models.invitation import hash_of
from portal.people.permissions import Role, names_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class InvitationRow:
    """One line of the list of open invitations."""

    id: int
    name: str
    email: str
    roles: list[Role]
    team: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    has_expired: bool

    @property
    def role_names(self) -> str:
        """The roles in one line."""
        return names_of(self.roles)


@dataclass(frozen=True)
class InvitationsPage:
    """Some open invitations, latest first; `after` is where the next page starts."""

    rows: list[InvitationRow]
    after: int | None


def invitations_page(now: datetime, *, after: int | None = None) -> InvitationsPage:
    """Return the invitations that were made before the one with the id `after`, or the latest."""
    pending = Invitation.objects.pending().select_related("team", "invited_by")
    if after is not None:
        pending = pending.filter(pk__lt=after)
    found = list(pending.order_by("-pk")[: PAGE_SIZE + 1])
    rows = [_row(invitation, now) for invitation in found[:PAGE_SIZE]]
    return InvitationsPage(rows, rows[-1].id if len(found) > PAGE_SIZE else None)


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """Return the invitation whose link holds `token`, unless it can no longer be accepted."""
    found = Invitation.objects.filter(token_sha256=hash_of(token)).select_related(
        "team", "invited_by"
    )
    invitation = found.first()
    return invitation if invitation and invitation.is_open(now) else None


def _row(invitation: Invitation, now: datetime) -> InvitationRow:
    return InvitationRow(
        id=invitation.pk,
        name=invitation.name,
        email=invitation.email,
        roles=[Role(role) for role in invitation.roles],
        team=invitation.team.name if invitation.team else "",
        invited_by=str(invitation.invited_by),
        invited_at=invitation.invited_at,
        expires_at=invitation.expires_at,
        has_expired=not invitation.is_open(now),
    )
