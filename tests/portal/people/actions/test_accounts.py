"""Admins decide about others, never about themselves, and one of them always stays."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from portal.audit.models import AuditEvent
from portal.people.actions.accounts import (
    LastAdmin,
    NotOneself,
    change_roles,
    deactivate_person,
    reactivate_person,
    reset_second_step,
    set_operator,
)
from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran")


@pytest.fixture
def agent() -> User:
    return PersonFactory(name="Priya Raman")


def audit() -> list[tuple[str, str, dict]]:
    events = AuditEvent.objects.order_by("pk")
    return list(events.values_list("actor_name", "verb", "details"))


def test_roles_change_with_a_line_in_the_record(admin: User, agent: User):
    person = change_roles(agent, [Role.LEAD, Role.AGENT], by=admin, at=MONDAY)
    assert person.roles == [Role.AGENT, Role.LEAD]
    assert audit() == [
        ("Mateo Oyelaran", "changed roles of", {"before": ["agent"], "after": ["agent", "lead"]})
    ]


def test_the_same_roles_again_leave_no_line_in_the_record(admin: User, agent: User):
    change_roles(agent, [Role.AGENT], by=admin, at=MONDAY)
    assert audit() == []


def test_an_admin_keeps_their_own_admin_role(admin: User):
    PersonFactory(admin=True)
    with pytest.raises(NotOneself):
        change_roles(admin, [Role.AUTHOR], by=admin, at=MONDAY)
    admin.refresh_from_db()
    assert admin.roles == [Role.ADMIN]


def test_an_admin_may_change_their_other_roles(admin: User):
    changed = change_roles(admin, [Role.AUTHOR, Role.ADMIN], by=admin, at=MONDAY)
    assert changed.roles == [Role.AUTHOR, Role.ADMIN]


def test_another_admin_may_take_the_role_away(admin: User):
    other = PersonFactory(admin=True)
    assert change_roles(other, [Role.AGENT], by=admin, at=MONDAY).roles == [Role.AGENT]


def test_the_last_admin_stays_admin(admin: User):
    operator = PersonFactory(is_staff=True)
    PersonFactory(admin=True, is_active=False)
    with pytest.raises(LastAdmin):
        change_roles(admin, [Role.AGENT], by=operator, at=MONDAY)


def test_the_last_admin_is_not_deactivated(admin: User):
    operator = PersonFactory(is_staff=True)
    with pytest.raises(LastAdmin):
        deactivate_person(admin, by=operator, at=MONDAY)


def test_nobody_deactivates_themselves(admin: User):
    PersonFactory(admin=True)
    with pytest.raises(NotOneself):
        deactivate_person(admin, by=admin, at=MONDAY)


def test_a_deactivated_person_is_signed_out_for_good(admin: User, agent: User, client: Client):
    client.force_login(agent)
    assert client.get(reverse("people:profile")).status_code == 200
    deactivate_person(agent, by=admin, at=MONDAY)
    assert client.get(reverse("people:profile")).status_code == 302
    reactivate_person(agent, by=admin, at=MONDAY)
    assert client.get(reverse("people:profile")).status_code == 302, "the old session is over"


def test_deactivating_and_reactivating_are_recorded_once_each(admin: User, agent: User):
    for _ in range(2):
        deactivate_person(agent, by=admin, at=MONDAY)
    for _ in range(2):
        reactivate_person(agent, by=admin, at=MONDAY + timedelta(days=1))
    agent.refresh_from_db()
    assert agent.is_active
    assert audit() == [
        ("Mateo Oyelaran", "deactivated", {}),
        ("Mateo Oyelaran", "reactivated", {}),
    ]


def test_a_reset_forgets_every_second_step_and_ends_sessions(
    admin: User, agent: User, client: Client
):
    for kind in Authenticator.Type.values:
        Authenticator.objects.create(user=agent, type=kind, data={})
    client.force_login(agent)
    reset_second_step(agent, by=admin, at=MONDAY)
    assert not Authenticator.objects.filter(user=agent).exists()
    assert client.get(reverse("people:profile")).status_code == 302
    kinds = {"kinds": ["recovery_codes", "totp", "webauthn"]}
    assert audit() == [("Mateo Oyelaran", "reset second step of", kinds)]


def test_naming_an_operator_is_recorded(admin: User, agent: User):
    person = set_operator(agent, is_staff=True, is_superuser=False, by=admin, at=MONDAY)
    assert (person.is_staff, person.is_superuser) == (True, False)
    rights = {"is_staff": True, "is_superuser": False}
    assert audit() == [("Mateo Oyelaran", "changed operator rights of", rights)]
