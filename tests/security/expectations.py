"""Who gets which answer from every address: the whole table of access, written by hand.

Each row gives, for each method, the answers to the viewers in the order of `VIEWERS`: ok (200),
done (204), go (a redirect), sign-in (a redirect to signing in), bad (400), no (403), none (404),
how (405), clash (409), mend (422), later (429). A POST is sent without any fields.

To add an address, run the test: it fails with the row that is answered now, ready to be pasted.
Think before you do; the row is what you answer for. An address with parameters first needs a
`Target` in `tests/security/objects.py`.
"""

from collections.abc import Mapping

VIEWERS = ("visitor", "agent", "lead", "author", "admin", "operator", "deactivated")
Row = Mapping[str, str]
_SIGNED_IN = VIEWERS[1:-1]


def row(*, get: str, post: str, put: str | None = None, delete: str | None = None) -> Row:
    """Write a row; PUT and DELETE are answered like POST where nothing is said."""
    return {"get": get, "post": post, "put": put or post, "delete": delete or put or post}


def everybody(answer: str) -> str:
    """Answer all viewers alike."""
    return " ".join([answer] * len(VIEWERS))


def signed_in(answer: str, others: str = "sign-in") -> str:
    """Answer whoever has signed in, whatever their roles."""
    return " ".join([others, *[answer] * len(_SIGNED_IN), others])


def only(viewer: str, answer: str, others: str = "no", visitors: str = "sign-in") -> str:
    """Answer one kind of viewer, and refuse the others."""
    inside = [answer if one == viewer else others for one in _SIGNED_IN]
    return " ".join([visitors, *inside, visitors])


_ADMINS_READ = row(get=only("admin", "ok"), post=only("admin", "how"))
_ADMINS_FILL_IN = row(get=only("admin", "ok"), post=only("admin", "ok"), put=only("admin", "how"))
_ADMINS_CONFIRM = row(get=only("admin", "ok"), post=only("admin", "go"), put=only("admin", "how"))
_ADMINS_POST = row(get=only("admin", "how"), post=only("admin", "go"), put=only("admin", "how"))

PEOPLE: dict[str, Row] = {
    "people:people-list": _ADMINS_READ,
    "people:invite": _ADMINS_FILL_IN,
    "people:invitations": _ADMINS_READ,
    "people:withdraw-invitation": _ADMINS_POST,
    "people:renew-invitation": _ADMINS_POST,
    "people:person": _ADMINS_FILL_IN,
    "people:deactivate": _ADMINS_CONFIRM,
    "people:reactivate": _ADMINS_CONFIRM,
    "people:forget-second-step": _ADMINS_CONFIRM,
    "people:profile": row(get=signed_in("ok"), post=signed_in("ok"), put=signed_in("how")),
    "people:theme": row(get=everybody("how"), post=everybody("bad"), put=everybody("how")),
    "people:accept-invitation": row(
        get=everybody("ok"), post=everybody("ok"), put=everybody("how")
    ),
}

EXPECTATIONS: dict[str, Row] = {**PEOPLE}

# Requests from elsewhere that need no token of ours
WITHOUT_CSRF_TOKEN: frozenset[str] = frozenset()

# What opens before the second step: setting one up, confirming one's address, and leaving
WITHOUT_SECOND_STEP = frozenset(
    {
        "account_confirm_email",
        "account_email",
        "account_email_verification_sent",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "people:theme",
    }
)
