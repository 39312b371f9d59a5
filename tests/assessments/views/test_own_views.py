"""Rating oneself and seeing it differently on the pages; whose views a lead answers."""

import pytest
import time_machine

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.actions.own_views import see_differently
from assessments.models import OtherView
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from tests.factories.coaching import a_pair
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def pair():
    return a_pair()


@pytest.fixture
def dana(pair):
    return pair[0]


@pytest.fixture
def priya(pair):
    return pair[1]


def shown(user):
    origin = Origin(Source.QUIZ, MONDAY.date(), proof=f"test:{user.pk}")
    return take_in([Finding(Skill.EMPATHY, 0.2, 0.03, 4, {})], origin, user=user, at=MONDAY)[0]


def test_a_rating_appears_beside_the_evidence(client, priya, dana):
    client.force_login(priya)

    found = client.post("/skills/empathy/myself/", {"rating": "5"}, follow=True)

    assert "5 of 5" in html_of(found)
    client.force_login(dana)
    assert "How Priya rates this" in html_of(client.get(f"/team/people/{priya.pk}/skills/empathy/"))


@pytest.mark.parametrize("rating", ["", "6", "best"])
def test_a_rating_is_on_the_scale(client, priya, rating):
    client.force_login(priya)

    assert client.post("/skills/empathy/myself/", {"rating": rating}).status_code == 422


def test_agent_says_so_and_lead_answers(client, priya, dana):
    client.force_login(priya)
    about = f"?evidence={shown(priya).pk}"
    found = html_of(client.post(f"/skills/empathy/differently/{about}", {"words": "Not so."}))
    assert "Not so." not in found  # it leads on
    again = client.post(f"/skills/empathy/differently/{about}", {"words": "Kept."})
    assert (again.status_code, "Kept." in html_of(again)) == (422, True)
    assert "Waits for an answer" in html_of(client.get("/skills/empathy/"))

    client.force_login(dana)
    view = OtherView.objects.get()
    assert "1 person sees a skill differently" in html_of(client.get("/team/"))
    assert "Priya Raman" in html_of(client.get("/team/views/"))
    assert client.post(f"/team/views/{view.pk}/", {"answer": " "}).status_code == 422
    client.post(f"/team/views/{view.pk}/", {"answer": "I heard it again."})

    client.force_login(priya)
    assert "I heard it again." in html_of(client.get("/skills/empathy/"))


def test_the_evidence_of_others_cannot_be_contested(client, priya):
    client.force_login(priya)
    theirs = shown(MembershipFactory().user)

    for wanted in (theirs.pk, 10**9, "x"):
        path = f"/skills/empathy/differently/?evidence={wanted}"
        assert client.post(path, {"words": "No."}).status_code == 404


def test_another_teams_view_is_not_there_and_an_agent_answers_nobody(client, priya, dana):
    see_differently(Skill.EQ, "No.", by=MembershipFactory().user, at=MONDAY)
    mine = see_differently(Skill.EQ, "No.", by=priya, at=MONDAY)
    theirs = OtherView.objects.exclude(pk=mine.pk).get()

    client.force_login(dana)
    statuses = [client.get(f"/team/views/{one.pk}/").status_code for one in (mine, theirs)]
    assert statuses == [200, 404]
    client.force_login(priya)
    assert client.post(f"/team/views/{mine.pk}/", {"answer": "Yes."}).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_the_waiting_list_costs_the_same_queries(
    client, priya, dana, number, django_assert_num_queries
):
    team = priya.memberships.get().team
    for person in MembershipFactory.create_batch(number, team=team):
        see_differently(Skill.EQ, "No.", by=person.user, at=MONDAY)
    client.force_login(dana)
    client.get("/team/views/")

    with django_assert_num_queries(3):
        client.get("/team/views/")


@pytest.mark.parametrize("number", [1, 50])
def test_a_skill_with_views_costs_the_same_queries(
    client, priya, number, django_assert_num_queries
):
    for _ in range(number):
        OtherView.objects.create(
            user=priya,
            skill=Skill.EQ,
            said="cannot_tell",
            words="So.",
            written_at=MONDAY,
            answer="So.",
            answered_by=priya,
            answered_at=MONDAY,
        )
    client.force_login(priya)
    client.get("/skills/eq/")

    with django_assert_num_queries(8):
        client.get("/skills/eq/")
