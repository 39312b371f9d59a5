"""Who sees others' data passes a second step before anything else, in each session."""

import time
from collections.abc import Callable
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.people.actions.accounts import change_roles, reset_second_step
from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.moments import MONDAY
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROFILE = "/profile/"
SET_UP = "/accounts/2fa/"
PASS = "/accounts/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def _enforced(settings: Settings):
    settings.ENFORCE_MFA = True


@pytest.fixture
def lead() -> User:
    return PersonFactory(lead=True)


def give_app(user: User) -> Authenticator:
    """Set up an authenticator app behind the person's back, as in another session."""
    return TOTP.activate(user, SECRET).instance


def code(secret: str = SECRET) -> str:
    """Return what the authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, user: User) -> str:
    """Sign in with the password; return where that leads."""
    form = {"login": user.email, "password": PASSWORD}
    return client.post(reverse("account_login"), form).headers["Location"]


def leads_to(client: Client, path: str = PROFILE, **headers: str) -> str:
    """Return where a page sends a browser, or "" if it opens."""
    response = client.get(path, headers=headers)
    if response.status_code == HTTPStatus.OK:
        return response.headers.get("HX-Redirect", "")
    return response.headers["Location"]


@pytest.mark.parametrize(
    "person",
    [{"lead": True}, {"author": True}, {"admin": True}, {"is_staff": True}],
    ids=["lead", "author", "admin", "operator"],
)
def test_who_sees_more_is_sent_to_set_up_a_second_step(client: Client, person: dict[str, bool]):
    client.force_login(PersonFactory(**person))
    assert leads_to(client) == "/accounts/2fa/?next=%2Fprofile%2F"


def test_an_agent_needs_none(client: Client, agent: User):
    client.force_login(agent)
    assert leads_to(client) == ""


def test_nobody_needs_one_where_it_is_not_enforced(client: Client, lead: User, settings: Settings):
    settings.ENFORCE_MFA = False
    client.force_login(lead)
    assert leads_to(client) == ""


def test_a_visitor_is_left_alone(client: Client):
    assert client.get(reverse("account_login")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_email",
        "account_logout",
    ],
)
def test_the_way_to_set_one_up_and_the_way_out_stay_open(client: Client, lead: User, name: str):
    client.force_login(lead)
    response = client.get(reverse(name))
    target = response.headers.get("Location", "")
    assert response.status_code == HTTPStatus.OK or target.startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("name", ["account_change_password", "home", "admin:index"])
def test_other_pages_are_closed(client: Client, name: str):
    client.force_login(PersonFactory(lead=True, is_staff=True))
    assert leads_to(client, reverse(name)).startswith(SET_UP)


def test_a_post_does_nothing(client: Client, lead: User):
    client.force_login(lead)
    response = client.post(PROFILE, {"name": "Somebody else"})
    assert (response.status_code, response.headers["Location"]) == (302, f"{SET_UP}?next=%2F")


def test_htmx_takes_the_whole_window_there_and_back(client: Client, lead: User):
    client.force_login(lead)
    where = leads_to(client, hx_request="true", hx_current_url="http://testserver/team/?q=a")
    assert where == f"{SET_UP}?next=%2Fteam%2F%3Fq%3Da"


def test_a_script_is_refused_rather_than_shown_another_page(client: Client, lead: User):
    client.force_login(lead)
    response = client.post(PROFILE, headers={"sec-fetch-mode": "cors"})
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_setting_one_up_opens_the_door_under_a_new_session_key(client: Client, lead: User):
    sign_in(client, lead)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    before = client.session.session_key
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert Authenticator.objects.filter(user=lead, type="totp").exists()
    assert leads_to(client) == ""
    assert client.session.session_key != before


def test_signing_in_with_the_second_step_opens_the_door(client: Client, lead: User):
    give_app(lead)
    assert sign_in(client, lead) == reverse("mfa_authenticate")
    assert leads_to(client).startswith("/accounts/login/")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert leads_to(client) == ""


def test_a_session_from_before_it_was_set_up_has_to_pass_it(client: Client, lead: User):
    sign_in(client, lead)
    give_app(lead)
    assert leads_to(client) == f"{PASS}?next=%2Fprofile%2F"
    assert client.post(f"{PASS}?next={PROFILE}", {"code": code()}).headers["Location"] == PROFILE
    assert leads_to(client) == ""


def test_a_password_alone_cannot_add_another_second_step(client: Client, lead: User):
    sign_in(client, lead)
    give_app(lead)
    for name in ("mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate", "mfa_index"):
        assert leads_to(client, reverse(name)).startswith(PASS)


def test_who_has_only_a_passkey_passes_with_the_passkey(client: Client, lead: User):
    client.force_login(lead)
    Authenticator.objects.create(user=lead, type="webauthn", data={})
    assert leads_to(client).startswith(reverse("mfa_reauthenticate_webauthn"))


def test_removing_the_last_one_closes_the_door_again(client: Client, lead: User):
    give_app(lead)
    sign_in(client, lead)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert leads_to(client).startswith(SET_UP)


def test_a_new_role_counts_from_the_next_request(client: Client, agent: User, admin: User):
    client.force_login(agent)
    change_roles(agent, [Role.LEAD], by=admin, at=MONDAY)
    assert leads_to(client).startswith(SET_UP)


def test_after_a_reset_one_signs_in_and_sets_up_anew(client: Client, lead: User, admin: User):
    give_app(lead)
    sign_in(client, lead)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    reset_second_step(lead, by=admin, at=MONDAY)
    assert leads_to(client).startswith("/accounts/login/")
    sign_in(client, lead)
    assert leads_to(client).startswith(SET_UP)


def test_the_proof_of_one_person_is_none_for_another(
    client: Client, lead: User, browser_of: Callable[[User], Client]
):
    session = client.session
    session["second_step_passed_by"] = lead.pk
    session.save()
    client.force_login(PersonFactory(lead=True))
    assert leads_to(client).startswith(SET_UP)


def test_the_proof_costs_no_query(
    client: Client, lead: User, django_assert_num_queries: Callable[..., object]
):
    give_app(lead)
    sign_in(client, lead)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    client.get(PROFILE)
    with django_assert_num_queries(1):  # the person
        client.post(reverse("people:theme"), {"theme": "nonsense"})
