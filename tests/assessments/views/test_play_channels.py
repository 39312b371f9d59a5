"""The look of each channel, its voice, and what a long run costs."""

import pytest
from django.test import Client

from assessments.models import Attempt
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, play
from tests.factories.scenarios import choice, long_raw, moment, plain_raw, small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def call_url(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/call/"


@pytest.mark.parametrize(
    ("channel", "expected", "others"),
    [
        ("phone", "On the line", ('class="typing"', 'class="subject"')),
        ("chat", 'class="typing"', ("On the line", 'class="subject"')),
        ("message", 'class="subject"', ("On the line", 'class="typing"')),
    ],
)
def test_each_channel_looks_like_itself(client, priya, channel, expected, others) -> None:
    activity = ScenarioFactory(published=small_raw(channel=channel))
    html = html_of(client.get(call_url(begin_run(activity, priya))))
    assert f'class="sim sim-{channel}"' in html
    assert expected in html
    assert [other for other in others if other in html] == []


def test_something_done_has_its_icon_and_something_said_has_none(client, priya) -> None:
    done = [choice("A", 5, action="hold"), choice("B", 1, action="escalate")]
    act = moment("act", "AL1", answer="action", choices=done)
    said = moment("said", "AL1", routes=[{"to": "act"}])
    activity = ScenarioFactory(published=plain_raw(said, act))
    attempt = begin_run(activity, priya)
    icons = ("#hourglass-split", "#arrow-up-right-circle-fill")
    html = html_of(client.get(call_url(attempt)))
    assert [html.count(icon) for icon in icons] == [0, 0]
    play(attempt, ["A"])
    html = html_of(client.get(call_url(attempt)))
    assert [html.count(icon) for icon in icons] == [1, 1]


@pytest.mark.parametrize(("channel", "has_voice"), [("phone", True), ("chat", False)])
def test_only_a_phone_call_can_be_read_aloud(client, priya, channel, has_voice: bool) -> None:
    activity = ScenarioFactory(published=small_raw(channel=channel))
    html = html_of(client.get(call_url(begin_run(activity, priya))))
    assert ("js/voice" in html) is has_voice
    assert ("data-voice" in html) is has_voice


@pytest.mark.parametrize("replies", [2, 58])
def test_a_long_call_costs_the_same_early_and_late(
    client, priya, replies: int, django_assert_num_queries
) -> None:
    attempt = play(begin_run(ScenarioFactory(published=long_raw(60)), priya), ["A"] * replies)
    client.get(call_url(attempt))
    with django_assert_num_queries(3):
        client.get(call_url(attempt))
    sent = {"seq": replies + 1, "moment": f"m{replies + 1}", "choice": "A"}
    with django_assert_num_queries(7):
        client.post(f"/attempts/{attempt.pk}/reply/", sent, headers={"X-Requested-With": "fetch"})
