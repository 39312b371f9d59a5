"""Teams grow as a tree; memberships begin and end, and are kept."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from portal.people.actions.teams import create_team, join_team, leave_team, rename_team
from portal.people.models import Membership, Team
from portal.people.models.team import TeamKind
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_path_holds_the_ids_from_the_root_down():
    site = create_team("Tucson", kind=TeamKind.SITE, parent=None, by=None, at=MONDAY)
    below = create_team("Billing", kind=TeamKind.PROGRAMME, parent=site, by=None, at=MONDAY)
    assert (site.path, below.path) == (f"/{site.pk}/", f"/{site.pk}/{below.pk}/")


def test_only_a_site_stands_at_the_root():
    with pytest.raises(ValidationError):
        create_team("Billing", kind=TeamKind.TEAM, parent=None, by=None, at=MONDAY)


def test_two_teams_side_by_side_have_different_names():
    SiteFactory(name="Tucson")
    with pytest.raises(ValidationError):
        SiteFactory(name="Tucson")


def test_joining_twice_makes_one_membership():
    person, team = PersonFactory(), TeamFactory()
    first = join_team(person, team, by=None, at=MONDAY, on=TODAY)
    second = join_team(person, team, by=None, at=MONDAY, on=TODAY, is_lead=True)
    assert first == second
    assert list(Membership.objects.values_list("is_lead", "began_on")) == [(True, TODAY)]


def test_a_membership_ends_on_the_day_it_is_for_its_person():
    person = PersonFactory(time_zone="Asia/Manila")
    membership = join_team(person, TeamFactory(), by=None, at=MONDAY, on=TODAY)
    late_on_monday = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    leave_team(membership, by=None, at=late_on_monday)
    membership.refresh_from_db()
    assert membership.ended_on == date(2026, 11, 24)
    assert not Membership.objects.current().exists()


def test_a_membership_that_begins_later_ends_where_it_begins():
    membership = join_team(PersonFactory(), TeamFactory(), by=None, at=MONDAY, on=date(2026, 12, 1))
    leave_team(membership, by=None, at=MONDAY)
    membership.refresh_from_db()
    assert membership.ended_on == date(2026, 12, 1)


def test_a_renamed_team_keeps_its_place():
    team: Team = TeamFactory(name="Blue")
    renamed = rename_team(team, "Gold", by=None, at=MONDAY)
    assert (renamed.name, renamed.path) == ("Gold", team.path)
