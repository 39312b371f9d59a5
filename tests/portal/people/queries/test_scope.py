"""Leads see the people of their own teams and of the teams below, and nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.people.models import Team, User
from portal.people.permissions import Role
from portal.people.queries.scope import people_overseen_by, team_names_of, teams_overseen_by
from tests.factories.people import (
    MembershipFactory,
    PersonFactory,
    ProgrammeFactory,
    SiteFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Team:
    return SiteFactory(name="Tucson")


@pytest.fixture
def blue(site: Team) -> Team:
    return TeamFactory(name="Blue", parent=ProgrammeFactory(name="Billing", parent=site))


@pytest.fixture
def gold() -> Team:
    return TeamFactory(name="Gold")


def member(team: Team, name: str, **fields: Any) -> User:
    person = PersonFactory(name=name, **fields)
    MembershipFactory(user=person, team=team)
    return person


def lead_of(team: Team, **fields: Any) -> User:
    person = PersonFactory(lead=True, name="Lead")
    MembershipFactory(user=person, team=team, is_lead=True, **fields)
    return person


def people(viewer: User) -> list[str]:
    return [person.name for person in people_overseen_by(viewer).by_name()]


def teams(viewer: User) -> list[str]:
    return [team.name for team in teams_overseen_by(viewer).order_by("path")]


def test_a_lead_sees_their_team_and_not_another(blue: Team, gold: Team):
    lead = lead_of(blue)
    member(blue, "Priya")
    member(gold, "Marcus")
    assert (teams(lead), people(lead)) == (["Blue"], ["Priya"])


def test_a_lead_of_a_site_sees_everybody_below_it(site: Team, blue: Team, gold: Team):
    lead = lead_of(site)
    member(site, "Ana")
    member(blue, "Priya")
    member(gold, "Marcus")
    assert (teams(lead), people(lead)) == (["Tucson", "Billing", "Blue"], ["Ana", "Priya"])


def test_a_lead_does_not_see_the_teams_above(site: Team, blue: Team):
    lead = lead_of(blue)
    member(site, "Ana")
    assert people(lead) == []


def test_a_lead_sees_the_lead_below_them_but_never_themselves(site: Team, blue: Team):
    top = lead_of(site)
    below = lead_of(blue)
    assert list(people_overseen_by(top)) == [below]


def test_who_left_a_team_or_attune_is_not_seen(blue: Team):
    lead = lead_of(blue)
    member(blue, "Left attune", is_active=False)
    MembershipFactory(user=PersonFactory(), team=blue, ended_on=date(2026, 9, 1))
    assert people(lead) == []


def test_a_lead_who_no_longer_leads_sees_nobody(blue: Team):
    lead = lead_of(blue, ended_on=date(2026, 9, 1))
    member(blue, "Priya")
    assert (teams(lead), people(lead)) == ([], [])


def test_leading_without_the_role_shows_nobody(blue: Team):
    person = lead_of(blue)
    person.roles = [Role.AGENT]
    member(blue, "Priya")
    assert (teams(person), people(person)) == ([], [])


def test_a_member_sees_nobody(blue: Team):
    agent = member(blue, "Priya")
    member(blue, "Marcus")
    assert (teams(agent), people(agent)) == ([], [])


def test_an_admin_sees_everybody_but_themselves(blue: Team, gold: Team):
    admin = PersonFactory(admin=True)
    member(blue, "Priya")
    member(gold, "Marcus")
    assert people(admin) == ["Marcus", "Priya"]


def test_somebody_in_two_teams_is_seen_once(site: Team, blue: Team):
    lead = lead_of(site)
    person = member(blue, "Priya")
    MembershipFactory(user=person, team=site)
    assert people(lead) == ["Priya"]


def test_a_lead_of_two_teams_takes_two_queries(
    blue: Team, gold: Team, django_assert_num_queries: Callable[..., Any]
):
    lead = lead_of(blue)
    MembershipFactory(user=lead, team=gold, is_lead=True)
    member(blue, "Priya")
    member(gold, "Marcus")
    with django_assert_num_queries(2):
        assert people(lead) == ["Marcus", "Priya"]
    with django_assert_num_queries(1):
        assert teams(lead) == ["Blue", "Gold"]


def test_team_names_put_those_one_leads_first(blue: Team, gold: Team):
    lead = lead_of(gold)
    MembershipFactory(user=lead, team=blue)
    assert team_names_of(lead) == ["Gold", "Blue"]
