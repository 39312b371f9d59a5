"""Everybody keeps their own profile and theme."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.people.models import User
from tests.factories.people import MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
PROFILE = "/profile/"
THEME = "/profile/theme/"
FORM = {
    "name": "Priya R.",
    "pronouns": "she/her",
    "language": "en-us",
    "time_zone": "Asia/Manila",
    "work_starts": "22:00",
    "work_ends": "06:00",
    "working_days": ["5", "6"],
    "theme": "dark",
    "callers_wait": "double",
}


@pytest.fixture
def browser(agent: User, browser_of: Callable[[User], Client]) -> Client:
    """Priya's browser."""
    return browser_of(agent)


def test_the_page_shows_what_is_kept(browser: Client, agent: User):
    MembershipFactory(user=agent, team=TeamFactory(name="Scheduling Blue"))
    page = browser.get(PROFILE).content.decode()
    for shown in (
        "Scheduling Blue",
        'value="Priya Raman"',
        'value="09:00"',
        '<option value="America/New_York" selected>New York</option>',
        '<optgroup label="Asia">',
    ):
        assert shown in page


def test_the_page_leads_to_addresses_password_second_step_and_mails(browser: Client):
    page = browser.get(PROFILE).content.decode()
    names = ["account_email", "account_change_password", "mfa_index", "notifications:preferences"]
    assert [name for name in names if f'href="{reverse(name)}"' not in page] == []


def test_what_was_written_is_kept(browser: Client, agent: User):
    response = browser.post(PROFILE, FORM)
    assert response.headers["Location"] == PROFILE
    agent.refresh_from_db()
    assert (agent.name, agent.time_zone, agent.working_days, agent.theme) == (
        "Priya R.",
        "Asia/Manila",
        [5, 6],
        "dark",
    )
    assert (agent.shortcuts_enabled, agent.callers_wait) == (False, "double")
    assert response.cookies["theme"].value == "dark"


def test_nobody_raises_themselves_by_a_field_of_their_own(browser: Client, agent: User):
    browser.post(PROFILE, {**FORM, "roles": ["admin"], "is_staff": "on", "email": "x@example.org"})
    agent.refresh_from_db()
    assert (agent.roles, agent.is_staff, agent.email) == (["agent"], False, "priya@example.org")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"work_starts": "late"}, "Enter a valid time."),
        ({"work_ends": "22:00"}, "Work must end at another time than it starts."),
        ({"working_days": []}, "Choose at least one day."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"theme": "neon"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(
    browser: Client, agent: User, change: dict[str, object], message: str
):
    response = browser.post(PROFILE, {**FORM, **change})
    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert message in page
    assert 'value="she/her"' in page
    [field] = change
    assert list(response.context["form"].errors) == [field]
    agent.refresh_from_db()
    assert agent.name == "Priya Raman"


@pytest.mark.parametrize("teams", [1, 50])
def test_the_page_takes_two_queries(browser: Client, agent: User, teams: int):
    for _ in range(teams):
        MembershipFactory(user=agent, team=TeamFactory())
    browser.get(PROFILE)
    with CaptureQueriesContext(connection) as statements:
        browser.get(PROFILE)
    # the signed-in person, their teams
    assert len(statements) == 2


def test_a_visitor_signs_in_first(client: Client):
    assert client.get(PROFILE).headers["Location"] == "/accounts/login/?next=/profile/"


# The theme


def test_a_script_that_keeps_the_theme_gets_no_page(browser: Client, agent: User):
    response = browser.post(THEME, {"theme": "dark"}, headers={"accept": "*/*"})
    assert response.status_code == HTTPStatus.NO_CONTENT
    agent.refresh_from_db()
    assert agent.theme == "dark"


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("/library/", "/library/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_form_goes_back_to_its_page_and_nowhere_else(browser: Client, page: str, target: str):
    headers = {"accept": "text/html,*/*"}
    response = browser.post(THEME, {"theme": "light", "next": page}, headers=headers)
    assert (response.status_code, response.headers["Location"]) == (HTTPStatus.FOUND, target)


def test_a_visitor_s_theme_is_kept_in_a_cookie(client: Client):
    response = client.post(THEME, {"theme": "dark"})
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark", True, "Lax")
    assert 'data-bs-theme="dark"' in client.get(reverse("account_login")).content.decode()


def test_only_known_themes_are_kept(browser: Client, agent: User):
    assert browser.post(THEME, {"theme": "neon"}).status_code == HTTPStatus.BAD_REQUEST
    agent.refresh_from_db()
    assert agent.theme == "auto"


def test_looking_at_the_address_changes_nothing(browser: Client):
    assert browser.get(THEME).status_code == HTTPStatus.METHOD_NOT_ALLOWED
