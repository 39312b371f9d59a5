"""Open invitations, latest first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.people.actions.invitations import invite_person, withdraw_invitation
from portal.people.models import Invitation, User
from portal.people.permissions import Role
from portal.people.queries.invitations import (
    InvitationRow,
    InvitationsPage,
    invitations_page,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return PersonFactory(admin=True, name="Mateo Oyelaran")


def invite(by: User, number: int = 1, **fields: Any) -> Invitation:
    details = {
        "email": f"new-{number}@example.org",
        "name": f"New {number}",
        "roles": [Role.AGENT],
        "team": None,
        "at": MONDAY,
    }
    return invite_person(**{**details, **fields}, by=by)


def test_a_row_says_all_that_the_page_shows(admin: User):
    team = TeamFactory(name="Blue")
    invitation = invite(admin, roles=[Role.LEAD, Role.AUTHOR], team=team)
    row = InvitationRow(
        id=invitation.pk,
        name="New 1",
        email="new-1@example.org",
        roles=[Role.LEAD, Role.AUTHOR],
        team="Blue",
        invited_by="Mateo Oyelaran",
        invited_at=MONDAY,
        expires_at=MONDAY + timedelta(days=14),
        has_expired=False,
    )
    assert invitations_page(MONDAY) == InvitationsPage([row], after=None)
    assert row.role_names == "Team lead, Author"


def test_what_has_expired_stays_in_the_list_and_says_so(admin: User):
    invite(admin)
    rows = invitations_page(MONDAY + timedelta(days=14)).rows
    assert [row.has_expired for row in rows] == [True]


def test_what_was_withdrawn_is_gone(admin: User):
    withdraw_invitation(invite(admin), by=admin, at=MONDAY)
    assert invitations_page(MONDAY) == InvitationsPage([], after=None)


@pytest.mark.parametrize("size", [1, 50])
def test_a_page_takes_one_query(
    admin: User, size: int, django_assert_num_queries: Callable[..., Any]
):
    for number in range(size):
        invite(admin, number, team=TeamFactory())
    with django_assert_num_queries(1):
        assert len(invitations_page(MONDAY).rows) == size


def test_the_next_page_starts_where_this_one_ends(admin: User):
    made = [invite(admin, number).pk for number in range(51)]
    first = invitations_page(MONDAY)
    second = invitations_page(MONDAY, after=first.after)
    assert [row.id for row in first.rows] == made[:0:-1]
    assert [row.id for row in second.rows] == [made[0]]
    assert second.after is None
