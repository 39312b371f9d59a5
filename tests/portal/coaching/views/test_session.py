"""The page of a session: who sees it, and what the two do on it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from portal.coaching.actions.agenda import add_topic
from portal.coaching.actions.meeting import agree_action, save_private_note
from portal.coaching.models import ActionItem, FeedbackSession, PrivateNote
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.coaching import a_pair, planned
from tests.factories.people import PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    return planned(*pair, starts_at=now() + timedelta(days=3), at=now())


def at(session: FeedbackSession, rest: str = "") -> str:
    return f"/feedback/{session.pk}/{rest}"


def test_only_the_two_see_it_and_nobody_else_does_an_admin_included(pair, session, client: Client):
    for person in pair:
        client.force_login(person)
        assert client.get(at(session)).status_code == 200
    for other in (PersonFactory(), PersonFactory(lead=True), PersonFactory(admin=True)):
        client.force_login(other)
        assert client.get(at(session)).status_code == 404
        assert client.get(at(session, "live/")).status_code == 404
        assert client.post(at(session, "agenda/"), {"add": 1, "words": "x"}).status_code == 404
    assert not session.agenda.exists()


def test_a_private_note_is_read_by_its_author_alone(pair, session, client: Client):
    dana, priya = pair
    save_private_note(session.pk, "Ask about the new shift", by=dana, at=now())
    client.force_login(dana)
    assert "Ask about the new shift" in html_of(client.get(at(session)))
    client.force_login(priya)
    assert "Ask about the new shift" not in html_of(client.get(at(session)))


def test_both_shape_the_agenda(pair, session, client: Client):
    _, priya = pair
    client.force_login(priya)
    client.post(at(session, "agenda/"), {"add": "1", "words": "Calls in circles"})
    line = session.agenda.get()
    page = client.post(at(session, "agenda/"), {"line": f"off:{line.pk}"}, follow=True)
    assert "Undo" in html_of(page)
    assert not session.agenda.shown().exists()
    client.post(at(session, "agenda/"), {"line": f"back:{line.pk}"})
    assert "Calls in circles" in html_of(client.get(at(session)))


def test_a_page_that_is_open_hears_of_changes_and_is_left_alone_otherwise(
    pair, session, client: Client
):
    dana, priya = pair
    client.force_login(dana)
    seen = client.get(at(session)).context["page"].fingerprint
    assert client.get(at(session, f"live/?seen={seen}")).status_code == 204
    add_topic(session, words="Night shifts", by=priya, at=now())
    news = client.get(at(session, f"live/?seen={seen}"))
    assert news.status_code == 200
    assert "Night shifts" in html_of(news)


@pytest.mark.parametrize("line", ["", "off", "off:x", "burn:1"])
def test_a_change_that_makes_no_sense_is_not_found(pair, session, client: Client, line):
    client.force_login(pair[0])
    assert client.post(at(session, "agenda/"), {"line": line}).status_code == 404


def test_a_note_changed_meanwhile_shows_both_texts_and_loses_none(pair, session, client: Client):
    dana, priya = pair
    client.force_login(dana)
    client.post(at(session, "notes/shared/"), {"text": "From Dana", "version": 0})
    client.force_login(priya)
    clash = client.post(at(session, "notes/shared/"), {"text": "From Priya", "version": 0})
    assert clash.status_code == 409
    page = html_of(clash)
    assert "Dana changed this note since you opened it." in page
    assert "From Dana" in page
    assert "From Priya</textarea>" in page
    client.post(at(session, "notes/shared/"), {"text": "From Priya", "version": 1})
    session.refresh_from_db()
    assert session.shared_note == "From Priya"


def test_notes_that_are_too_long_stay_in_the_box(pair, session, client: Client):
    client.force_login(pair[0])
    response = client.post(at(session, "notes/private/"), {"text": "x" * 8001})
    assert response.status_code == 422
    assert "x" * 8001 in response.content.decode()
    assert not PrivateNote.objects.exists()


def test_a_note_of_no_known_kind_is_not_found(pair, session, client: Client):
    client.force_login(pair[0])
    assert client.post(at(session, "notes/public/"), {"text": "x"}).status_code == 404


def test_from_beginning_to_end(pair, session, client: Client):
    dana, priya = pair
    client.force_login(dana)
    client.post(at(session, "begin/"))
    due_on = (now() + timedelta(days=14)).date().isoformat()
    agreed = {"words": "A time on five call-backs", "owner": priya.pk, "due_on": due_on}
    client.post(at(session, "actions/"), agreed)
    action = ActionItem.objects.get()
    client.post(at(session, f"actions/{action.pk}/"), {"state": "done"})
    client.post(at(session, "close/"), {"took_place": "yes"})
    client.force_login(priya)
    assert "I’ve read it" in html_of(client.get(at(session)))
    client.post(at(session, "acknowledge/"), {"words": "Fits."})
    session.refresh_from_db()
    assert (session.state, session.acknowledge_words) == ("held", "Fits.")
    action.refresh_from_db()
    assert action.done_at is not None


def test_an_action_without_a_day_says_so_and_keeps_its_words(pair, session, client: Client):
    client.force_login(pair[0])
    sent = {"words": "A time on call-backs", "owner": pair[1].pk, "due_on": ""}
    response = client.post(at(session, "actions/"), sent)
    assert response.status_code == 422
    assert "Choose a day." in html_of(response)
    assert 'value="A time on call-backs"' in html_of(response)


def test_no_two_fields_of_the_page_share_an_id(pair, session, client: Client):
    client.force_login(pair[1])
    ids = re.findall(r' id="([^"]+)"', client.get(at(session)).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_the_two_see_their_own_clocks(pair, session, client: Client):
    dana, priya = pair
    User.objects.filter(pk=priya.pk).update(time_zone="Asia/Manila")
    client.force_login(dana)
    assert "For Priya:" in html_of(client.get(at(session)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries(
    pair, session, client: Client, count, django_assert_num_queries
):
    dana, priya = pair
    for number in range(count):
        add_topic(session, words=f"Topic {number}", by=priya, at=now())
        agree_action(session.pk, owner=priya, words="x", due_on=now().date(), by=dana, at=now())
    client.force_login(dana)
    with django_assert_num_queries(8):
        client.get(at(session))


def test_a_late_change_says_that_the_session_is_over(pair, session, client: Client):
    client.force_login(pair[0])
    client.post(at(session, "close/"), {"took_place": "yes"})
    late = client.post(at(session, "agenda/"), {"add": "1", "words": "Too late"}, follow=True)
    assert "This session is over" in html_of(late)
    assert not session.agenda.filter(words="Too late").exists()


def test_how_useful_it_was_reaches_no_page_of_the_lead(pair, session, client: Client):
    dana, priya = pair
    client.force_login(dana)
    client.post(at(session, "close/"), {"took_place": "yes"})
    client.force_login(priya)
    client.post(at(session, "acknowledge/"), {"words": "Fits.", "usefulness": "2"})
    session.refresh_from_db()
    assert session.usefulness == 2
    client.force_login(dana)
    for path in (at(session), "/feedback/"):
        assert "Hardly useful" not in html_of(client.get(path))
    assert "Too few answers to show" in html_of(client.get("/feedback/"))


def test_words_that_are_too_long_stay_in_the_box(pair, session, client: Client):
    dana, priya = pair
    client.force_login(dana)
    client.post(at(session, "close/"), {"took_place": "yes"})
    client.force_login(priya)
    response = client.post(at(session, "acknowledge/"), {"words": "x" * 1001})
    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()
