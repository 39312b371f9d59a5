"""A person turns optional mails off: on their page, or with one click from the mail itself."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.kinds import MailKind
from portal.notifications.links import unsubscribe_link
from portal.notifications.models import OutgoingEmail, Unsubscription
from portal.notifications.queries.preferences import mail_options
from portal.people.models import User
from tests.support.smtp import MailServer

PREFERENCES = "/mail/preferences/"


def path_of(user: User, kind: str) -> str:
    """Return the path of a way out."""
    return urlsplit(unsubscribe_link(user.pk, kind)).path


def turned_off() -> list[tuple[str, str]]:
    """Return who has turned which kind off."""
    return list(Unsubscription.objects.values_list("user__email", "kind"))


def test_one_click_on_the_header_of_a_real_mail_ends_such_mails(
    mail_server: MailServer,
    plan_note: Callable[..., OutgoingEmail],
    priya: User,
    monday: datetime,
) -> None:
    plan_note(priya)
    deliver_due_emails(clock=lambda: monday)
    header = mail_server.messages[0]["List-Unsubscribe"]
    [path] = re.findall(r"<http://testserver(/\S+)>", header.replace("\r\n ", ""))

    # A mail program posts without cookies, and must not be sent elsewhere (RFC 8058).
    response = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == HTTPStatus.OK
    assert turned_off() == [("priya@demo.example", "note")]
    plan_note(priya, "next day")
    assert deliver_due_emails(clock=lambda: monday) == 0


def test_opening_the_link_only_asks(client: Client, note: MailKind, priya: User) -> None:
    response = client.get(path_of(priya, "note"))

    assert (response.status_code, turned_off()) == (HTTPStatus.OK, [])
    assert "Turn off “Note”?" in response.content.decode()


def test_turning_off_twice_is_one_event(client: Client, note: MailKind, priya: User) -> None:
    for _ in range(2):
        assert client.post(path_of(priya, "note")).status_code == HTTPStatus.OK

    events = AuditEvent.objects.values_list("verb", "actor_id", "details")
    assert list(events) == [("turned off mails", priya.pk, {"kind": "note"})]


@pytest.mark.parametrize("kind", ["invitation", "never_heard_of"])
def test_a_mail_that_must_be_sent_has_no_way_out(client: Client, priya: User, kind: str) -> None:
    assert client.post(path_of(priya, kind)).status_code == HTTPStatus.NOT_FOUND
    assert turned_off() == []


def test_a_link_that_was_changed_or_cut_off_does_nothing(
    client: Client, note: MailKind, priya: User
) -> None:
    whole = path_of(priya, "note")

    for path in (whole[:-3] + "/", whole.replace("unsubscribe/", "unsubscribe/x")):
        response = client.post(path)
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert "This link doesn’t work" in response.content.decode()
    assert turned_off() == []


def test_a_person_chooses_on_their_own_page(
    client: Client, note: MailKind, register_kind: Callable[..., MailKind], priya: User
) -> None:
    register_kind("digest", is_optional=True, label="Digest")
    client.force_login(priya)
    everything = [option.kind.name for option in mail_options(priya)]
    all_but_notes = [name for name in everything if name != "note"]

    assert client.post(PREFERENCES, {"wanted": all_but_notes})["Location"] == PREFERENCES
    assert turned_off() == [("priya@demo.example", "note")]
    options = client.get(PREFERENCES).context["options"]
    assert [option.kind.name for option in options if option.is_wanted] == all_but_notes

    client.post(PREFERENCES, {"wanted": everything})
    assert turned_off() == []


def test_a_choice_that_does_not_exist_changes_nothing(
    client: Client, note: MailKind, priya: User
) -> None:
    client.force_login(priya)

    client.post(PREFERENCES, {"wanted": ["note", "invitation"]})

    assert turned_off() == []


def test_preferences_are_ones_own(client: Client, db: None) -> None:
    assert client.get(PREFERENCES)["Location"] == "/accounts/login/?next=/mail/preferences/"
