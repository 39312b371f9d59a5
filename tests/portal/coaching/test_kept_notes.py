"""Private notes: their author alone, and the person they are about once a review gave them."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.coaching.actions.meeting import save_private_note
from portal.coaching.actions.releasing import (
    NotesUnread,
    ReasonMissing,
    RequestDecided,
    ask_for_notes,
    decide_on_notes,
    read_notes,
)
from portal.coaching.models import FeedbackSession, NotesRequest, PrivateNote
from portal.coaching.queries.kept_notes import readings_of, released_to
from portal.people.models import Membership, User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

SECRET = "Ask about the new shift"


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    dana, priya = pair
    session = planned(dana, priya)
    save_private_note(session.pk, SECRET, by=dana, at=MONDAY)
    save_private_note(session.pk, "My own", by=priya, at=MONDAY)
    return session


@pytest.fixture
def alex() -> User:
    return PersonFactory(admin=True, name="Alex Morgan")


def test_an_admin_opens_them_only_on_request_and_both_see_that_they_did(
    pair, session, alex, client: Client
):
    priya = pair[1]
    client.force_login(priya)
    client.post("/feedback/notes/")
    asked = NotesRequest.objects.get()
    client.force_login(alex)
    review = f"/feedback/notes/requests/{asked.pk}/"
    assert SECRET not in html_of(client.get(review))
    assert not readings_of(session.pk).exists()
    opened = html_of(client.post(review))
    assert SECRET in opened
    assert "My own" not in opened
    for person in pair:
        client.force_login(person)
        page = html_of(client.get(f"/feedback/{session.pk}/"))
        assert "Alex Morgan read what Dana noted, because Priya asked for it" in page
    event = AuditEvent.objects.get(verb="read the private note")
    assert (event.actor_id, event.subject_id) == (alex.pk, str(session.pk))


def test_the_person_gets_what_was_released_as_it_was_then(pair, session, alex, client: Client):
    dana, priya = pair
    asked = ask_for_notes(by=priya, at=MONDAY)
    note = read_notes(asked.pk, by=alex, at=WEDNESDAY)[0]
    decide_on_notes(asked.pk, [note.pk], words="", by=alex, at=WEDNESDAY)
    save_private_note(session.pk, "Written later", by=dana, at=WEDNESDAY)
    client.force_login(priya)
    page = html_of(client.get("/feedback/notes/"))
    assert SECRET in page
    assert "Written later" not in page


def test_leaving_something_out_needs_a_reason_and_a_request_is_answered_once(pair, session, alex):
    asked = ask_for_notes(by=pair[1], at=MONDAY)
    read_notes(asked.pk, by=alex, at=WEDNESDAY)
    with pytest.raises(ReasonMissing):
        decide_on_notes(asked.pk, [], words="", by=alex, at=WEDNESDAY)
    decide_on_notes(asked.pk, [], words="About somebody else.", by=alex, at=WEDNESDAY)
    assert released_to(pair[1]) == []
    with pytest.raises(RequestDecided):
        read_notes(asked.pk, by=alex, at=WEDNESDAY)


def test_what_nobody_reviewed_is_never_released(pair, session, alex):
    dana, priya = pair
    asked = ask_for_notes(by=priya, at=MONDAY)
    note = PrivateNote.objects.get(author=dana)
    with pytest.raises(NotesUnread):
        decide_on_notes(asked.pk, [note.pk], words="", by=alex, at=WEDNESDAY)
    read_notes(asked.pk, by=alex, at=WEDNESDAY)
    save_private_note(session.pk, "Changed since", by=dana, at=WEDNESDAY + timedelta(hours=1))
    decide_on_notes(asked.pk, [note.pk], words="", by=alex, at=WEDNESDAY + timedelta(hours=2))
    assert released_to(priya) == []


def test_asking_twice_is_one_request_and_nobody_reviews_their_own(pair, alex):
    assert ask_for_notes(by=pair[1], at=MONDAY) == ask_for_notes(by=pair[1], at=WEDNESDAY)
    own = ask_for_notes(by=alex, at=MONDAY)
    with pytest.raises(NotesRequest.DoesNotExist):
        read_notes(own.pk, by=alex, at=MONDAY)


def test_lead_of_another_team_peer_and_admin_are_refused_every_word(
    pair, session, alex, client: Client
):
    dana, priya = pair
    peer = PersonFactory(name="Jomar Reyes")
    MembershipFactory(user=peer, team=Membership.objects.get(user=priya).team)
    other_lead = PersonFactory(lead=True)
    MembershipFactory(user=other_lead, is_lead=True)
    asked = ask_for_notes(by=priya, at=MONDAY)
    for who in (other_lead, peer, alex):
        client.force_login(who)
        for rest in ("", "live/", "prepare/", "cancel/", "move/", "hand-over/"):
            assert client.get(f"/feedback/{session.pk}/{rest}").status_code == 404
        for rest in ("notes/private/", "notes/shared/", "begin/", "close/", "actions/"):
            assert client.post(f"/feedback/{session.pk}/{rest}").status_code == 404
        for page in ("/feedback/", "/feedback/notes/"):
            assert SECRET not in html_of(client.get(page))
    for who in (other_lead, peer, dana, priya):
        client.force_login(who)
        assert client.get("/feedback/notes/requests/").status_code == 403
        assert client.post(f"/feedback/notes/requests/{asked.pk}/").status_code == 403
    client.force_login(alex)
    assert SECRET not in html_of(client.get("/feedback/overview/"))
