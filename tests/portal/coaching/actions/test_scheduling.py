"""Planning, moving, answering and calling off a session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from portal.audit.models import AuditEvent
from portal.coaching.actions.scheduling import (
    Meeting,
    SessionClosed,
    TimeTaken,
    answer_invitation,
    ask_for_session,
    cancel_session,
    move_session,
    plan_session,
)
from portal.coaching.models import FeedbackSession, InvitationAnswer, SessionState
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def mails() -> list[tuple[str, str]]:
    rows = OutgoingEmail.objects.order_by("created_at", "recipient__name")
    return list(rows.values_list("kind", "recipient__name"))


def test_planning_invites_both_and_is_written_down(pair):
    dana, priya = pair
    session = planned(dana, priya, place="Room 4")
    assert (session.state, session.starts_at, session.minutes) == ("planned", WEDNESDAY, 30)
    assert mails() == [
        ("session_invitation", "Dana Whitfield"),
        ("session_invitation", "Priya Raman"),
    ]
    assert AuditEvent.objects.filter(verb="planned", subject_id=str(session.pk)).count() == 1


def test_neither_of_the_two_can_have_two_sessions_at_once(pair):
    dana, priya = pair
    planned(dana, priya)
    somebody = PersonFactory()
    with pytest.raises(TimeTaken, match="another session at that time"):
        planned(dana, somebody, starts_at=WEDNESDAY + timedelta(minutes=15))
    with pytest.raises(TimeTaken):
        planned(PersonFactory(lead=True), priya, starts_at=WEDNESDAY - timedelta(minutes=15))
    assert FeedbackSession.objects.count() == 1
    planned(dana, somebody, starts_at=WEDNESDAY + timedelta(minutes=30))
    assert FeedbackSession.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_plans_at_the_same_moment_one_holds(pair):
    dana, priya = pair

    def plan(_number: int) -> bool:
        try:
            planned(dana, priya)
        except TimeTaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(plan, range(8))) == 1
    assert FeedbackSession.objects.count() == 1
    assert OutgoingEmail.objects.count() == 2


def test_moving_raises_the_sequence_and_asks_again(pair):
    dana, priya = pair
    session = planned(dana, priya)
    answer_invitation(session.pk, InvitationAnswer.ACCEPTED, words="", by=priya, at=MONDAY)
    later = Meeting(starts_at=WEDNESDAY + HOUR, minutes=45)
    moved = move_session(session.pk, later, by=dana, at=MONDAY + HOUR)
    assert (moved.sequence, moved.answer, moved.minutes) == (1, "open", 45)
    assert len(mails()) == 4


def test_moving_to_where_it_is_tells_nobody(pair):
    dana, priya = pair
    session = planned(dana, priya)
    moved = move_session(session.pk, Meeting(WEDNESDAY, 30), by=dana, at=MONDAY + HOUR)
    assert moved.sequence == 0
    assert len(mails()) == 2


def test_calling_off_tells_both_once(pair):
    dana, priya = pair
    session = planned(dana, priya)
    for _ in range(2):
        cancel_session(session.pk, words="I’m on leave.", by=priya, at=MONDAY)
    session.refresh_from_db()
    assert (session.state, session.sequence, session.cancelled_by) == ("cancelled", 1, priya)
    assert [kind for kind, _ in mails()].count("session_cancelled") == 2


def test_what_is_over_is_not_moved_answered_or_called_off(pair):
    dana, priya = pair
    session = planned(dana, priya)
    FeedbackSession.objects.update(state=SessionState.HELD, held_at=WEDNESDAY)
    with pytest.raises(SessionClosed):
        move_session(session.pk, Meeting(WEDNESDAY + HOUR, 30), by=dana, at=WEDNESDAY)
    with pytest.raises(SessionClosed):
        answer_invitation(session.pk, InvitationAnswer.ACCEPTED, words="", by=priya, at=WEDNESDAY)
    with pytest.raises(SessionClosed):
        cancel_session(session.pk, words="", by=dana, at=WEDNESDAY)


def test_only_the_invited_agent_answers(pair):
    dana, priya = pair
    session = planned(dana, priya)
    for other in (dana, PersonFactory()):
        with pytest.raises(FeedbackSession.DoesNotExist):
            answer_invitation(session.pk, InvitationAnswer.DECLINED, words="", by=other, at=MONDAY)


def test_a_wish_becomes_the_session_and_keeps_its_topic(pair):
    dana, priya = pair
    wish = ask_for_session(lead=dana, topic="Calls that go in circles", by=priya, at=MONDAY)
    again = ask_for_session(lead=dana, topic="Night shifts", by=priya, at=MONDAY)
    assert again == wish
    session = plan_session(Meeting(WEDNESDAY, 30), agent=priya, by=dana, at=MONDAY)
    assert session == wish
    topics = session.agenda.shown().values_list("words", flat=True)
    assert list(topics) == ["Calls that go in circles", "Night shifts"]
