"""The words of allauth's mails: what each says, and where its button leads."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Message, Words
from portal.notifications.models import OutgoingEmail


@dataclass(frozen=True)
class AccountMail:
    """One mail about signing in.

    `text` and `ending` may name values of allauth's context, as in `%(to_email)s`. `link` is the
    value the button leads to. A notice tells of a change: when, and from which device.
    """

    subject: Words
    text: Words
    button: Words = ""
    link: str = ""
    ending: Words = ""


_NOT_YOU = _(
    "If this wasn’t you, choose a new password now and reply to this mail, so that we can help."
)
_IGNORE = _("If you didn’t ask for this, you can leave this mail alone. Nothing has changed.")
_CONFIRM_ADDRESS = AccountMail(
    subject=_("Confirm your e-mail address"),
    text=_("Somebody, we hope you, gave this address for an account on Attune."),
    button=_("Confirm this address"),
    link="activate_url",
    ending=_IGNORE,
)

# By the last word of allauth's template prefix, as in `account/email/password_reset_key`.
ACCOUNT_MAILS: dict[str, AccountMail] = {
    "email_confirmation": _CONFIRM_ADDRESS,
    "email_confirmation_signup": _CONFIRM_ADDRESS,
    "password_reset_key": AccountMail(
        subject=_("Choose a new password"),
        text=_(
            "You asked for a new password for Attune. The link below works once, for three days."
        ),
        button=_("Choose a new password"),
        link="password_reset_url",
        ending=_IGNORE,
    ),
    "password_reset_code": AccountMail(
        subject=_("Your code for a new password"),
        text=_("Type this code into the page that is open in your browser."),
        ending=_IGNORE,
    ),
    "login_code": AccountMail(
        subject=_("Your sign-in code"),
        text=_("Type this code into the page that is open in your browser."),
        ending=_IGNORE,
    ),
    "unknown_account": AccountMail(
        subject=_("No account with this address"),
        text=_(
            "Somebody, perhaps you, tried to sign in to Attune with this address, but no account"
            " uses it. You may have another address for work. If you’re new, ask your team lead"
            " for an invitation."
        ),
        ending=_("If it wasn’t you, you can leave this mail alone."),
    ),
    "account_already_exists": AccountMail(
        subject=_("You already have an account"),
        text=_(
            "Somebody, perhaps you, tried to open an account with this address, which has one."
            " If you’ve forgotten the password, you can choose a new one."
        ),
        button=_("Choose a new password"),
        link="password_reset_url",
        ending=_IGNORE,
    ),
    "password_changed": AccountMail(
        subject=_("Your password was changed"),
        text=_("The password of your Attune account was changed."),
        ending=_NOT_YOU,
    ),
    "password_reset": AccountMail(
        subject=_("You have a new password"),
        text=_("A new password was chosen for your Attune account, with a link we e-mailed."),
        ending=_NOT_YOU,
    ),
    "password_set": AccountMail(
        subject=_("Your account has a password now"),
        text=_("A password was set for your Attune account."),
        ending=_NOT_YOU,
    ),
    "email_changed": AccountMail(
        subject=_("Your e-mail address was changed"),
        text=_("Your Attune account now uses %(to_email)s instead of %(from_email)s."),
        ending=_NOT_YOU,
    ),
    "email_confirm": AccountMail(
        subject=_("Your e-mail address is confirmed"),
        text=_("This address is now confirmed for your Attune account."),
        ending=_NOT_YOU,
    ),
    "email_deleted": AccountMail(
        subject=_("An e-mail address was removed"),
        text=_("The address %(deleted_email)s was removed from your Attune account."),
        ending=_NOT_YOU,
    ),
    "totp_activated": AccountMail(
        subject=_("Authenticator app added"),
        text=_("Signing in to Attune now asks for a code from your authenticator app."),
        ending=_NOT_YOU,
    ),
    "totp_deactivated": AccountMail(
        subject=_("Authenticator app removed"),
        text=_("Signing in to Attune doesn’t ask for a code from your authenticator app any more."),
        ending=_NOT_YOU,
    ),
    "webauthn_added": AccountMail(
        subject=_("Passkey added"),
        text=_("A passkey or security key was added to your Attune account."),
        ending=_NOT_YOU,
    ),
    "webauthn_removed": AccountMail(
        subject=_("Passkey removed"),
        text=_("A passkey or security key was removed from your Attune account."),
        ending=_NOT_YOU,
    ),
    "recovery_codes_generated": AccountMail(
        subject=_("New recovery codes"),
        text=_("New recovery codes were made for your account. The old ones work no longer."),
        ending=_NOT_YOU,
    ),
}


def compose_account_mail(email: OutgoingEmail, at: datetime) -> Message:
    """Say what allauth asked to say, in our words."""
    values = email.params
    mail = ACCOUNT_MAILS[values["mail"]]
    happened_at = values.get("timestamp")
    context = {
        "heading": mail.subject,
        "text": str(mail.text) % values,
        "code": values.get("code", ""),
        "button": mail.button,
        "link": values.get(mail.link, ""),
        "happened_at": parse_datetime(happened_at) if happened_at else None,
        "ip_address": values.get("ip", ""),
        "browser": values.get("user_agent", ""),
        "ending": mail.ending,
    }
    return Message("account", context)
