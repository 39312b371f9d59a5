"""Rewinding from the debrief: straight on, or first a word about the run that is open."""

import pytest
from django.test import Client

from assessments.models import Attempt, AttemptMode, AttemptState
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, finished_run
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


def test_each_decision_of_ones_own_run_can_be_rewound_to(client, priya, call) -> None:
    run = finished_run(call, priya)
    html = html_of(client.get(f"/attempts/{run.pk}/debrief/"))
    for kept in range(3):
        assert f'action="/attempts/{run.pk}/rewind/{kept}/"' in html


def test_rewinding_leads_into_the_new_call(client, priya, call) -> None:
    run = finished_run(call, priya)
    response = client.post(f"/attempts/{run.pk}/rewind/1/")
    branch = Attempt.objects.get(branched_from=run)
    assert response["Location"] == f"/attempts/{branch.pk}/call/"


def test_an_open_call_is_offered_first_and_can_be_set_aside_and_taken_up(
    client, priya, call
) -> None:
    run, going = finished_run(call, priya), begin_run(call, priya)
    url = f"/attempts/{run.pk}/rewind/1/"
    assert client.post(url)["Location"] == url
    html = html_of(client.get(url))
    assert f'href="/attempts/{going.pk}/call/"' in html
    assert "Set it aside and rewind" in html
    client.post(url, {"set_aside": "1"})
    going.refresh_from_db()
    assert going.state == AttemptState.SET_ASIDE
    assert client.get(f"/attempts/{going.pk}/call/")["Location"] == f"/activities/{call.pk}/"
    assert client.get(f"/attempts/{going.pk}/debrief/")["Location"] == f"/activities/{call.pk}/"
    assert "Set aside" in html_of(client.get(f"/activities/{call.pk}/"))
    response = client.post(f"/attempts/{going.pk}/take-up/")
    assert response["Location"] == f"/attempts/{going.pk}/call/"


def test_an_assessed_call_has_to_end_first(client, priya, call) -> None:
    run = finished_run(call, priya)
    begin_run(call, priya, AttemptMode.ASSESSED)
    url = f"/attempts/{run.pk}/rewind/1/"
    assert client.post(url, {"set_aside": "1"})["Location"] == url
    html = html_of(client.get(url))
    assert "Finish it first" in html
    assert "Set it aside and rewind" not in html


def test_a_moment_that_is_not_there_is_not_found(client, priya, call) -> None:
    run = finished_run(call, priya)
    assert client.post(f"/attempts/{run.pk}/rewind/9/").status_code == 404
