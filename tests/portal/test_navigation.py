"""Each person sees the doors that open to them, and which one they have come through."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.response import TemplateResponse

from portal.navigation import Door, navigation
from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.courses import LessonFactory
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

LEARN = ["My learning", "My skills", "Programs", "Library", "Feedback"]


def doors_of(user: object, rf, path: str = "/") -> list[Door]:
    request = rf.get(path)
    request.user = user
    return list(navigation(request)["nav"])


@pytest.mark.parametrize(
    ("roles", "labels"),
    [
        ([Role.AGENT], LEARN),
        ([Role.LEAD], ["Team overview", "Assign", *LEARN]),
        ([Role.AUTHOR], [*LEARN, "Content"]),
        ([Role.ADMIN], ["Team overview", "Assign", *LEARN, "Content", "People", "Mail"]),
        ([Role.AGENT, Role.AUTHOR], [*LEARN, "Content"]),
        ([], []),
    ],
)
def test_every_role_has_its_doors(rf, roles: list[Role], labels: list[str]) -> None:
    assert [door.label for door in doors_of(User(name="X", roles=roles), rf)] == labels


def test_a_visitor_has_none(rf) -> None:
    assert doors_of(AnonymousUser(), rf) == []
    assert list(navigation(rf.get("/"))["nav"]) == []


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/learning/", ["My learning"]),
        ("/library/", ["Library"]),
        ("/skills/empathy/", ["My skills"]),
        ("/team/skills/", ["Team overview"]),
        ("/team/people/7/", ["Team overview"]),
        ("/feedback/plan/", ["Feedback"]),
        ("/content/activities/7/", ["Content"]),
        ("/mail/7/", ["Mail"]),
        ("/profile/", []),
    ],
)
def test_the_door_one_came_through_is_marked(rf, path: str, current: list[str]) -> None:
    doors = doors_of(User(name="X", roles=[Role.ADMIN]), rf, path)
    assert [door.label for door in doors if door.is_current] == current


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["lead", "author", "admin", None])
def test_every_door_opens(client, role: str | None) -> None:
    LessonFactory()
    person = PersonFactory(**{role: True} if role else {})
    client.force_login(person)
    response: TemplateResponse = client.get("/learning/")
    for door in response.context["nav"]:
        page = client.get(door.url)
        assert page.status_code == 200
        assert f'<a href="{door.url}" aria-current="page">' in html_of(page)
