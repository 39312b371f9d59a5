"""What an author decides about a call: from when on the mood is seen, and how an ending is told."""

import pytest
from django.test import Client

from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import WORST_CHOICES, begin_run, finished_run, play
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

MOODS = '<dl class="moods">'


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def test_moods_are_shown_once_the_author_allows_it(client, priya) -> None:
    later = ScenarioFactory(published=small_raw(shows_mood={"reached": "check"}))
    run = begin_run(later, priya)
    assert MOODS not in html_of(client.get(f"/attempts/{run.pk}/call/"))
    play(run, "A")
    assert MOODS in html_of(client.get(f"/attempts/{run.pk}/call/"))
    never = begin_run(ScenarioFactory(published=small_raw(shows_mood=False)), priya)
    assert MOODS not in html_of(client.get(f"/attempts/{never.pk}/call/"))


def test_a_missed_safety_step_is_debriefed_with_care_and_leads_back_to_its_reply(
    client, priya
) -> None:
    raw = small_raw(content_notice="This chat is about a loss.")
    raw["endings"][1]["about_skill"] = "Warm words; G1 missed."
    attempt = finished_run(ScenarioFactory(published=raw), priya, WORST_CHOICES)
    html = html_of(client.get(f"/attempts/{attempt.pk}/debrief/"))
    assert "<b>Identity before details:</b> it was missed at reply 2. Nobody was harmed" in html
    assert "If the call touched something of your own, take a break." in html
    assert f'action="/attempts/{attempt.pk}/rewind/1/"' in html
    assert "About the words: Warm words; Identity before details missed." in html
    good = finished_run(ScenarioFactory(), priya)
    assert "Nobody was harmed" not in html_of(client.get(f"/attempts/{good.pk}/debrief/"))
