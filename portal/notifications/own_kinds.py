"""The kinds of mail that belong to the site itself: invitations, and mails about signing in."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.account_mails import compose_account_mail
from portal.notifications.invitation_mail import compose_invitation_mail
from portal.notifications.kinds import MailKind, register


def register_own_kinds() -> None:
    """Make them known; both hold private links, and a second copy harms nobody."""
    register(
        MailKind(
            name="invitation",
            label=_("Invitation"),
            about=_("When somebody invites you to Attune."),
            compose=compose_invitation_mail,
            is_secret=True,
            may_repeat_when_unknown=True,
        )
    )
    register(
        MailKind(
            name="account",
            label=_("Signing in"),
            about=_("When you ask for a link or a code, and when your account changes."),
            compose=compose_account_mail,
            is_secret=True,
            may_repeat_when_unknown=True,
        )
    )
