"""Fields take what people type, and say kindly what they cannot take."""

import pytest
from django.core.exceptions import ValidationError

from portal.people.forms.fields import (
    RolesField,
    TeamField,
    TimeZoneField,
    WeekdaysField,
    time_zone_choices,
)
from portal.people.permissions import Role
from tests.factories.people import ProgrammeFactory, SiteFactory


def test_time_zones_stand_by_region():
    zones = dict(time_zone_choices())
    assert list(zones) == [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "UTC",
    ]
    america = dict(zones["America"])
    assert (america["America/New_York"], america["America/Argentina/Salta"]) == (
        "New York",
        "Argentina: Salta",
    )


@pytest.mark.parametrize("zone", ["Asia/Manila", "UTC", "US/Eastern"])
def test_every_known_zone_is_taken(zone: str):
    assert TimeZoneField().clean(zone) == zone


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_other_zones_are_refused(zone: str):
    with pytest.raises(ValidationError):
        TimeZoneField().clean(zone)


def test_weekdays_count_from_monday():
    assert WeekdaysField().clean(["0", "6"]) == [0, 6]
    with pytest.raises(ValidationError):
        WeekdaysField().clean(["7"])


def test_at_least_one_role_is_needed():
    assert RolesField().clean(["lead", "agent"]) == [Role.LEAD, Role.AGENT]
    with pytest.raises(ValidationError, match="Choose at least one role"):
        RolesField().clean([])
    with pytest.raises(ValidationError):
        RolesField().clean(["root"])


@pytest.mark.django_db
def test_a_team_is_found_by_a_part_of_its_name():
    site = SiteFactory(name="Tucson")
    assert TeamField().clean("tucs") == site
    assert TeamField().prepare_value(site) == "Tucson"
    assert TeamField(required=False).clean("  ") is None


@pytest.mark.django_db
def test_an_unknown_team_is_named_in_the_answer():
    with pytest.raises(ValidationError) as error:
        TeamField().clean("Pharmacy")
    assert error.value.messages == ["No team is called “Pharmacy”."]


@pytest.mark.django_db
def test_namesakes_are_told_apart():
    for city in ("Cebu", "Tucson"):
        ProgrammeFactory(name="Billing", parent=SiteFactory(name=city))
    with pytest.raises(ValidationError) as error:
        TeamField().clean("billing")
    assert error.value.messages == [
        "Several teams match. Write which one: Cebu › Billing, Tucson › Billing."
    ]
    assert TeamField().clean("Tucson › Billing").parent.name == "Tucson"


def test_a_list_of_zones_shows_the_chosen_one_only():
    html = TimeZoneField().widget.render("zone", "Asia/Manila", {"id": "z", "required": True})
    assert html.startswith('<select id="z" name="zone" required><optgroup label="Africa">')
    assert '<option value="Asia/Manila" selected>Manila</option>' in html
    assert html.count("selected") == 1


def test_a_list_of_zones_shows_an_old_name_too():
    html = TimeZoneField().widget.render("zone", "US/Eastern")
    assert '<option value="US/Eastern" selected>US/Eastern</option>' in html
    assert html.count("selected") == 1


@pytest.mark.parametrize("value", [None, ""])
def test_a_list_of_zones_may_stand_without_a_choice(value: str | None):
    assert "selected" not in TimeZoneField().widget.render("zone", value)


def test_what_was_typed_cannot_become_markup():
    assert "<script>" not in TimeZoneField().widget.render("zone", '"><script>')
