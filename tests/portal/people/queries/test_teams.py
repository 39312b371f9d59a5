"""Teams are found by what people call them."""

import pytest

from portal.people.models import Team
from portal.people.queries.teams import suggested_teams, team_paths, teams_called
from tests.factories.people import ProgrammeFactory, SiteFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> dict[str, Team]:
    """Two sites, each with a program Billing and a team Night desk in it."""
    tree = {}
    for city in ("Tucson", "Cebu"):
        site = tree[city] = SiteFactory(name=city)
        billing = ProgrammeFactory(name="Billing", parent=site)
        tree[f"{city} night"] = TeamFactory(name="Night desk", parent=billing)
    tree["blue"] = TeamFactory(name="Scheduling Blue", parent=billing)
    tree["blues"] = TeamFactory(name="Scheduling Blues", parent=billing)
    return tree


def called(text: str) -> set[str]:
    return set(team_paths(teams_called(text, limit=5)).values())


def test_a_path_names_the_teams_above(teams: dict[str, Team]):
    night = teams["Cebu night"]
    assert team_paths([night]) == {night.pk: "Cebu › Billing › Night desk"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tucson", {"Tucson"}),
        ("tucson", {"Tucson"}),
        ("scheduling blue", {"Cebu › Billing › Scheduling Blue"}),
        ("blues", {"Cebu › Billing › Scheduling Blues"}),
        ("night desk", {"Tucson › Billing › Night desk", "Cebu › Billing › Night desk"}),
        ("Cebu › Billing › Night desk", {"Cebu › Billing › Night desk"}),
        ("cebu›billing›night desk", {"Cebu › Billing › Night desk"}),
        ("Lima › Billing › Night desk", set()),
        ("pharmacy", set()),
    ],
)
def test_a_whole_name_comes_before_a_part_of_one(
    teams: dict[str, Team], text: str, expected: set[str]
):
    assert called(text) == expected


def test_a_search_stops_at_its_limit(teams: dict[str, Team]):
    assert len(teams_called("e", limit=2)) == 2


def test_a_small_house_gets_all_its_teams_suggested(teams: dict[str, Team]):
    assert suggested_teams() == [
        "Cebu",
        "Cebu › Billing",
        "Cebu › Billing › Night desk",
        "Cebu › Billing › Scheduling Blue",
        "Cebu › Billing › Scheduling Blues",
        "Tucson",
        "Tucson › Billing",
        "Tucson › Billing › Night desk",
    ]


def test_a_large_house_gets_its_sites_and_programs_first(teams: dict[str, Team]):
    for number in range(100):
        TeamFactory(name=f"Team {number:03}", parent=teams["Cebu"])
    suggested = suggested_teams()
    assert len(suggested) == 100
    assert {"Cebu", "Cebu › Billing", "Tucson", "Tucson › Billing"} <= set(suggested)
