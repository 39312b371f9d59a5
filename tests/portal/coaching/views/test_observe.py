"""The page on which a lead rates what they heard."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.coaching.models import FeedbackSession, Observation
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.coaching import a_pair, planned
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User], client: Client) -> FeedbackSession:
    client.force_login(pair[0])
    return planned(*pair, starts_at=now() + timedelta(days=3), at=now())


def at(session: FeedbackSession, skill: str = "listening") -> str:
    return f"/feedback/{session.pk}/heard/{skill}/"


def test_the_anchors_are_in_view_and_what_is_kept_is_seen_by_both(pair, session, client: Client):
    page = html_of(client.get(at(session)))
    assert "Lets the story end, then says back fact and feeling before acting" in page
    assert "Passes over it, or talks the caller out of it" in page
    sent = {
        "AL1": "4",
        "AL1_quote": "“What did I miss?”",
        "AL2": "none",
        "heard_on": now().date() - timedelta(days=1),
    }
    client.post(at(session), sent)
    assert Observation.objects.get().ratings.count() == 4
    client.force_login(pair[1])
    page = html_of(client.get(f"/feedback/{session.pk}/"))
    assert "4 of 5" in page
    assert "What did I miss?" in page
    assert client.get(at(session)).status_code == 404


def test_a_rating_without_a_quote_is_not_taken_and_stays_chosen(session, client: Client):
    sent = {"AL1": "4", "heard_on": now().date() - timedelta(days=1)}
    response = client.post(at(session), sent)
    assert response.status_code == 422
    page = html_of(response)
    assert "Quote the sentence that shows it." in page
    assert 'name="AL1" value="4" checked' in page
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "Choose the day."),
        ({"heard_on": "2020-01-01"}, "Rate at least one thing you heard"),
        ({"heard_on": "2999-01-01"}, "That day is still to come."),
        ({"heard_on": "2020-01-01", "AL1": "9", "AL1_quote": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said(session, client: Client, sent, error):
    response = client.post(at(session), sent)
    assert response.status_code == 422
    assert error in html_of(response)


def test_a_skill_that_does_not_exist_is_not_found(session, client: Client):
    assert client.get(at(session, "charm")).status_code == 404
