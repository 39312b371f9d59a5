"""Views let people through by permission, and say which one they ask for."""

from enum import StrEnum

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from portal.kit.access import requires
from portal.people.models import User
from portal.people.permissions import Permission, Role


@requires(Permission.SEE_TEAM)
def overview(request: HttpRequest, team: int = 0) -> HttpResponse:
    """Show a team."""
    return HttpResponse(f"team {team}")


def asked_by(user: object, rf) -> HttpRequest:
    request = rf.get("/team/?page=2")
    request.user = user
    return request


def test_a_role_that_grants_the_permission_comes_in(rf) -> None:
    lead = User(name="Dana", roles=[Role.LEAD])
    assert overview(asked_by(lead, rf), team=7).content == b"team 7"


@pytest.mark.parametrize("roles", [[], [Role.AGENT], [Role.AUTHOR]])
def test_another_role_is_refused(rf, roles: list[Role]) -> None:
    with pytest.raises(PermissionDenied):
        overview(asked_by(User(name="Priya", roles=roles), rf))


def test_somebody_who_was_deactivated_is_refused(rf) -> None:
    former = User(name="Dana", roles=[Role.LEAD], is_active=False)
    with pytest.raises(PermissionDenied):
        overview(asked_by(former, rf))


def test_a_visitor_is_led_to_signing_in_and_back(rf) -> None:
    response = overview(asked_by(AnonymousUser(), rf))
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=/team/%3Fpage%3D2",
    )


def test_a_view_carries_its_name_and_its_permission() -> None:
    assert (overview.__name__, overview.__doc__) == ("overview", "Show a team.")
    assert overview.permission is Permission.SEE_TEAM
    assert isinstance(overview.permission, StrEnum)
