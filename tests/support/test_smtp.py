"""The mail server of the tests does what mail servers do, the bad things included."""

import smtplib

import pytest
from django.core.mail import send_mail


def send() -> int:
    """Send one mail through Django."""
    return send_mail("A quiet word", "Hello.", "hello@attune.example", ["priya@example.org"])


def test_mail_arrives(mail_server):
    assert send() == 1
    [message] = mail_server.messages
    assert (message["Subject"], message["To"]) == ("A quiet word", "priya@example.org")


def test_a_refused_recipient(mail_server):
    mail_server.answer_to_recipient = "550 No such person"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send()
    assert mail_server.messages == []


def test_a_refused_mail(mail_server):
    mail_server.answer_to_data = "451 Try later"
    with pytest.raises(smtplib.SMTPDataError):
        send()
    assert mail_server.messages == []


def test_a_connection_that_breaks_after_the_mail_was_taken(mail_server):
    mail_server.hangs_up_after_data = True
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send()
    assert len(mail_server.messages) == 1


def test_each_test_finds_the_server_as_new(mail_server):
    assert (mail_server.messages, mail_server.hangs_up_after_data) == ([], False)
