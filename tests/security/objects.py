"""The people and things of the access tests, and what fills the parameters of each address.

To add an address with parameters, put its name into `TARGETS` with a function that takes the world
and returns a `Target`:

- `own`: values for a thing that belongs to the agent (and so to the team of the lead) of the world.
- `foreign`: values for the same kind of thing in the other team. Whoever may not see it must get
  the very answer of `missing`. Where no such thing can exist, say why in `nobody_elses` instead.
- `missing`: values for a thing that does not exist.

A new kind of thing becomes a field of `World`, made in `build_world` (once for the agent, once for
the stranger).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from portal.audit.models import AuditEvent, record
from portal.kit.clock import now
from portal.people.actions.invitations import invite_person
from portal.people.models import Invitation, Membership, Team, User
from portal.people.permissions import Role
from portal.people.signals import invitation_made
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

Values = Mapping[str, object]
NOBODY = 10**9


@dataclass(frozen=True)
class World:
    """Two teams, one viewer for each column of the tables, and things of both teams."""

    viewers: dict[str, User]
    cookies: dict[str, SimpleCookie]
    stranger: User
    team: Team
    membership: Membership
    invitation: Invitation
    token: str
    event: AuditEvent
    passkeys: dict[str, Authenticator]
    unconfirmed: EmailAddress

    @property
    def agent(self) -> User:
        """The agent among the viewers."""
        return self.viewers["agent"]


@dataclass(frozen=True)
class Target:
    """What fills the parameters of one address."""

    own: Values
    missing: Values
    foreign: Values | None = None
    nobody_elses: str = ""


def build_world() -> World:
    """Make the world; every access test has one of its own."""
    blue, gold = TeamFactory(name="Blue"), TeamFactory(name="Gold")
    viewers = _viewers()
    membership = MembershipFactory(user=viewers["agent"], team=blue)
    MembershipFactory(user=viewers["lead"], team=blue, is_lead=True)
    stranger = PersonFactory(name="Stranger")
    MembershipFactory(user=stranger, team=gold)
    invitation, token = _invite(by=viewers["admin"], team=blue)
    passkeys = {"own": _give_passkey(viewers["agent"]), "foreign": _give_passkey(stranger)}
    unconfirmed = EmailAddress.objects.create(user=stranger, email="new@example.org")
    return World(
        viewers=viewers,
        cookies={"visitor": SimpleCookie()} | {who: _sign_in(p) for who, p in viewers.items()},
        stranger=stranger,
        team=blue,
        membership=membership,
        invitation=invitation,
        token=token,
        event=record("invited", invitation, by=viewers["admin"], at=now()),
        passkeys=passkeys,
        unconfirmed=unconfirmed,
    )


def _viewers() -> dict[str, User]:
    return {
        "agent": PersonFactory(name="Agent"),
        "lead": PersonFactory(name="Lead", lead=True),
        "author": PersonFactory(name="Author", author=True),
        "admin": PersonFactory(name="Admin", admin=True),
        "operator": PersonFactory(name="Operator", is_staff=True, is_superuser=True),
        "deactivated": PersonFactory(name="Deactivated", roles=list(Role), is_active=False),
    }


def _sign_in(person: User) -> SimpleCookie:
    client = Client()
    client.force_login(person)
    return client.cookies


def _give_passkey(person: User) -> Authenticator:
    RecoveryCodes.activate(person)
    return WebAuthn.add(person, "Passkey", _registered_passkey()).instance


def _registered_passkey() -> dict[str, object]:
    """Return what a browser sends when it has made a passkey."""
    public_key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    credential = AttestedCredentialData.create(b"\0" * 16, b"credential", public_key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    seen = AuthenticatorData.create(b"\0" * 32, flags, 0, credential)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    return {
        "id": websafe_encode(b"credential"),
        "rawId": websafe_encode(b"credential"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
        "clientExtensionResults": {},
    }


def _invite(by: User, team: Team) -> tuple[Invitation, str]:
    tokens: list[str] = []

    def take(token: str, **_: Any) -> None:
        tokens.append(token)

    invitation_made.connect(take)
    invitation = invite_person(
        email="riley@example.org", name="Riley", roles=[Role.AGENT], team=team, by=by, at=now()
    )
    invitation_made.disconnect(take)
    return invitation, tokens[0]


# What fills the parameters


def _of_everybody(own: Callable[[World], object], parameter: str) -> Callable[[World], Target]:
    """Fill the id of something that whoever gets in may see, whosever it is."""
    return lambda world: Target(
        own={parameter: own(world)},
        missing={parameter: NOBODY},
        nobody_elses="whoever gets in here may see all of them",
    )


def _of_passkey(world: World) -> Target:
    return Target(
        own={"pk": world.passkeys["own"].pk},
        foreign={"pk": world.passkeys["foreign"].pk},
        missing={"pk": NOBODY},
    )


def _of_link(parameter: str, secret: Callable[[World], str]) -> Callable[[World], Target]:
    """Fill the secret of a link from a mail, which is the permission itself."""
    return lambda world: Target(
        own={parameter: secret(world)},
        missing={parameter: "nonsense"},
        nobody_elses="whoever has the link from the mail may use it",
    )


def _of_reset_link(world: World) -> Target:
    stranger = world.stranger
    return Target(
        own={
            "uidb36": user_pk_to_url_str(stranger),
            "key": default_token_generator.make_token(stranger),
        },
        missing={"uidb36": "zzzzzz", "key": "nonsense"},
        nobody_elses="whoever has the link from the mail may use it",
    )


TARGETS: dict[str, Callable[[World], Target]] = {
    **{
        f"people:{name}": _of_everybody(lambda world: world.agent.pk, "person_id")
        for name in ("person", "deactivate", "reactivate", "forget-second-step")
    },
    **{
        f"people:{name}-invitation": _of_everybody(
            lambda world: world.invitation.pk, "invitation_id"
        )
        for name in ("renew", "withdraw")
    },
    "people:accept-invitation": _of_link("token", lambda world: world.token),
    "account_confirm_email": _of_link(
        "key", lambda world: EmailConfirmationHMAC(world.unconfirmed).key
    ),
    "account_reset_password_from_key": _of_reset_link,
    "mfa_remove_webauthn": _of_passkey,
    "mfa_edit_webauthn": _of_passkey,
}

# The operators' admin: the same addresses for each of its models
ADMIN_OBJECTS: dict[str, Callable[[World], object]] = {
    "account_emailaddress": lambda world: world.unconfirmed.pk,
    "audit_auditevent": lambda world: world.event.pk,
    "mfa_authenticator": lambda world: world.passkeys["own"].pk,
    "people_invitation": lambda world: world.invitation.pk,
    "people_membership": lambda world: world.membership.pk,
    "people_team": lambda world: world.team.pk,
    "people_user": lambda world: world.agent.pk,
}
for _model, _pk in ADMIN_OBJECTS.items():
    _fill = _of_everybody(_pk, "object_id")
    for _page in ("change", "delete", "history"):
        TARGETS[f"admin:{_model}_{_page}"] = _fill
    TARGETS[f"operators/{_model.replace('_', '/')}/<path:object_id>/"] = _fill


def _of_admin_page(**values: str) -> Callable[[World], Target]:
    return lambda world: Target(
        own=values, missing=values, nobody_elses="the same page for every operator"
    )


def _of_page_on_site(world: World) -> Target:
    values = {
        "content_type_id": ContentType.objects.get_for_model(User).pk,
        "object_id": world.agent.pk,
    }
    return Target(own=values, missing=values, nobody_elses="nothing has a page of this kind")


TARGETS |= {
    "admin:app_list": _of_admin_page(app_label="people"),
    "admin:view_on_site": _of_page_on_site,
    "operators/(?P<url>.*)$": _of_admin_page(url="nowhere"),
}
