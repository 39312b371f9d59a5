"""The link of an invitation lets one person in, and tells others nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from portal.kit.clock import now
from portal.people.actions.invitations import invite_person, withdraw_invitation
from portal.people.models import Invitation, User
from portal.people.permissions import Role
from portal.people.signals import invitation_made
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
RILEY = "riley@example.org"
FORM = {
    "name": "Riley Santos",
    "password": "seven quiet herons",
    "time_zone": "Asia/Manila",
}


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran", time_zone="Europe/Paris")


@pytest.fixture
def invite(admin: User) -> Callable[..., str]:
    """A function that invites Riley and returns the path of the link."""

    def make(role: Role = Role.AGENT, days_ago: int = 1, email: str = RILEY) -> str:
        tokens: list[str] = []

        def take(token: str, **_: Any) -> None:
            tokens.append(token)

        invitation_made.connect(take)
        invite_person(
            email=email,
            name="Riley",
            roles=[role],
            team=None,
            by=admin,
            at=now() - timedelta(days=days_ago),
        )
        invitation_made.disconnect(take)
        return f"/invitations/{tokens[0]}/"

    return make


def test_the_page_knows_the_name_and_guesses_the_zone(client: Client, invite: Callable[..., str]):
    page = client.get(invite())
    initial = page.context["form"].initial
    assert initial == {"name": "Riley", "time_zone": "Europe/Paris"}
    assert "riley@example.org" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_joining_signs_in(client: Client, invite: Callable[..., str]):
    response = client.post(invite(), FORM)
    assert (response.status_code, response.headers["Location"]) == (HTTPStatus.FOUND, "/")
    person = User.objects.get(email="riley@example.org")
    assert (person.name, person.time_zone) == ("Riley Santos", "Asia/Manila")
    assert client.get("/profile/").context["user"] == person


def test_a_lead_goes_on_to_their_second_step(
    client: Client, invite: Callable[..., str], settings: Settings
):
    settings.ENFORCE_MFA = True
    client.post(invite(Role.LEAD), FORM)
    assert client.get("/profile/").headers["Location"].startswith("/accounts/2fa/")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "too short"}, "at least 12 characters"),
        ({"password": "riley santos 1"}, "too similar to the name"),
        ({"password": "riley@example.org"}, "too similar to the e-mail"),
        ({"name": ""}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_comes_in(
    client: Client, invite: Callable[..., str], change: dict[str, str], message: str
):
    response = client.post(invite(), {**FORM, **change})
    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert message in page
    assert FORM["password"] not in page
    assert not User.objects.filter(email="riley@example.org").exists()


def test_links_that_do_not_work_look_all_the_same(invite: Callable[..., str], admin: User):
    deleted = invite()
    Invitation.objects.all().delete()
    expired = invite(days_ago=15, email="marcus@example.org")
    withdrawn = invite()
    withdraw_invitation(Invitation.objects.pending().get(email=RILEY), by=admin, at=now())
    used = invite()
    Client().post(used, FORM)

    answers = [
        getattr(Client(), method)(path, FORM)
        for path in (deleted, expired, withdrawn, used, "/invitations/nonsense/")
        for method in ("get", "post")
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
    tokens = re.compile(r'(value|data-csrf)="\w{64}"')
    assert len({tokens.sub("", answer.content.decode()) for answer in answers}) == 1


def test_a_link_opened_in_the_browser_of_somebody_else_asks_to_sign_out(
    invite: Callable[..., str], agent: User, browser_of: Callable[[User], Client]
):
    link = invite()
    browser = browser_of(agent)
    page = browser.get(link)
    assert "Priya Raman is signed in here" in page.content.decode()
    browser.post(link, FORM)
    assert not User.objects.filter(email="riley@example.org").exists()
    response = browser.post("/accounts/logout/", {"next": link})
    assert response.headers["Location"] == link
    assert browser.post(link, FORM).headers["Location"] == "/"
