"""Whose calls one may open: one's own, and assessed ones of people one answers for."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt, AttemptMode
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import QuizFactory, ScenarioFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.runs import (
    begin_run,
    finished_run,
    stored,
)
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}
STALE = "This went on somewhere else, perhaps in another tab. Here is where it stands now."
NOT_OPEN = "This answer is not open here. Here is where the call stands now."
CLOSED = "This is finished, so nothing was changed."


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory(published=small_raw(title="A small call"))


def call_url(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/call/"


def debrief_url(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/debrief/"


def without_tokens(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html_of(response))


def reply(client: Client, attempt: Attempt, *, fetched: bool = True, **sent: Any):
    fields = {"seq": 1, "moment": "hello"} | sent
    return client.post(f"/attempts/{attempt.pk}/reply/", fields, **(FETCHED if fetched else {}))


# Who may see it


def urls_of(attempt: Attempt) -> list[str]:
    names = ("call", "debrief", "quiz", "quiz/1", "results")
    return [f"/attempts/{attempt.pk}/{name}/" for name in names]


def test_another_persons_call_is_not_found_under_any_address(client, call) -> None:
    for attempt in (begin_run(call, PersonFactory()), finished_run(call, PersonFactory())):
        client.force_login(PersonFactory(admin=True))
        before = stored(attempt)
        assert [client.get(url).status_code for url in urls_of(attempt)] == [404] * 5
        for name in ("reply", "quiz/1/answer", "finish"):
            sent = {"seq": 1, "moment": "hello", "choice": "A", "item": "first", "option": "A"}
            for extra in ({}, FETCHED):
                response = client.post(f"/attempts/{attempt.pk}/{name}/", sent, **extra)
                assert response.status_code == 404
        assert stored(attempt) == before


def test_a_call_is_not_a_quiz(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    assert [client.get(url).status_code for url in urls_of(attempt)] == [200, 302, 404, 404, 404]
    assert client.post(f"/attempts/{attempt.pk}/finish/").status_code == 404
    quiz = QuizFactory()
    client.post(f"/activities/{quiz.pk}/start/")
    attempt = Attempt.objects.get(activity=quiz)
    assert reply(client, attempt, choice="A").status_code == 404


@pytest.mark.parametrize(
    ("mode", "status"),
    [(AttemptMode.ASSESSED, 200), (AttemptMode.PRACTICE, 404), (AttemptMode.GUIDED, 404)],
)
def test_a_lead_sees_the_assessed_runs_of_their_people_and_no_practice(
    client, call, mode, status
) -> None:
    member = MembershipFactory()
    lead = MembershipFactory(user__roles=["lead"], team=member.team, is_lead=True).user
    attempt = finished_run(call, member.user, mode=mode)
    for viewer, expected in (
        (lead, status),
        (PersonFactory(admin=True), status),
        (MembershipFactory(user__roles=["lead"], is_lead=True).user, 404),
        (PersonFactory(author=True), 404),
        (PersonFactory(), 404),
        (member.user, 200),
    ):
        client.force_login(viewer)
        assert client.get(debrief_url(attempt)).status_code == expected


def test_a_leads_view_names_the_person_and_offers_no_run_of_it(client, call) -> None:
    member = MembershipFactory(user__name="Priya Raman")
    lead = MembershipFactory(user__roles=["lead"], team=member.team, is_lead=True).user
    attempt = finished_run(call, member.user, mode=AttemptMode.ASSESSED)
    client.force_login(lead)
    html = html_of(client.get(debrief_url(attempt)))
    assert "Assessed · debrief · Priya Raman" in html
    assert f'href="/team/people/{member.user.pk}/"' in html
    assert "Play again" not in html
    assert "The person who played and their team lead can see this." in html
