"""Answering an invitation by the signed link of its mail, without signing in."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.coaching.actions.scheduling import Meeting, cancel_session, move_session
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.slots import slots_for
from portal.coaching.reply_links import reply_path
from portal.kit.clock import now
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_pair, planned
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    return planned(*pair, starts_at=now() + timedelta(days=3), at=now(), word="About Ana")


def news() -> list[tuple[str, str]]:
    found = OutgoingEmail.objects.filter(kind="session_news").order_by("created_at", "pk")
    return [(one.to_address, one.params["which"].partition(":")[0]) for one in found]


def test_a_mail_is_answered_with_one_click_and_says_nothing_private(pair, session, client: Client):
    priya = pair[1]
    path = reply_path(session, priya)
    shown = html_of(client.get(path))
    assert "Dana Whitfield would like to meet you" in shown
    assert "About Ana" not in shown
    assert "Dana sees that you accepted." in html_of(client.post(path, {"answer": "accepted"}))
    session.refresh_from_db()
    assert session.answer == "accepted"
    assert news() == []


def test_another_time_that_suits_both_reaches_the_lead_who_moves_it_with_one_form(
    pair, session, client: Client
):
    dana, priya = pair
    slot = slots_for(dana, priya, minutes=30, now=now())[1]
    path = reply_path(session, priya)
    client.post(path, {"answer": "another_time", "slot": slot.isoformat()})
    session.refresh_from_db()
    assert (session.answer, session.proposed_at) == ("another_time", slot)
    assert news() == [(dana.email, "another_time")]
    client.force_login(dana)
    assert "Move it to" in html_of(client.get(f"/feedback/{session.pk}/"))
    form = client.get(f"/feedback/{session.pk}/move/").context["form"]
    assert form["slot"].value() == slot.isoformat()
    client.post(f"/feedback/{session.pk}/move/", {"slot": slot.isoformat(), "minutes": 30})
    session.refresh_from_db()
    assert (session.starts_at, session.proposed_at, session.answer) == (slot, None, "open")


def test_another_time_needs_a_time_or_words_and_a_no_needs_neither(pair, session, client: Client):
    dana, priya = pair
    path = reply_path(session, priya)
    empty = client.post(path, {"answer": "another_time"})
    assert empty.status_code == 422
    assert "Write which time would suit you." in html_of(empty)
    client.post(path, {"answer": "another_time", "words": "Not before ten"})
    client.post(path, {"answer": "declined"})
    assert news() == [(dana.email, "another_time"), (dana.email, "declined")]


def test_a_link_is_good_for_the_present_time_only(pair, session, client: Client):
    dana, priya = pair
    path = reply_path(session, priya)
    later = now() + timedelta(days=4)
    move_session(session.pk, Meeting(later, 30), by=dana, at=now())
    assert "newer word" in html_of(client.post(path, {"answer": "declined"}))
    session.refresh_from_db()
    assert session.answer == "open"
    newest = reply_path(session, priya)
    cancel_session(session.pk, words="", by=dana, at=now())
    assert "newer word" in html_of(client.get(newest))


def test_a_link_that_was_made_up_or_is_the_leads_answers_nothing(pair, session, client: Client):
    dana, _ = pair
    assert client.get("/feedback/reply/nonsense/").status_code == 404
    assert client.post(reply_path(session, dana), {"answer": "declined"}).status_code == 404
