"""Finding people by what can be said of a skill, and teams side by side as distributions."""

import pytest
import time_machine

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from portal.people.models.team import TeamKind
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db
PEOPLE, GROUPS = "/team/skills/", "/team/skills/groups/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def blue():
    return TeamFactory(name="Blue")


@pytest.fixture
def dana(blue):
    lead = PersonFactory(lead=True, name="Dana Whitfield")
    MembershipFactory(user=lead, team=blue, is_lead=True)
    return lead


def member(team, name, value=None, times=4, skill=Skill.EMPATHY):
    """Add somebody who has shown a skill so often, in calls and a quiz."""
    person = MembershipFactory(team=team, user__name=name).user
    for number in range(times if value is not None else 0):
        origin = Origin(
            Source.QUIZ if number else Source.SCENARIO,
            MONDAY.date(),
            proof=f"test:{person.pk}:{number}",
        )
        take_in([Finding(skill, value, 0.03, 4, {})], origin, user=person, at=MONDAY)
    return person


def page(client, viewer, path):
    client.force_login(viewer)
    response = client.get(path)
    assert response.status_code == 200
    return html_of(response)


def counts(html, skill="Empathy"):
    """Return the numbers of the first table's line of a skill: gap, open, strength, too little."""
    line = html.split(f'<th scope="row">{skill}</th>')[1].split("</tr>")[0]
    return [int(part.split("</td>")[0].split(">")[-1]) for part in line.split("data-l=")[1:]]


def test_a_lead_finds_those_with_a_likely_gap_in_one_skill(client, blue, dana):
    member(blue, "Gia Gap", 0.05), member(blue, "Stu Strong", 0.99), member(blue, "Nia New")
    found = page(client, dana, f"{PEOPLE}?skill=empathy&word=likely_gap")
    assert "Gia Gap" in found
    assert "Stu Strong" not in found
    assert "Nia New" not in found
    assert "Nia New" in page(client, dana, f"{PEOPLE}?skill=empathy&word=not_enough")
    assert "Nobody matches" in page(client, dana, f"{PEOPLE}?skill=eq&word=likely_gap")


def test_a_word_without_a_skill_narrows_nothing_and_says_so(client, blue, dana):
    member(blue, "Nia New")
    found = page(client, dana, f"{PEOPLE}?word=likely_gap")
    assert "Nia New" in found
    assert "Choose a skill too" in found


def test_people_can_be_put_in_order_by_how_long_nothing_was_shown(client, blue, dana):
    member(blue, "Ada Shown", 0.6), member(blue, "Zoe New")
    by_name, quiet = page(client, dana, PEOPLE), page(client, dana, f"{PEOPLE}?order=quiet")
    assert by_name.index("Ada Shown") < by_name.index("Zoe New")
    assert quiet.index("Zoe New") < quiet.index("Ada Shown")


def test_the_quiet_order_has_pages_of_fifty(client, blue, dana):
    for number in range(51):
        member(blue, f"Person {number:02}")
    first = page(client, dana, f"{PEOPLE}?order=quiet")
    assert "?order=quiet&amp;after=50" in first
    second = page(client, dana, f"{PEOPLE}?order=quiet&after=50")
    assert "Person 50" in second
    assert "Person 49" not in second


def test_a_group_shows_of_how_many_what_is_said(client, blue, dana):
    for number, value in enumerate([0.05, 0.05, 0.99, None, None]):
        member(blue, f"Person {number}", value)
    assert counts(page(client, dana, GROUPS)) == [2, 0, 1, 2]


def test_under_five_people_nothing_is_shown_of_a_group(client, blue, dana):
    for number in range(4):
        member(blue, f"Person {number}", 0.05)
    found = page(client, dana, GROUPS)
    assert "4 people" in found
    assert "Fewer than five people" in found
    assert "<table" not in found


def test_somebody_in_two_teams_of_a_program_is_counted_once(client, blue):
    gold = TeamFactory(name="Gold", parent=blue.parent)
    people = [member(blue, f"Person {number}", 0.05) for number in range(5)]
    MembershipFactory(user=people[0], team=gold)
    alex = PersonFactory(admin=True)
    found = page(client, alex, f"{GROUPS}?within={blue.parent.parent.pk}")
    assert "5 people" in found
    assert counts(found) == [5, 0, 0, 0]


def test_an_admin_begins_with_the_sites_and_goes_down(client, blue):
    alex, site = PersonFactory(admin=True), blue.parent.parent
    assert site.kind == TeamKind.SITE
    assert f"?within={site.pk}" in page(client, alex, GROUPS)
    assert blue.name in page(client, alex, f"{GROUPS}?within={blue.parent.pk}")


def test_an_admin_finds_the_people_of_one_site_or_program(client, blue):
    member(blue, "Somebody here", 0.05)
    member(TeamFactory(), "Somebody elsewhere", 0.05)
    alex = PersonFactory(admin=True)
    for group in (blue.parent.parent, blue.parent):
        found = page(client, alex, f"/team/skills/?team={group.pk}")
        assert "Somebody here" in found
        assert "Somebody elsewhere" not in found


def test_another_teams_groups_answer_like_nothing_there(client, dana):
    other = TeamFactory()
    client.force_login(dana)
    for pk in (other.pk, other.parent.pk, 10**9, "nonsense"):
        assert client.get(GROUPS, {"within": pk}).status_code == 404


@pytest.mark.parametrize("number", [1, 50])
def test_groups_cost_the_same_queries(client, dana, blue, number, django_assert_num_queries):
    for team in TeamFactory.create_batch(number, parent=blue):
        for one in range(5):
            member(team, f"Person {one}", 0.05, times=1)
    page(client, dana, GROUPS)
    with django_assert_num_queries(9):
        client.get(GROUPS, {"within": blue.pk})
