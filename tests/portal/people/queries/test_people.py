"""The list of people finds anybody, in one query, in pages of fifty."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from portal.people.models import Team, User
from portal.people.permissions import Role
from portal.people.queries.people import (
    PAGE_SIZE,
    PeopleFilter,
    PeoplePage,
    PersonRow,
    people_page,
)
from tests.factories.moments import MONDAY
from tests.factories.people import (
    MembershipFactory,
    PersonFactory,
    ProgrammeFactory,
    SiteFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


def names(page: PeoplePage) -> list[str]:
    return [row.name for row in page.rows]


def found(**wanted: Any) -> list[str]:
    return names(people_page(PeopleFilter(**wanted)))


def crowd(size: int) -> list[User]:
    """Make people whose names sort as they were made, with one namesake pair on the border."""
    User.objects.all().delete()
    return User.objects.bulk_create(
        User(email=f"p{number}@example.org", name=f"Person {number // 2:04}", password="!")
        for number in range(size)
    )


def test_a_row_says_all_that_the_page_shows():
    site = SiteFactory(name="Tucson")
    blue = TeamFactory(name="Blue", parent=ProgrammeFactory(parent=site))
    person = PersonFactory(
        name="Dana Whitfield", email="dana@example.org", lead=True, last_login=MONDAY
    )
    MembershipFactory(user=person, team=site)
    MembershipFactory(user=person, team=blue, is_lead=True)
    MembershipFactory(user=person, team=TeamFactory(name="Old"), ended_on=MONDAY.date())
    Authenticator.objects.create(user=person, type="totp", data={})
    expected = PersonRow(
        id=person.pk,
        name="Dana Whitfield",
        email="dana@example.org",
        roles=[Role.LEAD],
        teams=["Blue", "Tucson"],
        is_active=True,
        has_second_step=True,
        last_login=MONDAY,
    )
    assert people_page(PeopleFilter()) == PeoplePage([expected], before=None, after=None)
    assert expected.role_names == "Team lead"


def test_recovery_codes_alone_are_no_second_step():
    person = PersonFactory()
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert [row.has_second_step for row in people_page(PeopleFilter()).rows] == [False]


def test_people_stand_by_name_whatever_its_case():
    for name in ("zoe Ito", "Ana Bell", "omar Eze"):
        PersonFactory(name=name)
    assert found() == ["Ana Bell", "omar Eze", "zoe Ito"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raman", ["Priya Raman"]),
        ("RAMAN", ["Priya Raman"]),
        ("iya ram", ["Priya Raman"]),
        ("raman priya", ["Priya Raman"]),
        ("p.raman@", ["Priya Raman"]),
        ("tomás", ["Tomás Rivera"]),
        ("r", ["Priya Raman", "Tomás Rivera"]),
        ("to ri", ["Tomás Rivera"]),
        ("ya", []),
        ("nobody", []),
        ("100%", []),
        ("_", []),
        ("  ", ["Li Bo", "Priya Raman", "Tomás Rivera"]),
    ],
)
def test_words_are_looked_for_in_names_and_addresses(text: str, expected: list[str]):
    PersonFactory(name="Priya Raman", email="p.raman@example.org")
    PersonFactory(name="Tomás Rivera", email="t.rivera@example.org")
    PersonFactory(name="Li Bo", email="li@example.org")
    assert found(text=text) == expected


def test_a_role_is_found_among_several():
    PersonFactory(name="Both", roles=[Role.AGENT, Role.LEAD])
    PersonFactory(name="Agent")
    assert (found(role=Role.LEAD), found(role=Role.AGENT)) == (["Both"], ["Agent", "Both"])


def test_a_team_includes_the_teams_below_but_nobody_who_left():
    site = SiteFactory()
    blue = TeamFactory(parent=ProgrammeFactory(parent=site))
    gold = TeamFactory()
    for name, team, ended_on in (
        ("In the team", blue, None),
        ("At the site", site, None),
        ("Elsewhere", gold, None),
        ("Gone", blue, MONDAY.date()),
    ):
        MembershipFactory(user=PersonFactory(name=name), team=team, ended_on=ended_on)
    assert found(team=site) == ["At the site", "In the team"]
    assert found(team=blue) == ["In the team"]


def test_a_team_whose_id_begins_alike_is_another_team():
    site = SiteFactory()
    other = SiteFactory()
    Team.objects.filter(pk=other.pk).update(path=f"{site.path[:-1]}0/")
    MembershipFactory(user=PersonFactory(name="Elsewhere"), team=other)
    assert found(team=site) == []


def test_deactivated_people_are_shown_on_request():
    PersonFactory(name="Here")
    PersonFactory(name="Left", is_active=False)
    assert [found(is_active=state) for state in (True, False, None)] == [
        ["Here"],
        ["Left"],
        ["Here", "Left"],
    ]


@pytest.mark.parametrize("text", ["", "person"])
def test_one_leafs_forth_and_back_without_missing_anybody(text: str):
    people = crowd(2 * PAGE_SIZE + 1)
    wanted = PeopleFilter(text=text)
    ids = [person.pk for person in people]

    first = people_page(wanted)
    second = people_page(wanted, after=first.after)
    third = people_page(wanted, after=second.after)
    assert [[row.id for row in page.rows] for page in (first, second, third)] == [
        ids[:50],
        ids[50:100],
        ids[100:],
    ]
    assert (first.before, third.after) == (None, None)

    assert people_page(wanted, before=third.before) == second
    assert people_page(wanted, before=second.before) == replace(first, before=None)


def test_a_place_beyond_the_end_shows_nobody():
    last = crowd(2)[-1]
    assert people_page(PeopleFilter(), after=last.pk) == PeoplePage([], None, None)
    assert people_page(PeopleFilter(), after=10**12) == PeoplePage([], None, None)


@pytest.mark.parametrize("size", [1, 50])
def test_a_page_takes_one_query(size: int, django_assert_num_queries: Callable[..., Any]):
    people = crowd(size)
    team = TeamFactory()
    MembershipFactory(user=people[0], team=team)
    with django_assert_num_queries(1):
        people_page(PeopleFilter(text="person", role=None, team=team), after=people[0].pk)
    with django_assert_num_queries(1):
        assert len(people_page(PeopleFilter()).rows) == size
