"""What the apps below tell us, and the mails that follow from it."""

from typing import Any

from django.dispatch import receiver

from portal.notifications.invitation_mail import plan_invitation_mail
from portal.people.models import Invitation
from portal.people.signals import invitation_made


@receiver(invitation_made)
def mail_the_invitation(invitation: Invitation, token: str, **_: Any) -> None:
    """Plan the mail with the invitation's link."""
    plan_invitation_mail(invitation, token, at=invitation.invited_at)
