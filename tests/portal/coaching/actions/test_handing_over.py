"""A session goes to another lead: who is told, and what stays between the first two."""

from datetime import timedelta

import pytest

from portal.coaching.actions.meeting import agree_action, begin_session, save_private_note
from portal.coaching.actions.scheduling import ask_for_session, hand_over_session
from portal.coaching.errors import SessionClosed, TimeTaken
from portal.coaching.models import FeedbackSession, PrivateNote
from portal.coaching.queries.sessions import sessions_visible_to
from portal.kit.errors import NotAllowed
from portal.notifications.actions.delivery import deliver_due_emails
from portal.people.models import Membership, User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> tuple[User, User, User]:
    dana, priya = a_pair()
    lee = PersonFactory(lead=True, name="Lee Alone")
    MembershipFactory(user=lee, team=Membership.objects.get(user=priya).team, is_lead=True)
    return dana, priya, lee


def test_all_three_hear_of_it_and_only_the_new_lead_and_the_agent_see_it(three, mail_server):
    dana, priya, lee = three
    session = planned(dana, priya)
    deliver_due_emails(clock=lambda: MONDAY)
    mail_server.forget()
    hand_over_session(session.pk, to=lee, by=dana, at=MONDAY)
    deliver_due_emails(clock=lambda: MONDAY)
    mails = {mail["To"]: mail for mail in mail_server.messages}
    assert {to: mail["Subject"] for to, mail in mails.items()} == {
        dana.email: "Handed over: Priya, Wednesday 25 November",
        priya.email: "You and Lee, Wednesday 25 November",
        lee.email: "You and Priya, Wednesday 25 November",
    }
    methods = {
        to: next(one for one in mail.walk() if one.get_content_type() == "text/calendar").get_param(
            "method"
        )
        for to, mail in mails.items()
    }
    assert methods == {dana.email: "CANCEL", priya.email: "REQUEST", lee.email: "REQUEST"}
    seen = {one: sessions_visible_to(one).count() for one in three}
    assert seen == {dana: 0, priya: 1, lee: 1}


def test_what_the_first_two_agreed_and_the_private_note_stay_with_the_first_lead(three):
    dana, priya, lee = three
    earlier = planned(dana, priya, starts_at=WEDNESDAY - timedelta(days=1))
    agree_action(earlier.pk, owner=priya, words="A time", due_on=MONDAY.date(), by=dana, at=MONDAY)
    session = planned(dana, priya)
    assert session.agenda.shown().count() == 1
    save_private_note(session.pk, "Mine", by=dana, at=MONDAY)
    hand_over_session(session.pk, to=lee, by=dana, at=MONDAY)
    assert session.agenda.shown().count() == 0
    assert not PrivateNote.objects.filter(session=session, author=lee).exists()


def test_a_wish_goes_over_without_a_time(three):
    dana, priya, lee = three
    wish = ask_for_session(lead=dana, topic="Night shifts", by=priya, at=MONDAY)
    hand_over_session(wish.pk, to=lee, by=dana, at=MONDAY)
    assert FeedbackSession.objects.get().lead == lee


def test_only_its_lead_hands_over_and_only_to_another_lead_of_the_person(three):
    dana, priya, lee = three
    session = planned(dana, priya)
    for by, to in ((priya, lee), (dana, PersonFactory(lead=True)), (dana, dana)):
        with pytest.raises(NotAllowed):
            hand_over_session(session.pk, to=to, by=by, at=MONDAY)
    with pytest.raises(FeedbackSession.DoesNotExist):
        hand_over_session(session.pk, to=lee, by=lee, at=MONDAY)


def test_a_lead_who_is_busy_then_or_a_session_that_has_begun_changes_nothing(three):
    dana, priya, lee = three
    session = planned(dana, priya)
    planned(lee, PersonFactory())
    with pytest.raises(TimeTaken, match="Lee or Priya has another session"):
        hand_over_session(session.pk, to=lee, by=dana, at=MONDAY)
    begin_session(session.pk, by=dana, at=WEDNESDAY)
    with pytest.raises(SessionClosed):
        hand_over_session(session.pk, to=lee, by=dana, at=WEDNESDAY)
    assert FeedbackSession.objects.get(pk=session.pk).lead == dana
