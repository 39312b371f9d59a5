"""The mail that invites a person to Attune."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.kinds import Dropped, Message
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail
from portal.people.models import Invitation


def plan_invitation_mail(invitation: Invitation, token: str, *, at: datetime) -> None:
    """Plan the mail that carries an invitation's link; a new link of it makes a new mail."""
    draft = EmailDraft(
        kind="invitation",
        recipient=None,
        to_address=invitation.email,
        dedupe_key=f"invitation:{invitation.pk}:{invitation.token_sha256}",
        params={"invitation": invitation.pk, "token": token},
        due_at=at,
    )
    plan_emails([draft], at=at)


def compose_invitation_mail(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Invite, if the invitation still stands."""
    invitation = Invitation.objects.select_related("invited_by").get(pk=email.params["invitation"])
    if not invitation.is_open(at):
        return Dropped(_("The invitation was used, withdrawn or has run out."))
    context = {
        "first_name": invitation.name.split()[0],
        "inviter": invitation.invited_by,
        "works_until": invitation.expires_at,
        "link": site_link("people:accept-invitation", email.params["token"]),
    }
    return Message("invitation", context, reply_to=invitation.invited_by.email)
