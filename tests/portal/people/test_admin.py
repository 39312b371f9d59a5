"""Operators may look at much and change little; the audit record nobody changes."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from portal.audit.models import AuditEvent, record
from portal.people.models import Membership, Team, User
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
MODELS = (
    "account_emailaddress",
    "audit_auditevent",
    "mfa_authenticator",
    "people_invitation",
    "people_membership",
    "people_team",
    "people_user",
)


@pytest.fixture
def operator(browser_of: Callable[[User], Client]) -> Client:
    """The browser of an operator who may only look."""
    return browser_of(PersonFactory(is_staff=True))


@pytest.fixture
def superuser() -> User:
    return PersonFactory(is_staff=True, is_superuser=True, name="Olu Adeyemi")


@pytest.fixture
def chief(superuser: User, browser_of: Callable[[User], Client]) -> Client:
    """The browser of a superuser."""
    return browser_of(superuser)


@pytest.fixture
def event(admin: User) -> AuditEvent:
    return record("invited", admin, by=admin, at=MONDAY)


@pytest.mark.parametrize("model", MODELS)
def test_an_operator_may_look(operator: Client, event: AuditEvent, model: str):
    Authenticator.objects.create(user=PersonFactory(), type="totp", data={"secret": "hidden"})
    assert operator.get(reverse(f"admin:{model}_changelist")).status_code == HTTPStatus.OK
    assert operator.get(reverse("admin:index")).status_code == HTTPStatus.OK


@pytest.mark.parametrize("model", MODELS)
def test_an_operator_may_not_add(operator: Client, model: str):
    assert operator.get(reverse(f"admin:{model}_add")).status_code == HTTPStatus.FORBIDDEN


def test_even_a_product_admin_is_no_operator(admin: User, browser_of: Callable[[User], Client]):
    response = browser_of(admin).get(reverse("admin:index"), follow=True)
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_signing_in_happens_on_our_own_page(client: Client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_the_audit_record_cannot_be_changed(chief: Client, event: AuditEvent):
    page = reverse("admin:audit_auditevent_change", args=[event.pk])
    assert chief.get(page).status_code == HTTPStatus.OK
    assert chief.post(page, {"verb": "forged"}).status_code == HTTPStatus.FORBIDDEN
    removal = reverse("admin:audit_auditevent_delete", args=[event.pk])
    assert chief.post(removal, {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN


def test_second_steps_show_nothing_they_hold(chief: Client):
    kept = Authenticator.objects.create(user=PersonFactory(), type="totp", data={"secret": "xyzzy"})
    page = chief.get(reverse("admin:mfa_authenticator_change", args=[kept.pk]))
    assert "xyzzy" not in page.content.decode()


def test_a_superuser_names_an_operator(chief: Client, superuser: User, agent: User):
    page = reverse("admin:people_user_change", args=[agent.pk])
    chief.post(page, {"is_staff": "on", "email": "forged@example.org"})
    agent.refresh_from_db()
    assert (agent.is_staff, agent.is_superuser, agent.email) == (True, False, "priya@example.org")
    assert list(AuditEvent.objects.values_list("actor_name", "verb", "details")) == [
        (
            "Olu Adeyemi",
            "changed operator rights of",
            {"is_staff": True, "is_superuser": False},
        )
    ]


def test_an_operator_names_nobody(operator: Client, agent: User):
    page = reverse("admin:people_user_change", args=[agent.pk])
    assert operator.post(page, {"is_staff": "on"}).status_code == HTTPStatus.FORBIDDEN


def test_nobody_changes_their_own_rights(chief: Client, superuser: User):
    page = reverse("admin:people_user_change", args=[superuser.pk])
    assert chief.post(page, {"is_staff": "on"}).status_code == HTTPStatus.FORBIDDEN


def test_a_superuser_adds_and_renames_teams(chief: Client):
    site = SiteFactory(name="Tucson")
    form = {"name": "Billing", "kind": "programme", "parent": site.pk}
    chief.post(reverse("admin:people_team_add"), form)
    team = Team.objects.get(name="Billing")
    assert team.path == f"{site.path}{team.pk}/"
    chief.post(reverse("admin:people_team_change", args=[team.pk]), {"name": "Payments"})
    team.refresh_from_db()
    assert (team.name, team.path) == ("Payments", f"{site.path}{team.pk}/")


def test_a_superuser_adds_and_ends_memberships(chief: Client, agent: User):
    team = SiteFactory()
    form = {"user": agent.pk, "team": team.pk, "is_lead": "on", "began_on": "2026-11-02"}
    chief.post(reverse("admin:people_membership_add"), form)
    [membership] = Membership.objects.all()
    assert (membership.user, membership.team, membership.is_lead, membership.began_on) == (
        agent,
        team,
        True,
        date(2026, 11, 2),
    )
    form = {"action": "end_memberships", "_selected_action": [membership.pk]}
    chief.post(reverse("admin:people_membership_changelist"), form)
    membership.refresh_from_db()
    assert membership.ended_on is not None


def test_an_operator_ends_no_membership(operator: Client):
    membership = MembershipFactory()
    form = {"action": "end_memberships", "_selected_action": [membership.pk]}
    operator.post(reverse("admin:people_membership_changelist"), form)
    membership.refresh_from_db()
    assert membership.ended_on is None


def test_what_nobody_uses_is_not_there():
    assert not admin.site.is_registered(Group)
