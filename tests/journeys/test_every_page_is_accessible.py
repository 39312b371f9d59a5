"""Every page, in both themes and on all screens: nothing that axe finds, no sideways scrolling."""

import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import resolve
from playwright.sync_api import Page, expect

from portal.people.models import User
from tests.factories.people import PASSWORD, PersonFactory
from tests.journeys.everything import Everything, fill
from tests.journeys.looking import Eye
from tests.journeys.looks import LOOKS, VIEWERS
from tests.journeys.no_looks import NO_PAGES, SECOND_STEP
from tests.security.addresses import all_addresses

pytestmark = pytest.mark.journey

# Django's own pages, for operators only.
OPERATORS = "operators/"


@pytest.fixture
def there(house, mail_server) -> Everything:
    return fill(house, mail_server)


def test_every_address_is_looked_at():
    ours = {one.key for one in all_addresses() if not one.route.startswith(OPERATORS)}
    entered = [*LOOKS, *NO_PAGES, *SECOND_STEP]
    advice = "Give each of these a look in looks/, or say in no_looks.py why it has none:"
    assert ours - set(entered) == set(), advice
    assert set(entered) - ours == set(), "These addresses are gone; take them out of looks/:"
    assert len(entered) == len(set(entered)), "One entry for each address."


@pytest.mark.parametrize("who", VIEWERS)
def test_pages_suit(who, there, page, sign_in):
    eye = Eye(page)
    if who != "visitor":
        sign_in(page, getattr(there if hasattr(there, who) else there.house, who))
    for name, looks in LOOKS.items():
        for look in (one for one in looks if one.who == who):
            answer = page.goto(look.path(there))
            shown = resolve(urlsplit(page.url).path).view_name
            if answer is None or (shown, answer.status) != (name, look.status):
                eye.flaws.append(f"{name} leads to {page.url}: {answer and answer.status}")
                continue
            if look.first:
                look.first(page)
            eye.look(name)
    assert eye.flaws == []


def test_pages_without_anything_suit(live_server, open_page, sign_in):
    """The first day: no course, no team, no mail."""
    people_and_pages = {
        PersonFactory(): ("/learning/", "/library/"),
        PersonFactory(lead=True): ("/team/", "/assign/"),
        PersonFactory(admin=True): ("/content/", "/mail/", "/people/invitations/"),
    }
    for person, paths in people_and_pages.items():
        eye = Eye(open_page())
        sign_in(eye.page, person)
        for path in paths:
            eye.page.goto(path)
            eye.look("an empty page")
        assert eye.flaws == []


def test_pages_of_the_second_step_suit(live_server, page, sign_in, settings):
    settings.ENFORCE_MFA = True
    sam = PersonFactory(name="Sam Secure", lead=True)
    eye, seen = Eye(page), set()

    def look(name: str) -> None:
        assert resolve(urlsplit(page.url).path).view_name == name
        eye.look(name)
        seen.add(name)

    sign_in(page, sam)
    look("mfa_index")
    page.get_by_role("link", name="Set up an app").click()
    confirm_password(page)
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Turn the app on").click()
    look("mfa_activate_totp")
    page.get_by_label("Code from the app").fill(code_now(page.locator("#totp-secret").inner_text()))
    page.get_by_role("button", name="Turn the app on").click()
    page.wait_for_url("**/recovery-codes/")
    look("mfa_view_recovery_codes")
    for path, name in (
        ("", "mfa_index"),
        ("recovery-codes/generate/", "mfa_generate_recovery_codes"),
        ("totp/deactivate/", "mfa_deactivate_totp"),
        ("webauthn/", "mfa_list_webauthn"),
        ("reauthenticate/", "mfa_reauthenticate"),
    ):
        page.goto(f"/accounts/2fa/{path}")
        look(name)
    add_passkey(page, look)
    for label, name in (("Rename", "mfa_edit_webauthn"), ("Remove", "mfa_remove_webauthn")):
        page.goto("/accounts/2fa/webauthn/")
        page.get_by_role("link", name=label).click()
        look(name)
    page.goto("/accounts/2fa/webauthn/reauthenticate/")
    look("mfa_reauthenticate_webauthn")
    sign_in_again(page, sam)
    look("mfa_authenticate")
    assert eye.flaws == []
    assert seen == SECOND_STEP


def test_error_pages_suit(there, page, sign_in, monkeypatch):
    eye = Eye(page)
    sign_in(page, there.nia)

    def break_down(*_: object) -> None:
        raise RuntimeError("broken by a test")

    monkeypatch.setattr("courses.views.learn.library_for", break_down)
    for path, status in (("/nowhere/", 404), ("/team/", 403), ("/library/", 500)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        eye.look(str(status))
    page.goto("/profile/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_role("heading", name="This page has been open for a while")).to_be_visible()
    eye.look("403 for an old form")
    assert eye.flaws == []


def confirm_password(page: Page) -> None:
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/totp/activate/**")


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_passkey(page: Page, look) -> None:
    """Make a passkey with a security key that this browser pretends to have."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    verified = {"hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options | verified})
    page.goto("/accounts/2fa/webauthn/add/")
    look("mfa_add_webauthn")
    page.get_by_role("button", name="Ask my device").click()
    page.wait_for_url("**/2fa/")
    page.goto("/accounts/2fa/webauthn/")
    look("mfa_list_webauthn")


def sign_in_again(page: Page, person: User) -> None:
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/2fa/authenticate/**")
