"""The page of one piece of evidence: what it did and why, what it rests on, and for whom."""

import pytest
import time_machine

from assessments.actions.call_quality import record_call_quality
from assessments.actions.own_views import see_differently
from assessments.models import AttemptMode, SkillEvidence
from assessments.scorecards import Scorecard
from courses.content.skills import Skill
from portal.coaching.actions.observing import Heard, record_observation
from tests.factories.coaching import a_pair, planned
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.factories.runs import BEST_CHOICES, finished_run
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


def page_of(evidence):
    return f"/skills/evidence/{evidence.pk}/"


def scored(user, share=0.9):
    card = Scorecard(user.email, "QA-7", MONDAY.date(), {Skill.EMPATHY: share})
    record_call_quality(card, user=user, at=MONDAY)
    return SkillEvidence.objects.latest("pk")


def test_it_says_what_was_expected_what_came_and_how_far_the_estimate_went(client, priya):
    client.force_login(priya)

    page = html_of(client.get(page_of(scored(priya))))

    # The start, .60 with a deviation of .19, takes in .90 with a noise of .09: K is .286.
    assert "90% of the points, in 1 place" in page
    assert "15–100%" in page
    assert "it was much as expected" in page
    assert "The estimate went from 60 (likely 36–84) to 69 (likely 48–89)." in page
    assert "29% of the way to what it shows." in page
    assert "Scorecard QA-7 of your call-quality system." in page


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "lower than expected"), (0.6, "It confirmed the estimate: 60")]
)
def test_what_was_not_expected_and_what_changed_nothing_are_said(client, priya, share, words):
    client.force_login(priya)
    assert words in html_of(client.get(page_of(scored(priya, share))))


def test_a_call_leads_to_its_debrief_with_the_behaviors_it_asked_for(client, dana, priya):
    run = finished_run(ScenarioFactory(), priya, BEST_CHOICES, AttemptMode.ASSESSED)
    evidence = run.evidence.earliest("pk")
    client.force_login(dana)

    page = html_of(client.get(page_of(evidence)))

    assert f'href="/attempts/{run.pk}/debrief/"' in page
    assert "100% of the points" in page
    assert priya.name in page


def test_a_rating_leads_to_its_page_where_only_the_two_read_the_quotes(client, dana, priya):
    session = planned(dana, priya)
    heard = {"EM1": Heard(4, "That would wear me out."), "EM2": Heard(None)}
    found = record_observation(
        session.pk, Skill.EMPATHY, heard, heard_on=MONDAY.date(), by=dana, at=MONDAY
    )
    sam = MembershipFactory(team=priya.memberships.get().team, is_lead=True, user__lead=True).user
    evidence = SkillEvidence.objects.get()
    path = f"/feedback/heard/{found.pk}/"

    for viewer, reads in ((priya, True), (dana, True), (sam, False)):
        client.force_login(viewer)
        assert f'href="{path}"' in html_of(client.get(page_of(evidence)))
        page = html_of(client.get(path))
        assert "4 of 5" in page
        assert "Not observed" in page
        assert ("That would wear me out." in page) is reads
        assert (f"/feedback/{session.pk}/" in page) is reads


def test_nobody_else_sees_a_piece_or_its_ratings(client, dana, priya):
    session = planned(dana, priya)
    found = record_observation(
        session.pk,
        Skill.EMPATHY,
        {"EM1": Heard(4, "Yes.")},
        heard_on=MONDAY.date(),
        by=dana,
        at=MONDAY,
    )
    evidence = SkillEvidence.objects.get()
    for viewer in a_pair():
        client.force_login(viewer)
        assert client.get(page_of(evidence)).status_code == 404
        assert client.get(f"/feedback/heard/{found.pk}/").status_code == 404


def test_what_somebody_sees_differently_stands_with_the_piece(client, dana, priya):
    evidence = scored(priya)
    words = "That was a training call."
    see_differently(Skill.EMPATHY, words, evidence=evidence, by=priya, at=MONDAY)

    for viewer in (priya, dana):
        client.force_login(viewer)
        assert words in html_of(client.get(page_of(evidence)))


def test_every_piece_in_a_list_leads_to_what_it_did(client, dana, priya):
    evidence = scored(priya)
    for viewer, path in (
        (priya, "/skills/empathy/"),
        (dana, f"/team/people/{priya.pk}/skills/empathy/"),
    ):
        client.force_login(viewer)
        assert f'href="{page_of(evidence)}"' in html_of(client.get(path))
