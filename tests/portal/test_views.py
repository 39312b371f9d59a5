"""The front door leads each person to the page they came for."""

import pytest

from portal.people.permissions import Role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ([Role.AGENT], "/learning/"),
        ([Role.LEAD], "/team/"),
        ([Role.AUTHOR], "/content/"),
        ([Role.ADMIN], "/team/"),
        ([Role.AGENT, Role.AUTHOR], "/content/"),
        ([Role.AUTHOR, Role.LEAD], "/team/"),
    ],
)
def test_home_is_where_the_work_is(client, roles: list[Role], page: str) -> None:
    client.force_login(PersonFactory(roles=roles))
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, page)


def test_a_visitor_signs_in_first(client) -> None:
    assert client.get("/")["Location"] == "/accounts/login/?next=/"
