"""Admins find people and decide about them; nobody else gets in."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"
DECISIONS = ("deactivate", "reactivate", "forget-second-step")


@pytest.fixture
def browser(admin: User, browser_of: Callable[[User], Client]) -> Client:
    """The browser of an admin."""
    return browser_of(admin)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(statements)


def test_the_list_shows_who_matches(browser: Client, agent: User):
    PersonFactory(name="Marcus Bell")
    page = text_of(browser, f"{PEOPLE}?q=priya")
    assert "Priya Raman" in page
    assert "Marcus Bell" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("role=admin", ["Mateo Oyelaran"]),
        ("state=deactivated", ["Gone Away"]),
        ("team=blue", ["Priya Raman"]),
        ("role=nonsense&state=nonsense", ["Mateo Oyelaran", "Priya Raman"]),
        ("team=nowhere", ["Mateo Oyelaran", "Priya Raman"]),
        ("after=nonsense", ["Mateo Oyelaran", "Priya Raman"]),
        ("after=99999999999999999999999", ["Mateo Oyelaran", "Priya Raman"]),
    ],
)
def test_filters_narrow_the_list_and_nonsense_does_not(
    browser: Client, agent: User, query: str, expected: list[str]
):
    MembershipFactory(user=agent, team=TeamFactory(name="Blue"))
    PersonFactory(name="Gone Away", is_active=False)
    response = browser.get(f"{PEOPLE}?{query}")
    assert [row.name for row in response.context["page"].rows] == expected


def test_what_was_typed_stays_with_a_word_about_it(browser: Client):
    page = text_of(browser, f"{PEOPLE}?team=nowhere&q=priya")
    assert "No team is called “nowhere”." in page
    assert 'value="nowhere"' in page
    assert 'value="priya"' in page


def test_leafing_keeps_the_filter(browser: Client):
    for number in range(51):
        PersonFactory(name=f"Person {number:02}")
    response = browser.get(f"{PEOPLE}?q=person&role=agent")
    last = response.context["page"].rows[-1].id
    assert f'href="?q=person&amp;role=agent&amp;after={last}"' in response.content.decode()


@pytest.mark.parametrize("size", [1, 50])
def test_the_list_takes_four_queries(browser: Client, size: int):
    team = TeamFactory()
    for _ in range(size - 1):
        MembershipFactory(user=PersonFactory(), team=team)
    # the signed-in person, the rows, the team names and the tags to suggest
    assert queries_of(browser, PEOPLE) == 4


def test_a_person_page_takes_four_queries(browser: Client, agent: User):
    # the signed-in person, the person, their teams, their second steps
    assert queries_of(browser, f"{PEOPLE}{agent.pk}/") == 4


def test_roles_are_changed(browser: Client, agent: User):
    response = browser.post(f"{PEOPLE}{agent.pk}/", {"roles": ["lead", "author"]})
    assert response.headers["Location"] == f"{PEOPLE}{agent.pk}/"
    agent.refresh_from_db()
    assert agent.roles == [Role.LEAD, Role.AUTHOR]
    assert "Priya Raman has new roles." in text_of(browser, f"{PEOPLE}{agent.pk}/")


@pytest.mark.parametrize("roles", [[], ["root"]])
def test_no_role_or_a_made_up_one_is_refused(browser: Client, agent: User, roles: list[str]):
    response = browser.post(f"{PEOPLE}{agent.pk}/", {"roles": roles})
    assert response.status_code == HTTPStatus.OK
    agent.refresh_from_db()
    assert agent.roles == [Role.AGENT]


def test_an_admin_is_told_why_they_keep_their_role(browser: Client, admin: User):
    response = browser.post(f"{PEOPLE}{admin.pk}/", {"roles": ["agent"]})
    assert "You can’t take your own admin role away." in response.content.decode()
    admin.refresh_from_db()
    assert admin.roles == [Role.ADMIN]


@pytest.mark.parametrize("decision", DECISIONS)
def test_looking_at_a_question_decides_nothing(browser: Client, agent: User, decision: str):
    Authenticator.objects.create(user=agent, type="totp", data={})
    before = User.objects.filter(pk=agent.pk).values().get()
    text_of(browser, reverse(f"people:{decision}", args=[agent.pk]))
    assert User.objects.filter(pk=agent.pk).values().get() == before
    assert Authenticator.objects.count() == 1


def test_a_person_is_deactivated_and_reactivated(browser: Client, agent: User):
    browser.post(reverse("people:deactivate", args=[agent.pk]))
    agent.refresh_from_db()
    assert not agent.is_active
    browser.post(reverse("people:reactivate", args=[agent.pk]))
    agent.refresh_from_db()
    assert agent.is_active


def test_an_admin_is_told_why_they_cannot_leave(browser: Client, admin: User):
    response = browser.post(reverse("people:deactivate", args=[admin.pk]))
    assert "You can’t deactivate yourself." in response.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_a_lost_second_step_is_forgotten(browser: Client, agent: User):
    Authenticator.objects.create(user=agent, type="totp", data={})
    browser.post(reverse("people:forget-second-step", args=[agent.pk]))
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["person", *DECISIONS])
def test_nobody_is_behind_an_unknown_id(browser: Client, name: str):
    for someone in (10**6, 10**30):
        response = browser.get(reverse(f"people:{name}", args=[someone]))
        assert response.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.AUTHOR])
@pytest.mark.parametrize("name", ["person", *DECISIONS])
def test_only_admins_decide(
    browser_of: Callable[[User], Client], agent: User, role: Role, name: str
):
    browser = browser_of(PersonFactory(roles=[role]))
    address = reverse(f"people:{name}", args=[agent.pk])
    before = User.objects.filter(pk=agent.pk).values().get()
    assert browser.get(address).status_code == HTTPStatus.FORBIDDEN
    assert browser.post(address, {"roles": ["admin"]}).status_code == HTTPStatus.FORBIDDEN
    assert browser.get(PEOPLE).status_code == HTTPStatus.FORBIDDEN
    assert User.objects.filter(pk=agent.pk).values().get() == before
