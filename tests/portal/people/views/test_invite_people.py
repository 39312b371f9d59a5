"""Admins invite people, send invitations again and withdraw them; nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.kit.clock import now
from portal.notifications.models import OutgoingEmail
from portal.people.actions.invitations import invite_person
from portal.people.models import Invitation, User
from portal.people.permissions import Role
from tests.factories.people import PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db
INVITE = "/people/invite/"
INVITATIONS = "/people/invitations/"
RILEY = {"email": "Riley@Example.org", "name": "Riley Santos", "roles": ["agent"], "team": ""}


@pytest.fixture
def browser(admin: User, browser_of: Callable[[User], Client]) -> Client:
    """The browser of an admin."""
    return browser_of(admin)


def invited(by: User, number: int = 1) -> Invitation:
    return invite_person(
        email=f"new-{number}@example.org",
        name=f"New {number}",
        roles=[Role.AGENT],
        team=TeamFactory(),
        by=by,
        at=now() - timedelta(days=1),
    )


def mails() -> list[str]:
    planned = OutgoingEmail.objects.filter(kind="invitation")
    return sorted(planned.values_list("to_address", flat=True))


def test_an_invitation_is_made_and_mailed(browser: Client, admin: User):
    team = TeamFactory(name="Night desk")
    response = browser.post(INVITE, {**RILEY, "roles": ["agent", "lead"], "team": "night"})
    assert response.headers["Location"] == INVITATIONS
    [invitation] = Invitation.objects.all()
    assert (invitation.email, invitation.name, invitation.roles, invitation.team) == (
        "riley@example.org",
        "Riley Santos",
        ["agent", "lead"],
        team,
    )
    assert invitation.invited_by == admin
    assert mails() == ["riley@example.org"]
    page = browser.get(INVITATIONS).content.decode()
    assert "An invitation is on its way to riley@example.org." in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"email": "riley"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"roles": []}, "Choose at least one role."),
        ({"team": "nowhere"}, "No team is called “nowhere”."),
        ({"email": "priya@example.org"}, "Somebody with this address is in Attune already."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(
    browser: Client, agent: User, change: dict[str, object], message: str
):
    response = browser.post(INVITE, {**RILEY, **change})
    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert message in page
    for field in {"email", "name"} - change.keys():
        assert f'value="{RILEY[field]}"'.lower() in page.lower()
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again(browser: Client, admin: User):
    old = invited(admin)
    browser.post(reverse("people:renew-invitation", args=[old.pk]))
    assert [new.expires_at > old.expires_at for new in Invitation.objects.pending()] == [True]
    assert mails() == ["new-1@example.org", "new-1@example.org"]


def test_an_invitation_is_withdrawn(browser: Client, admin: User):
    invitation = invited(admin)
    browser.post(reverse("people:withdraw-invitation", args=[invitation.pk]))
    assert not Invitation.objects.pending().exists()


@pytest.mark.parametrize("name", ["renew-invitation", "withdraw-invitation"])
def test_what_is_closed_already_is_answered_with_a_word(browser: Client, admin: User, name: str):
    invitation = invited(admin)
    Invitation.objects.update(withdrawn_at=now())
    response = browser.post(reverse(f"people:{name}", args=[invitation.pk]), follow=True)
    assert "This invitation was accepted or withdrawn already." in response.content.decode()


@pytest.mark.parametrize("size", [1, 50])
def test_the_list_takes_two_queries(browser: Client, admin: User, size: int):
    for number in range(size):
        invited(admin, number)
    browser.get(INVITATIONS)
    with CaptureQueriesContext(connection) as statements:
        assert browser.get(INVITATIONS).status_code == HTTPStatus.OK
    # the signed-in person, the invitations
    assert len(statements) == 2


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.AUTHOR])
def test_only_admins_invite(browser_of: Callable[[User], Client], admin: User, role: Role):
    invitation = invited(admin)
    browser = browser_of(PersonFactory(roles=[role]))
    answers = [
        browser.post(INVITE, RILEY),
        browser.get(INVITATIONS),
        browser.post(reverse("people:renew-invitation", args=[invitation.pk])),
        browser.post(reverse("people:withdraw-invitation", args=[invitation.pk])),
    ]
    assert [answer.status_code for answer in answers] == [HTTPStatus.FORBIDDEN] * 4
    assert list(Invitation.objects.pending()) == [invitation]
