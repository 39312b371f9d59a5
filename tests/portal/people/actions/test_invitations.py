"""An invitation brings exactly one person in, once, within 14 days."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from portal.audit.models import AuditEvent
from portal.people.actions.invitations import (
    AlreadyHere,
    InvitationClosed,
    accept_invitation,
    invite_person,
    renew_invitation,
    withdraw_invitation,
)
from portal.people.models import Invitation, Membership, Team, User
from portal.people.permissions import Role
from portal.people.queries.invitations import open_invitation
from portal.people.signals import invitation_made
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db
ADDRESS = "riley@example.org"
PASSWORD = "seven quiet herons"
FORTNIGHT = timedelta(days=14)


class Mailbox:
    """Receives the links that would be mailed."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def take(self, invitation: Invitation, token: str, **_: Any) -> None:
        """Keep a token."""
        self.tokens.append(token)


@pytest.fixture
def mailbox():
    """What the invited person finds in their mail."""
    box = Mailbox()
    invitation_made.connect(box.take)
    yield box
    invitation_made.disconnect(box.take)


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran", time_zone="Europe/Paris")


@pytest.fixture
def team() -> Team:
    return TeamFactory(name="Night desk")


def invite(by: User, at: datetime = MONDAY, **fields: Any) -> Invitation:
    details = {"email": ADDRESS, "name": "Riley Santos", "roles": [Role.AGENT], "team": None}
    return invite_person(**{**details, **fields}, by=by, at=at)


def accept(token: str, at: datetime = MONDAY, **fields: Any) -> User:
    details = {"name": "Riley Santos", "password": PASSWORD, "time_zone": "America/Chicago"}
    return accept_invitation(token, **{**details, **fields}, at=at)


def audit() -> list[tuple[str, str, str]]:
    events = AuditEvent.objects.exclude(subject_kind="people.team").order_by("pk")
    return list(events.values_list("actor_name", "verb", "subject_kind"))


def test_only_the_hash_of_the_token_is_kept(mailbox: Mailbox, admin: User):
    invitation = invite(admin)
    [token] = mailbox.tokens
    assert len(token) == 43  # 32 random bytes in URL-safe Base64
    assert invitation.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    values = Invitation.objects.values().get()
    assert token not in str(values)


def test_an_accepted_invitation_makes_a_person_with_a_confirmed_address(
    mailbox: Mailbox, admin: User, team: Team
):
    invitation = invite(admin, roles=[Role.LEAD, Role.AGENT], team=team)
    user = accept(mailbox.tokens[0], name="Riley S. Santos")
    assert (user.email, user.name, user.roles, user.time_zone, user.joined_on) == (
        ADDRESS,
        "Riley S. Santos",
        [Role.AGENT, Role.LEAD],
        "America/Chicago",
        date(2026, 11, 23),
    )
    assert user.check_password(PASSWORD)
    addresses = EmailAddress.objects.filter(user=user)
    assert list(addresses.values_list("email", "verified", "primary")) == [(ADDRESS, True, True)]
    memberships = Membership.objects.filter(user=user)
    assert list(memberships.values_list("team", "is_lead", "began_on", "ended_on")) == [
        (team.pk, True, date(2026, 11, 23), None)
    ]
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (MONDAY, user)
    assert audit() == [
        ("Mateo Oyelaran", "invited", "people.invitation"),
        ("Riley S. Santos", "joined", "people.membership"),
        ("Riley S. Santos", "accepted", "people.invitation"),
    ]


def test_an_agent_becomes_a_member_and_not_the_lead(mailbox: Mailbox, admin: User, team: Team):
    invite(admin, team=team)
    user = accept(mailbox.tokens[0])
    assert list(user.memberships.values_list("team", "is_lead")) == [(team.pk, False)]


def test_an_address_is_kept_in_lower_case(mailbox: Mailbox, admin: User):
    assert invite(admin, email=" Riley@Example.ORG ").email == ADDRESS


def test_an_invitation_works_until_the_last_second_of_its_fourteen_days(
    mailbox: Mailbox, admin: User
):
    invite(admin)
    assert accept(mailbox.tokens[0], at=MONDAY + FORTNIGHT - timedelta(seconds=1)).pk


def test_an_invitation_that_is_too_old_is_closed(mailbox: Mailbox, admin: User):
    invite(admin)
    with pytest.raises(InvitationClosed):
        accept(mailbox.tokens[0], at=MONDAY + FORTNIGHT)


def test_an_invitation_works_once(mailbox: Mailbox, admin: User):
    invite(admin)
    accept(mailbox.tokens[0])
    with pytest.raises(InvitationClosed):
        accept(mailbox.tokens[0])
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_a_withdrawn_invitation_is_closed(mailbox: Mailbox, admin: User):
    withdraw_invitation(invite(admin), by=admin, at=MONDAY)
    with pytest.raises(InvitationClosed):
        accept(mailbox.tokens[0])


def test_an_unknown_token_is_answered_like_an_old_one(mailbox: Mailbox, admin: User):
    invite(admin)
    with pytest.raises(InvitationClosed) as unknown:
        accept("nonsense")
    with pytest.raises(InvitationClosed) as old:
        accept(mailbox.tokens[0], at=MONDAY + FORTNIGHT)
    assert str(unknown.value) == str(old.value)


def test_inviting_again_replaces_the_earlier_link(mailbox: Mailbox, admin: User):
    first = invite(admin)
    second = invite(admin, at=MONDAY + timedelta(days=1), email=ADDRESS.upper())
    old, new = mailbox.tokens
    assert [open_invitation(token, MONDAY + timedelta(days=2)) for token in (old, new)] == [
        None,
        second,
    ]
    first.refresh_from_db()
    assert first.withdrawn_at == MONDAY + timedelta(days=1)


def test_renewing_gives_a_new_link_and_all_the_days_again(
    mailbox: Mailbox, admin: User, team: Team
):
    old = invite(admin, roles=[Role.LEAD], team=team)
    new = renew_invitation(old, by=admin, at=MONDAY + FORTNIGHT)
    assert (new.email, new.name, new.roles, new.team, new.expires_at) == (
        old.email,
        old.name,
        [Role.LEAD],
        team,
        MONDAY + 2 * FORTNIGHT,
    )
    assert mailbox.tokens[0] != mailbox.tokens[1]
    assert list(Invitation.objects.pending()) == [new]


def test_an_accepted_invitation_is_neither_renewed_nor_withdrawn(mailbox: Mailbox, admin: User):
    invitation = invite(admin)
    accept(mailbox.tokens[0])
    with pytest.raises(InvitationClosed):
        renew_invitation(invitation, by=admin, at=MONDAY)
    with pytest.raises(InvitationClosed):
        withdraw_invitation(invitation, by=admin, at=MONDAY)


def test_a_withdrawn_invitation_is_not_renewed(mailbox: Mailbox, admin: User):
    invitation = invite(admin)
    withdraw_invitation(invitation, by=admin, at=MONDAY)
    with pytest.raises(InvitationClosed):
        renew_invitation(invitation, by=admin, at=MONDAY)
    assert len(mailbox.tokens) == 1


@pytest.mark.parametrize("is_active", [True, False])
def test_somebody_who_is_here_is_not_invited(mailbox: Mailbox, admin: User, is_active: bool):
    PersonFactory(email=ADDRESS, is_active=is_active)
    with pytest.raises(AlreadyHere):
        invite(admin, email=ADDRESS.upper())
    assert mailbox.tokens == []


def test_a_confirmed_second_address_of_somebody_is_not_invited(mailbox: Mailbox, admin: User):
    EmailAddress.objects.create(user=PersonFactory(), email=ADDRESS, verified=True)
    with pytest.raises(AlreadyHere):
        invite(admin)


def test_somebody_who_came_another_way_meanwhile_keeps_their_account(mailbox: Mailbox, admin: User):
    invite(admin)
    person = PersonFactory(email=ADDRESS)
    with pytest.raises(InvitationClosed):
        accept(mailbox.tokens[0])
    assert list(User.objects.filter(email=ADDRESS)) == [person]


def test_what_a_receiver_writes_is_undone_with_the_invitation(mailbox: Mailbox, admin: User):
    def fail(**_: Any) -> None:
        raise RuntimeError

    invitation_made.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            invite(admin)
    finally:
        invitation_made.disconnect(fail)
    assert not Invitation.objects.exists()
