"""Mails about signing in use the outbox; nobody learns from them who has an account."""

import re
from collections.abc import Iterable
from pathlib import Path

import allauth
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portal.kit.clock import now
from portal.notifications.account_mails import ACCOUNT_MAILS, compose_account_mail
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User
from tests.support.smtp import MailServer

_VALUES_OF_ALLAUTH = {"to_email": "a@b.example", "from_email": "c@d.example", "deleted_email": "e"}


def allauths_mails() -> Iterable[str]:
    """Yield the names of the mails that the installed allauth can send."""
    root = Path(allauth.__file__).parent / "templates"
    for app in ("account", "mfa"):
        for path in (root / app / "email").glob("*_message.txt"):
            if not path.name.startswith("base_"):
                yield path.name.removesuffix("_message.txt")


def ask_for_a_new_password(client: Client, address: str) -> tuple[int, str]:
    """Post the form; return the status and where it leads."""
    response = client.post(reverse("account_reset_password"), {"email": address})
    return response.status_code, response.headers.get("Location", "")


def test_every_mail_that_allauth_can_send_has_words_of_ours(db: None) -> None:
    assert set(ACCOUNT_MAILS) == {*allauths_mails()} - {"password_reset_email"}


@pytest.mark.parametrize("name", sorted(ACCOUNT_MAILS))
def test_the_words_of_each_can_be_composed(name: str) -> None:
    email = OutgoingEmail(params={"mail": name, **_VALUES_OF_ALLAUTH})

    message = compose_account_mail(email, now())

    assert len(str(message.context["heading"])) <= 45
    assert "%" not in str(message.context["text"])


def test_a_reset_link_goes_out_through_the_outbox_and_works_once(
    mail_server: MailServer, client: Client, priya: User
) -> None:
    assert ask_for_a_new_password(client, "priya@demo.example")[0] == 302
    assert mail_server.messages == []

    assert deliver_due_emails(clock=now) == 1

    [message] = mail_server.messages
    text = message.get_body(("plain",)).get_content()
    [link] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", text)
    assert client.get(link, follow=True).status_code == 200
    email = OutgoingEmail.objects.get()
    assert (email.kind, email.recipient, email.state) == (
        "account",
        priya,
        EmailState.SENT,
    )
    assert (email.params, email.body_text, email.body_html) == ({}, "", "")


def test_a_known_and_an_unknown_address_get_the_same_answer_and_one_mail_each(
    mail_server: MailServer, client: Client, priya: User
) -> None:
    known = ask_for_a_new_password(client, "priya@demo.example")
    unknown = ask_for_a_new_password(client, "nobody@demo.example")

    assert known == unknown
    deliver_due_emails(clock=now)
    assert [(message["To"], message["Subject"]) for message in mail_server.messages] == [
        ("priya@demo.example", "Choose a new password"),
        ("nobody@demo.example", "No account with this address"),
    ]


def test_a_link_leads_to_this_site_whatever_host_was_asked(
    client: Client, priya: User, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"),
        {"email": "priya@demo.example"},
        headers={"host": "evil.example"},
    )

    link = OutgoingEmail.objects.get().params["password_reset_url"]
    assert link.startswith("http://testserver/accounts/password/reset/key/")


def test_nobody_signs_up_alone(client: Client, db: None) -> None:
    form = {"email": "new@demo.example", "password1": "a calm word", "password2": "a calm word"}
    client.post(reverse("account_signup"), form)

    assert not User.objects.exists()
