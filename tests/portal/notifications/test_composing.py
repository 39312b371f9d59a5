"""A planned mail becomes a letter in the reader's place, with headers that mail programs honor."""

from collections.abc import Callable
from datetime import datetime
from email.message import Message as MimeMessage

import pytest
from django.utils import timezone

from portal.notifications.composing import Letter, build_message, compose_letter
from portal.notifications.kinds import Dropped, MailKind, Message
from portal.notifications.links import unsubscribe_link
from portal.notifications.models import OutgoingEmail
from portal.people.models import User

PlanNote = Callable[..., OutgoingEmail]


def compose(email: OutgoingEmail, kind: MailKind, at: datetime) -> Letter:
    """Compose a mail that is wanted."""
    letter = compose_letter(email, kind, at=at)
    assert isinstance(letter, Letter)
    return letter


def on_the_wire(email: OutgoingEmail, kind: MailKind, at: datetime) -> MimeMessage:
    """Return the message as the mail server gets it."""
    return build_message(email, kind, compose(email, kind, at), at=at).message()


def test_the_headers_name_the_mail_and_say_that_a_machine_sent_it(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)

    message = on_the_wire(email, note, monday)

    names = ("From", "To", "Reply-To", "Subject", "Message-ID", "Date", "Auto-Submitted")
    assert {name: message[name] for name in names} == {
        "From": "Attune <hello@attune.example>",
        "To": "priya@demo.example",
        "Reply-To": "Attune <hello@attune.example>",
        "Subject": "A quiet word",
        "Message-ID": f"<{email.pk}@testserver>",
        "Date": "Mon, 23 Nov 2026 15:00:00 GMT",
        "Auto-Submitted": "auto-generated",
    }


def test_a_mail_has_a_text_twin_before_its_html(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    message = on_the_wire(plan_note(priya), note, monday)

    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_html_is_escaped_and_text_is_not(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    email = plan_note(priya, params={"heading": "Tom & Ann", "text": "<b>5 > 3</b> & so on"})

    letter = compose(email, note, monday)

    assert letter.subject == "Tom & Ann"
    assert "<b>5 > 3</b> & so on" in letter.text
    assert "&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; so on" in letter.html
    assert "<b>5" not in letter.html


def test_a_line_break_in_a_value_starts_no_header(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    params = {
        "heading": "Hello\r\nBcc: everybody@demo.example",
        "reply_to": "dana@demo.example\nX-Evil: 1",
    }

    message = on_the_wire(plan_note(priya, params=params), note, monday)

    assert (message["Bcc"], message["X-Evil"]) == (None, None)
    assert message["Subject"] == "Hello Bcc: everybody@demo.example"
    assert message["Reply-To"] == "dana@demo.example X-Evil: 1"


def test_an_optional_mail_offers_the_way_out_with_one_click(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    message = on_the_wire(plan_note(priya), note, monday)

    assert message["List-Unsubscribe"] == f"<{unsubscribe_link(priya.pk, 'note')}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_must_be_sent_offers_none(
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    monday: datetime,
) -> None:
    email = plan_note(priya)

    message = on_the_wire(email, register_kind("note", is_optional=False), monday)

    assert "List-Unsubscribe" not in message


def test_answers_go_to_whom_the_kind_names(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime
) -> None:
    email = plan_note(priya, params={"heading": "Hello", "reply_to": "dana@demo.example"})

    assert on_the_wire(email, note, monday)["Reply-To"] == "dana@demo.example"


def test_a_mail_is_composed_in_the_recipients_time_zone(
    plan_note: PlanNote, register_kind: Callable[..., MailKind], priya: User, monday: datetime
) -> None:
    seen = []

    def look_at_the_clock(email: OutgoingEmail, at: datetime) -> Message | Dropped:
        seen.append(timezone.localtime(at).strftime("%A %H:%M"))
        return Dropped("Only looking.")

    compose_letter(plan_note(priya), register_kind("note", compose=look_at_the_clock), at=monday)

    assert seen == ["Monday 10:00"]


@pytest.mark.parametrize("address", ["anna@bücher.example", "o'hara+x@demo.example"])
def test_unusual_addresses_reach_the_wire(
    plan_note: PlanNote, note: MailKind, priya: User, monday: datetime, address: str
) -> None:
    message = on_the_wire(plan_note(priya, to_address=address), note, monday)

    assert message["To"] == address.replace("bücher", "xn--bcher-kva")
