"""The mails about sessions, read from a real mail server."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from portal.coaching.actions.agenda import add_topic
from portal.coaching.actions.meeting import agree_action, close_session, save_shared_note
from portal.coaching.actions.reminders import plan_session_reminders
from portal.coaching.actions.scheduling import (
    Meeting,
    answer_invitation,
    cancel_session,
    move_session,
)
from portal.coaching.models import InvitationAnswer
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.support.smtp import MailServer

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def sent(server: MailServer, *, at=MONDAY) -> dict[str, EmailMessage]:
    """Send what is due and return the new mails by the name of their reader's address."""
    server.forget()
    deliver_due_emails(clock=lambda: at)
    return {message["To"]: message for message in server.messages}


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


def calendar_of(message: EmailMessage) -> list[str]:
    """Return the lines of the calendar part, unfolded."""
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    text = part.get_content()
    method = next(line for line in text.splitlines() if line.startswith("METHOD:"))
    assert part.get_param("method") == method.removeprefix("METHOD:")
    file = next(one for one in message.walk() if one.get_filename() == "invitation.ics")
    assert file.get_content().decode().splitlines() == text.splitlines()
    return text.replace("\r\n ", "").replace("\n ", "").splitlines()


def test_an_invitation_says_when_where_and_what_and_goes_into_calendars(pair, mail_server):
    dana, priya = pair
    session = planned(dana, priya, place="Room 4", word="No need to prepare.")
    add_topic(session, words="Calls in circles", by=priya, at=MONDAY)
    mails = sent(mail_server)
    mail = mails[priya.email]
    assert mail["Subject"] == "You and Dana, Wednesday 25 November"
    assert mail["Reply-To"] == dana.email
    text = text_of(mail)
    assert "Wednesday 25 November, 2:30–3:00 pm EST Room 4" in text
    assert "Dana wrote: “No need to prepare.”" in text
    assert "On the agenda 1. Calls in circles" in text
    assert f"http://testserver/feedback/{session.pk}/" in text
    lines = calendar_of(mail)
    assert "METHOD:REQUEST" in lines
    assert f"UID:session-{session.pk}@testserver" in lines
    assert "DTSTART;TZID=America/New_York:20261125T143000" in lines
    assert mails[dana.email]["Subject"] == "You and Priya, Wednesday 25 November"
    assert "No need to prepare." not in text_of(mails[dana.email])


def test_each_reader_has_their_own_clock(pair, mail_server):
    dana, priya = pair
    User.objects.filter(pk=priya.pk).update(time_zone="Asia/Manila")
    priya.refresh_from_db()
    planned(dana, priya)
    mails = sent(mail_server)
    assert "Thursday 26 November, 3:30–4:00 am" in text_of(mails[priya.email])
    assert "DTSTART;TZID=Asia/Manila:20261126T033000" in calendar_of(mails[priya.email])
    assert "2:30–3:00 pm EST" in text_of(mails[dana.email])


def test_a_move_and_a_cancellation_change_the_same_entry(pair, mail_server):
    dana, priya = pair
    session = planned(dana, priya)
    first = calendar_of(sent(mail_server)[priya.email])
    move_session(session.pk, Meeting(WEDNESDAY + HOUR, 30), by=dana, at=MONDAY)
    mail = sent(mail_server)[priya.email]
    assert mail["Subject"] == "New time with Dana, Wednesday 25 November"
    second = calendar_of(mail)
    cancel_session(session.pk, words="I’m on leave.", by=dana, at=MONDAY)
    mail = sent(mail_server)[priya.email]
    assert "Dana called off your feedback session." in text_of(mail)
    assert "“I’m on leave.”" in text_of(mail)
    third = calendar_of(mail)
    uid = f"UID:session-{session.pk}@testserver"
    assert all(uid in lines for lines in (first, second, third))
    found = [line for lines in (first, second, third) for line in lines if line[:8] == "SEQUENCE"]
    assert found == ["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2"]
    assert "METHOD:CANCEL" in third


def test_an_invitation_that_was_overtaken_is_not_sent(pair, mail_server):
    dana, priya = pair
    session = planned(dana, priya)
    move_session(session.pk, Meeting(WEDNESDAY + HOUR, 30), by=dana, at=MONDAY)
    assert sent(mail_server)[priya.email]["Subject"].startswith("New time")
    reasons = OutgoingEmail.objects.filter(state="dropped").values_list("drop_reason", flat=True)
    assert list(reasons) == ["The session was moved again; a newer mail says when."] * 2
    assert len(mail_server.messages) == 2


def test_reminders_go_out_unless_it_was_declined(pair, mail_server):
    dana, priya = pair
    session = planned(dana, priya)
    sent(mail_server)
    plan_session_reminders(now=WEDNESDAY - DAY)
    mails = sent(mail_server, at=WEDNESDAY - DAY)
    assert mails[priya.email]["Subject"] == "Tomorrow: you and Dana"
    assert "List-Unsubscribe" in mails[priya.email]
    answer_invitation(session.pk, InvitationAnswer.DECLINED, words="", by=priya, at=MONDAY)
    news = sent(mail_server, at=WEDNESDAY - DAY)
    assert {to: mail["Subject"] for to, mail in news.items()} == {
        dana.email: "Priya can’t make your session"
    }
    plan_session_reminders(now=WEDNESDAY - HOUR)
    assert sent(mail_server, at=WEDNESDAY - HOUR) == {}


def test_a_summary_says_what_was_agreed_and_nothing_of_the_notes(pair, mail_server):
    dana, priya = pair
    session = planned(dana, priya)
    sent(mail_server)
    save_shared_note(session.pk, "Your ear for worry", version=0, by=dana, at=WEDNESDAY)
    agree_action(
        session.pk,
        owner=priya,
        words="A time on five call-backs",
        due_on=(WEDNESDAY + 14 * DAY).date(),
        by=dana,
        at=WEDNESDAY,
    )
    close_session(session.pk, took_place=True, by=dana, at=WEDNESDAY)
    text = text_of(sent(mail_server, at=WEDNESDAY)[priya.email])
    assert "A time on five call-backs Priya, by Wednesday 9 December" in text
    assert "Your ear for worry" not in text
