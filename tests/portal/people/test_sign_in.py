"""Signing in and resetting a password tell nobody who is here, and cannot be tried at will."""

import re
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import hashers
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
PROFILE = "/profile/"


def try_to_sign_in(client: Client, email: str, password: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password})


def page(response: HttpResponse, *without: str) -> str:
    """Return a page but for what differs anyway: its CSRF tokens and the address typed in."""
    text = re.sub(r'(csrfmiddlewaretoken" value|data-csrf)="\w+"', "", response.content.decode())
    for word in without:
        text = text.replace(word, "")
    return text


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is hashed, which is what costs time."""
    passwords: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def count(self: object, password: str, *args: object, **kwargs: object) -> str:
        passwords.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", count)
    return passwords


def test_a_person_signs_in_with_address_and_password(client: Client, agent: User):
    response = try_to_sign_in(client, "Priya@Example.org", PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (HTTPStatus.FOUND, "/")
    assert client.get(PROFILE).status_code == HTTPStatus.OK


def test_signing_in_changes_the_session_key_and_leaves_the_old_one_dead(
    client: Client, agent: User
):
    client.get(LOGIN)
    session = client.session
    session["anything"] = 1
    session.save()
    before = session.session_key
    try_to_sign_in(client, agent.email, PASSWORD)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_an_unknown_address_gets_the_page_of_a_wrong_password(client: Client, agent: User):
    wrong = try_to_sign_in(client, agent.email, "a wrong word")
    unknown = try_to_sign_in(client, "nobody@example.org", "a wrong word")
    assert wrong.status_code == unknown.status_code == HTTPStatus.OK
    assert page(wrong, agent.email) == page(unknown, "nobody@example.org")


@pytest.mark.parametrize("kind", ["known", "unknown", "deactivated", "without password"])
def test_every_attempt_costs_one_hash(client: Client, hashed: list[str], kind: str):
    person = PersonFactory(is_active=kind != "deactivated")
    if kind == "without password":
        person.set_unusable_password()
        person.save()
    address = "nobody@example.org" if kind == "unknown" else person.email
    hashed.clear()
    try_to_sign_in(client, address, "a wrong word")
    assert len(hashed) == 1


def test_a_reset_looks_the_same_for_a_known_and_an_unknown_address(client: Client, agent: User):
    known = client.post(RESET, {"email": agent.email}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert page(known) == page(unknown)


def test_a_reset_writes_one_mail_either_way(client: Client, agent: User):
    for address in (agent.email, "nobody@example.org"):
        client.post(RESET, {"email": address})
    mails = OutgoingEmail.objects.values_list("to_address", "params__mail")
    assert set(mails) == {
        (agent.email, "password_reset_key"),
        ("nobody@example.org", "unknown_account"),
    }


def test_a_deactivated_person_cannot_sign_in_or_reset(client: Client):
    person = PersonFactory(is_active=False)
    response = try_to_sign_in(client, person.email, PASSWORD)
    assert response.headers["Location"] == reverse("account_inactive")
    assert client.get(PROFILE).status_code == HTTPStatus.FOUND
    client.post(RESET, {"email": person.email})
    assert list(OutgoingEmail.objects.values_list("params__mail", flat=True)) == ["unknown_account"]


def test_an_unconfirmed_address_has_to_be_confirmed_first(client: Client):
    person = PersonFactory(verified=False)
    response = try_to_sign_in(client, person.email, PASSWORD)
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert client.get(PROFILE).status_code == HTTPStatus.FOUND


def test_an_account_can_be_tried_five_times_in_five_minutes(client: Client, agent: User):
    for _ in range(5):
        try_to_sign_in(client, agent.email, "a wrong word")
    response = try_to_sign_in(client, agent.email, PASSWORD)
    assert response.status_code == HTTPStatus.OK, "the right password comes too late"
    assert client.get(PROFILE).status_code == HTTPStatus.FOUND


def test_a_locked_account_locks_nobody_else_at_the_same_address(client: Client, agent: User):
    for _ in range(6):
        try_to_sign_in(client, agent.email, "a wrong word")
    assert try_to_sign_in(client, PersonFactory().email, PASSWORD).headers["Location"] == "/"


def test_one_address_on_the_net_cannot_try_accounts_without_end(client: Client, settings: Settings):
    settings.ACCOUNT_RATE_LIMITS = {**django_settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    statuses = [
        try_to_sign_in(client, f"nobody-{number}@example.org", "a wrong word").status_code
        for number in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_resets_of_one_address_are_few(client: Client, agent: User):
    for _ in range(7):
        client.post(RESET, {"email": agent.email})
    assert OutgoingEmail.objects.count() == 5


def test_behind_the_proxy_the_caller_counts_and_not_what_they_claim(
    client: Client, settings: Settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**django_settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}

    def status(forwarded_for: str) -> int:
        form = {"login": "nobody@example.org", "password": "a wrong word"}
        headers = {"x-forwarded-for": forwarded_for}
        return client.post(LOGIN, form, headers=headers).status_code

    callers = ["198.51.100.7", "203.0.113.9", "192.0.2.1, 198.51.100.7"]
    assert [status(caller) for caller in callers] == [200, 200, 429]


def test_a_new_password_ends_the_other_sessions(agent: User, browser_of: Callable[[User], Client]):
    here, elsewhere = browser_of(agent), browser_of(agent)
    form = {
        "oldpassword": PASSWORD,
        "password1": "nine calm otters",
        "password2": "nine calm otters",
    }
    here.post(reverse("account_change_password"), form)
    assert here.get(PROFILE).status_code == HTTPStatus.OK
    assert elsewhere.get(PROFILE).status_code == HTTPStatus.FOUND


def test_sessions_outlive_a_changed_secret_key(client: Client, agent: User, settings: Settings):
    client.force_login(agent)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " * 6
    assert client.get(PROFILE).status_code == HTTPStatus.OK
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(PROFILE).status_code == HTTPStatus.OK, "the session was renewed meanwhile"


def test_nobody_signs_up_alone(client: Client):
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", form)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "password", ["short words", "priya@example.org", "priya raman 1", "password1234"]
)
def test_weak_passwords_are_refused(client: Client, agent: User, password: str):
    client.force_login(agent)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    response = client.post(reverse("account_change_password"), form)
    assert response.status_code == HTTPStatus.OK
    agent.refresh_from_db()
    assert agent.check_password(PASSWORD)
