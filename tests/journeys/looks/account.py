"""Pages of somebody's own account, and those before signing in."""

from tests.journeys.everything import Everything
from tests.journeys.looks.how import Look, at, everybody, press, without_a_name

ACCOUNT: dict[str, list[Look]] = {
    "account_login": [
        Look("visitor", at("account_login")),
        Look("visitor", at("account_login"), press("Sign in")),
    ],
    "account_logout": everybody(at("account_logout"), "nia"),
    "account_inactive": everybody(at("account_inactive"), "visitor"),
    "account_signup": everybody(at("account_signup"), "visitor"),
    "account_reauthenticate": everybody(at("account_reauthenticate"), "nia"),
    "account_email": everybody(at("account_email"), "nia"),
    "account_email_verification_sent": everybody(at("account_email_verification_sent"), "visitor"),
    "account_change_password": [
        Look("nia", at("account_change_password")),
        Look("nia", at("account_change_password"), press("Save my new password")),
    ],
    "account_reset_password": everybody(at("account_reset_password"), "visitor"),
    "account_reset_password_done": everybody(at("account_reset_password_done"), "visitor"),
    "account_reset_password_from_key": [
        Look("visitor", Everything.reset_path),
        Look("visitor", lambda there: "/accounts/password/reset/key/zzz-nonsense/"),
    ],
    "account_reset_password_from_key_done": everybody(
        at("account_reset_password_from_key_done"), "visitor"
    ),
    "account_confirm_email": [
        Look("visitor", Everything.confirmation_path),
        Look("visitor", lambda there: "/accounts/confirm-email/nonsense/"),
    ],
    "people:profile": [
        Look("nia", at("people:profile")),
        Look("nia", at("people:profile"), without_a_name),
    ],
    "people:accept-invitation": [
        Look("visitor", lambda there: there.invitation_path),
        Look("nia", lambda there: there.invitation_path),
        Look("visitor", lambda there: "/invitations/nonsense/", status=404),
    ],
    "notifications:preferences": everybody(at("notifications:preferences"), "nia"),
    "notifications:unsubscribe": [
        Look("visitor", Everything.unsubscribe_path),
        Look("visitor", lambda there: "/mail/unsubscribe/nonsense/", status=404),
    ],
}
