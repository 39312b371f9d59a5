"""The session itself: nothing written is lost, and each does only what is theirs."""

from datetime import timedelta

import pytest

from portal.coaching.actions.agenda import add_topic, move_line, put_back, take_off
from portal.coaching.actions.meeting import (
    NoteChangedMeanwhile,
    acknowledge_summary,
    agree_action,
    begin_session,
    close_session,
    save_private_note,
    save_reflection,
    save_shared_note,
    settle_action,
)
from portal.coaching.actions.scheduling import cancel_session
from portal.coaching.errors import SessionClosed
from portal.coaching.models import ActionItem, FeedbackSession, PrivateNote
from portal.kit.errors import NotAllowed
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    return planned(*pair)


def test_a_note_that_changed_meanwhile_is_not_overwritten(pair, session):
    dana, priya = pair
    save_shared_note(session.pk, "From Dana", version=0, by=dana, at=WEDNESDAY)
    with pytest.raises(NoteChangedMeanwhile) as clash:
        save_shared_note(session.pk, "From Priya", version=0, by=priya, at=WEDNESDAY)
    assert (clash.value.theirs, clash.value.version) == ("From Dana", 1)
    session.refresh_from_db()
    assert session.shared_note == "From Dana"
    saved = save_shared_note(session.pk, "From both", version=1, by=priya, at=WEDNESDAY)
    assert (saved.shared_note, saved.shared_note_version) == ("From both", 2)


def test_the_same_note_sent_twice_is_one_note(pair, session):
    dana, _ = pair
    for _ in range(2):
        saved = save_shared_note(session.pk, "Once", version=0, by=dana, at=WEDNESDAY)
    assert saved.shared_note_version == 1


def test_private_notes_are_one_for_each_author(pair, session):
    dana, priya = pair
    save_private_note(session.pk, "Ask about the shift", by=dana, at=WEDNESDAY)
    save_private_note(session.pk, "Ask about Friday", by=priya, at=WEDNESDAY)
    save_private_note(session.pk, "Ask about both", by=dana, at=WEDNESDAY)
    notes = PrivateNote.objects.order_by("author__name").values_list("author__name", "text")
    assert list(notes) == [
        ("Dana Whitfield", "Ask about both"),
        ("Priya Raman", "Ask about Friday"),
    ]


def test_only_its_lead_begins_and_closes_a_session(pair, session):
    dana, priya = pair
    with pytest.raises(NotAllowed):
        begin_session(session.pk, by=priya, at=WEDNESDAY)
    with pytest.raises(NotAllowed):
        close_session(session.pk, took_place=True, by=priya, at=WEDNESDAY)
    assert begin_session(session.pk, by=dana, at=WEDNESDAY).is_under_way
    assert begin_session(session.pk, by=dana, at=WEDNESDAY + timedelta(1)).begun_at == WEDNESDAY


def test_closing_sends_a_summary_to_both_once(pair, session):
    dana, _ = pair
    closed = close_session(session.pk, took_place=True, by=dana, at=WEDNESDAY)
    assert (closed.state, closed.held_at) == ("held", WEDNESDAY)
    with pytest.raises(SessionClosed):
        close_session(session.pk, took_place=True, by=dana, at=WEDNESDAY)
    assert OutgoingEmail.objects.filter(kind="session_summary").count() == 2


def test_a_session_that_did_not_happen_sends_no_summary(pair, session):
    dana, _ = pair
    closed = close_session(session.pk, took_place=False, by=dana, at=WEDNESDAY)
    assert closed.state == "missed"
    assert not OutgoingEmail.objects.filter(kind="session_summary").exists()


def test_what_was_agreed_is_done_dropped_or_open_again(pair, session):
    dana, priya = pair
    action = agree_action(
        session.pk, owner=priya, words="A time", due_on=WEDNESDAY.date(), by=dana, at=WEDNESDAY
    )
    settle_action(session.pk, action.pk, state="done", by=priya, at=WEDNESDAY)
    assert not ActionItem.objects.open().exists()
    settle_action(session.pk, action.pk, state="dropped", by=dana, at=WEDNESDAY)
    action.refresh_from_db()
    assert (action.done_at, action.dropped_at) == (None, WEDNESDAY)
    settle_action(session.pk, action.pk, state="open", by=dana, at=WEDNESDAY)
    assert ActionItem.objects.open().count() == 1


def test_the_agent_reflects_before_and_acknowledges_after(pair, session):
    dana, priya = pair
    with pytest.raises(NotAllowed):
        save_reflection(session.pk, "Hm", by=dana, at=WEDNESDAY)
    save_reflection(session.pk, "It was a long week.", by=priya, at=WEDNESDAY)
    with pytest.raises(SessionClosed):
        acknowledge_summary(session.pk, words="", by=priya, at=WEDNESDAY)
    close_session(session.pk, took_place=True, by=dana, at=WEDNESDAY)
    with pytest.raises(NotAllowed):
        acknowledge_summary(session.pk, words="", by=dana, at=WEDNESDAY)
    acknowledge_summary(session.pk, words="Fits.", by=priya, at=WEDNESDAY)
    session.refresh_from_db()
    assert (session.acknowledged_at, session.acknowledge_words) == (WEDNESDAY, "Fits.")


def test_nobody_else_does_anything(session):
    stranger = PersonFactory(lead=True)
    for act in (
        lambda: begin_session(session.pk, by=stranger, at=WEDNESDAY),
        lambda: save_shared_note(session.pk, "x", version=0, by=stranger, at=WEDNESDAY),
        lambda: save_private_note(session.pk, "x", by=stranger, at=WEDNESDAY),
        lambda: settle_action(session.pk, 1, state="done", by=stranger, at=WEDNESDAY),
    ):
        with pytest.raises(FeedbackSession.DoesNotExist):
            act()


def closed(pair, session, how):
    """Close a session in one of three ways; return it."""
    dana, _ = pair
    if how == "cancelled":
        return cancel_session(session.pk, words="", by=dana, at=WEDNESDAY)
    return close_session(session.pk, took_place=how == "held", by=dana, at=WEDNESDAY)


@pytest.mark.parametrize("how", ["held", "missed", "cancelled"])
def test_the_agenda_of_a_closed_session_stays_as_it_was(pair, session, how):
    dana, _ = pair
    line = add_topic(session, words="Night shifts", by=dana, at=WEDNESDAY)
    closed(pair, session, how)
    for change in (
        lambda: add_topic(session, words="Too late", by=dana, at=WEDNESDAY),
        lambda: take_off(session, line.pk, at=WEDNESDAY),
        lambda: put_back(session, line.pk),
        lambda: move_line(session, line.pk, places=1),
    ):
        with pytest.raises(SessionClosed):
            change()
    assert [one.words for one in session.agenda.shown()] == ["Night shifts"]


@pytest.mark.parametrize("how", ["missed", "cancelled"])
def test_nothing_is_written_on_a_session_that_fell_out(pair, session, how):
    dana, priya = pair
    closed(pair, session, how)
    for write in (
        lambda: save_shared_note(session.pk, "Late", version=0, by=dana, at=WEDNESDAY),
        lambda: save_private_note(session.pk, "Late", by=dana, at=WEDNESDAY),
        lambda: save_reflection(session.pk, "Late", by=priya, at=WEDNESDAY),
        lambda: agree_action(
            session.pk, owner=priya, words="x", due_on=WEDNESDAY.date(), by=dana, at=WEDNESDAY
        ),
    ):
        with pytest.raises(SessionClosed):
            write()
    assert not PrivateNote.objects.exists()
    assert not ActionItem.objects.exists()


def test_notes_of_a_held_session_can_still_be_completed(pair, session):
    dana, _ = pair
    closed(pair, session, "held")
    assert save_shared_note(session.pk, "After", version=0, by=dana, at=WEDNESDAY).shared_note


def test_the_agent_may_say_what_the_time_was_worth(pair, session):
    _, priya = pair
    closed(pair, session, "held")
    acknowledge_summary(session.pk, words="", usefulness=4, by=priya, at=WEDNESDAY)
    session.refresh_from_db()
    assert session.usefulness == 4
