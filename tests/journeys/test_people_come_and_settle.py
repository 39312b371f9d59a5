"""People's way in and through their pages, in a real browser."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django import Settings

from portal.kit.clock import now
from portal.people.actions.invitations import invite_person
from portal.people.models import User
from portal.people.permissions import Role
from portal.people.signals import invitation_made
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.browser import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Page, User], None]


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran")


@pytest.fixture
def agent() -> User:
    return PersonFactory(name="Priya Raman")


@pytest.fixture
def links() -> Iterator[list[str]]:
    """The links of the invitations that were made."""
    found: list[str] = []

    def take(token: str, **_: Any) -> None:
        found.append(f"/invitations/{token}/")

    invitation_made.connect(take)
    yield found
    invitation_made.disconnect(take)


def test_a_lead_is_invited_joins_and_sets_up_a_second_step(
    open_page: Callable[..., Page],
    sign_in: SignIn,
    admin: User,
    links: list[str],
    settings: Settings,
):
    TeamFactory(name="Scheduling Blue")
    office = open_page()
    sign_in(office, admin)
    office.goto("/people/invite/")
    office.get_by_label("Work e-mail").fill("dana@example.org")
    office.get_by_label("Name", exact=True).fill("Dana Whitfield")
    office.get_by_label("Team lead").check()
    office.get_by_label("Team", exact=True).fill("blue")
    office.get_by_role("button", name="Send invitation").click()
    expect(office.get_by_text("An invitation is on its way to dana@example.org.")).to_be_visible()

    settings.ENFORCE_MFA = True
    home = open_page(PHONE)
    home.goto(links[0])
    home.get_by_label("Choose a password").fill("seven quiet herons")
    home.get_by_label("Your time zone").select_option("America/Denver")
    home.get_by_role("button", name="Join and sign in").click()
    home.wait_for_url("**/accounts/2fa/**")

    home.goto("/accounts/2fa/totp/activate/")
    home.locator("input[name=password]").fill("seven quiet herons")
    home.locator("input[name=password]").press("Enter")
    home.wait_for_url("**/totp/activate/")
    secret = home.locator("#totp-secret").inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    home.locator("input[name=code]").fill(code)
    home.locator("input[name=code]").press("Enter")
    home.wait_for_url("**/recovery-codes/")

    home.goto("/profile/")
    expect(home.get_by_label("Time zone")).to_have_value("America/Denver")
    dana = User.objects.get(email="dana@example.org")
    assert list(dana.memberships.values_list("team__name", "is_lead")) == [
        ("Scheduling Blue", True)
    ]


def test_a_theme_is_kept_from_page_to_page(page: Page, sign_in: SignIn, agent: User):
    sign_in(page, agent)
    page.goto("/profile/")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_label("Pronouns").fill("she/her")
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_label("Pronouns")).to_have_value("she/her")


def test_the_pages_about_people_suit_everybody(
    open_page: Callable[..., Page],
    sign_in: SignIn,
    check_accessibility: Callable[[Page], None],
    admin: User,
    agent: User,
    links: list[str],
):
    MembershipFactory(user=agent, team=TeamFactory(name="Scheduling Blue"))
    PersonFactory(name="Gone Away With A Rather Long Name", is_active=False)
    Authenticator.objects.create(user=agent, type="totp", data={})
    invite_person(
        email="riley@example.org",
        name="Riley Santos",
        roles=[Role.AGENT],
        team=None,
        by=admin,
        at=now(),
    )
    person = f"/people/{agent.pk}/"
    inside = [
        "/people/?state=all&team=nowhere",
        "/people/?q=nobody",
        person,
        f"{person}deactivate/",
        f"{person}second-step/",
        "/people/invite/",
        "/people/invitations/",
        "/profile/",
        links[0],
    ]
    for window in (open_page(), open_page(PHONE)):
        for path in (links[0], "/invitations/nonsense/"):
            suits(window, path, check_accessibility)
        sign_in(window, admin)
        for path in inside:
            suits(window, path, check_accessibility)
        window.goto("/people/invite/")
        window.get_by_role("button", name="Send invitation").click()
        expect(window.get_by_role("alert")).to_be_focused()
        check_accessibility(window)


def suits(window: Page, path: str, check_accessibility: Callable[[Page], None]) -> None:
    """Fail if a page has a flaw that axe finds, or is wider than its window."""
    window.goto(path)
    check_accessibility(window)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert (path, window.evaluate(wide)) == (path, 0)
