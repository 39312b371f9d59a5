"""Skills as people see them: words, ranges and evidence; and whose one may see."""

from datetime import timedelta

import pytest
import time_machine

from assessments.actions.evidence import Finding, Origin, record_rating, take_in
from assessments.models import AttemptMode
from assessments.queries.skill_profile import EVIDENCE_SHOWN, evidence_of
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from portal.people.permissions import Role
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, TeamFactory
from tests.factories.runs import BEST_CHOICES, WORST_CHOICES, finished_run
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def priya(team):
    return MembershipFactory(team=team, user__name="Priya Raman").user


@pytest.fixture
def dana(team):
    return MembershipFactory(
        team=team, is_lead=True, user__name="Dana Whitfield", user__roles=[Role.LEAD]
    ).user


def show(user, skill, value, times=3):
    """Let somebody show a skill so often, in calls and a quiz."""
    for number in range(times):
        source = Source.QUIZ if number else Source.SCENARIO
        origin = Origin(source, MONDAY.date(), proof=f"test:{user.pk}:{skill}:{number}")
        take_in([Finding(skill, value, 0.03, 4, {"AL1": (value, 1)})], origin, user=user, at=MONDAY)


def page(client, viewer, path):
    client.force_login(viewer)
    response = client.get(path)
    assert response.status_code == 200
    return html_of(response)


def test_without_evidence_the_page_says_what_would_be_some(client, priya):
    found = page(client, priya, "/skills/")

    assert found.count("Not enough evidence yet") == 5
    assert "Nothing yet." in found


def test_an_estimate_comes_with_its_range_and_its_word(client, priya):
    show(priya, Skill.LISTENING, 0.95)

    found = page(client, priya, "/skills/")

    assert "Likely strength" in found
    assert "76–99" in found
    assert "3 pieces" in found


def test_a_gap_is_called_likely_and_never_a_rank(client, priya):
    show(priya, Skill.EMPATHY, 0.2)

    assert "Likely gap" in page(client, priya, "/skills/")


def test_a_piece_of_evidence_says_how_far_it_moved_the_estimate_and_leads_to_its_proof(
    client, priya
):
    attempt = finished_run(ScenarioFactory(), priya, BEST_CHOICES, AttemptMode.ASSESSED)

    found = page(client, priya, "/skills/listening/")

    assert f"/attempts/{attempt.pk}/debrief/" in found
    assert "Moved it up 5" in found
    assert "100% of the points, 1 time asked for" in found


def test_practice_shows_nowhere(client, priya):
    finished_run(ScenarioFactory(), priya, WORST_CHOICES, AttemptMode.PRACTICE)

    assert "Nothing yet." in page(client, priya, "/skills/")


def test_a_safety_step_stands_apart(client, priya):
    finished_run(ScenarioFactory(), priya, BEST_CHOICES, AttemptMode.ASSESSED)

    assert "Identity before details" in page(client, priya, "/skills/")


def test_a_rating_from_the_job_names_who_gave_it(client, priya, dana):
    record_rating(
        Skill.EQ,
        {"EI1": 5},
        user=priya,
        by=dana,
        proof="coaching.rating:1",
        is_calibrated=True,
        on=MONDAY.date() - timedelta(days=1),
        at=MONDAY,
    )

    assert "On the job · Rated call · Dana Whitfield" in page(client, priya, "/skills/eq/")


def test_there_is_no_sixth_skill(client, priya):
    client.force_login(priya)

    assert client.get("/skills/typing/").status_code == 404


@pytest.mark.parametrize("path", ["skills/", "skills/listening/"])
def test_a_lead_sees_their_people_and_nobody_else(client, priya, dana, path):
    stranger = MembershipFactory().user
    client.force_login(dana)

    assert client.get(f"/team/people/{priya.pk}/{path}").status_code == 200
    assert client.get(f"/team/people/{stranger.pk}/{path}").status_code == 404


def test_a_lead_sees_the_team_at_a_glance(client, priya, dana):
    show(priya, Skill.EMPATHY, 0.2)
    MembershipFactory(user__name="Somebody Else")

    found = page(client, dana, "/team/skills/")

    assert "<span>Problem-Solving</span>" in found
    assert "Priya Raman, Empathy: Likely gap" in found
    assert "Priya Raman, Active Listening: Not enough evidence yet" in found
    assert "Somebody Else" not in found
    assert "Nobody matches" in page(client, dana, "/team/skills/?q=zzz")


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_team_at_a_glance_costs_the_same_queries(
    client, team, dana, number, django_assert_num_queries
):
    for person in MembershipFactory.create_batch(number, team=team):
        show(person.user, Skill.EMPATHY, 0.5, times=1)
    page(client, dana, "/team/skills/")

    with django_assert_num_queries(8):
        client.get("/team/skills/")


@pytest.mark.parametrize("times", [1, 3, 12])
def test_a_profile_costs_the_same_queries(client, priya, times, django_assert_num_queries):
    show(priya, Skill.EMPATHY, 0.5, times=times)
    page(client, priya, "/skills/")

    with django_assert_num_queries(7):
        client.get("/skills/")


def test_all_evidence_is_there_page_by_page_and_counts_for_behaviors_on_each(client, priya):
    show(priya, Skill.LISTENING, 0.5, times=EVIDENCE_SHOWN + 1)
    client.force_login(priya)

    first = client.get("/skills/listening/")
    second = client.get(f"/skills/listening/?after={EVIDENCE_SHOWN}")

    newest_first = list(evidence_of(priya))
    pages = [first.context["page"], second.context["page"]]
    assert [*pages[0].evidence, *pages[1].evidence] == newest_first
    assert [(page.before, page.after) for page in pages] == [(None, 50), (50, None)]
    for answer in (first, second):
        assert "50% of the points, 51 times asked for" in html_of(answer)
    back = client.get(f"/skills/listening/?before={EVIDENCE_SHOWN}")
    assert back.context["page"].evidence == pages[0].evidence


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0.1, "That it is reached is at most 20% likely. Seen least: “Lets the story end"),
        (0.6, "An assessed call with a new patient, or a real call that a lead rates"),
        (1.0, "is at least 90% likely"),
    ],
)
def test_a_skill_says_why_it_is_called_what_it_is_called(client, priya, value, sentence):
    show(priya, Skill.LISTENING, value, times=4)
    client.force_login(priya)
    assert sentence in html_of(client.get("/skills/listening/"))


def test_with_too_little_evidence_a_skill_says_what_is_missing(client, priya):
    show(priya, Skill.LISTENING, 1.0, times=1)
    client.force_login(priya)
    found = html_of(client.get("/skills/listening/"))
    assert "1 piece so far. It takes three or more, from two sources" in found
