"""From a gap to a program that three people get: in two clicks, with reasons each can read."""

import pytest
import time_machine

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from courses.models import Enrolment
from portal.programmes.models import GivenProgramme
from tests.factories.coaching import a_pair
from tests.factories.courses import CourseFactory, ModuleFactory, QuizFactory, ScenarioFactory
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


@pytest.fixture
def module():
    found = ModuleFactory(
        course=CourseFactory(skill="empathy"), title="Name it, softly", behaviours=["EM1", "EM2"]
    )
    QuizFactory(module=found)
    ScenarioFactory(module=found, title="Waiting")
    return found


def show(user, value, times=3):
    for number in range(times):
        source = Source.QUIZ if number else Source.SCENARIO
        origin = Origin(source, MONDAY.date(), proof=f"test:{user.pk}:{number}")
        found = Finding(Skill.EMPATHY, value, 0.03, 4, {"EM1": (value, 1)})
        take_in([found], origin, user=user, at=MONDAY)


def test_three_agents_get_what_is_proposed_and_each_reads_why(client, dana, priya, module):
    team = priya.memberships.get().team
    people = [priya, *(one.user for one in MembershipFactory.create_batch(2, team=team))]
    for person in people:
        show(person, 0.2)
    client.force_login(dana)
    asked = {"person": [person.pk for person in people], "minutes": "90"}
    page = html_of(client.get("/team/programmes/plan/", asked))
    assert "Name it, softly" in page
    assert "Give it to 3 people" in page

    steps = [f"{module.course.slug}--{module.slug}", "feedback-session"]
    client.post("/team/programmes/plan/", asked | {"title": "Softly", "step": steps})

    given = list(GivenProgramme.objects.select_related("version", "programme"))
    assert {one.user for one in given} == set(people)
    assert [step["id"] for step in given[0].version.content["steps"]] == steps
    assert (given[0].programme.is_tailored, Enrolment.objects.count()) == (True, 3)
    assert given[0].reasons[0]["word"] == "likely_gap"
    client.force_login(priya)
    mine = html_of(client.get(f"/programmes/{GivenProgramme.objects.get(user=priya).pk}/"))
    assert "Empathy: Likely gap" in mine


def test_where_nothing_can_be_told_yet_evidence_is_proposed(client, dana, priya, module):
    show(priya, 0.6)
    client.force_login(dana)

    page = html_of(client.get(f"/team/programmes/plan/?person={priya.pk}"))

    assert "Evidence to gather" in page
    assert "Name it, softly" not in page


def test_people_of_other_teams_get_nothing_proposed(client, dana, priya, module):
    stranger = MembershipFactory().user
    show(stranger, 0.2)
    client.force_login(dana)

    page = html_of(client.get(f"/team/programmes/plan/?person={stranger.pk}"))
    assert "Choose people first" in page
    asked = {"person": [stranger.pk], "title": "No", "step": ["feedback-session"]}
    assert client.post("/team/programmes/plan/", asked).status_code == 422
    client.force_login(priya)
    assert client.get("/team/programmes/plan/").status_code == 403


def test_planning_again_keeps_who_it_is_for(client, dana, priya, module):
    show(priya, 0.2)
    client.force_login(dana)

    asked = {"person": [priya.pk], "minutes": "30", "replan": "1"}
    page = html_of(client.post("/team/programmes/plan/", asked))

    assert "Give it to 1 person" in page
    assert not GivenProgramme.objects.exists()


@pytest.mark.parametrize("number", [1, 29])
def test_a_plan_costs_the_same_queries(
    client, dana, priya, module, number, django_assert_num_queries
):
    team = priya.memberships.get().team
    people = [one.user for one in MembershipFactory.create_batch(number, team=team)]
    for person in people:
        show(person, 0.2)
    client.force_login(dana)
    asked = {"person": [person.pk for person in people]}
    client.get("/team/programmes/plan/", asked)

    with django_assert_num_queries(13):
        client.get("/team/programmes/plan/", asked)
