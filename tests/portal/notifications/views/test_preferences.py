"""A person turns optional mails off: on their page, or with one click from the mail itself."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.preferences import choose_mails
from portal.notifications.kinds import MailKind, register
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


# Mails that are off at first


@pytest.fixture
def nudge(register_kind: Callable[..., MailKind]) -> MailKind:
    """A kind of mail that comes only to those who ask for it."""
    return register_kind("nudge", is_optional=True, is_off_at_first=True, label="Nudge")


def wanted_by(user: User) -> set[str]:
    return {option.kind.name for option in mail_options(user) if option.is_wanted}


def test_what_is_off_at_first_is_turned_on_and_off_on_the_page(
    client: Client, nudge: MailKind, priya: User
) -> None:
    client.force_login(priya)
    before = wanted_by(priya)
    assert "nudge" not in before

    for _ in range(2):
        client.post(PREFERENCES, {"wanted": [*before, "nudge"]})
    assert wanted_by(priya) == {*before, "nudge"}

    client.post(PREFERENCES, {"wanted": list(before)})
    assert wanted_by(priya) == before
    events = AuditEvent.objects.order_by("pk").values_list("verb", "details")
    assert list(events) == [
        ("turned on mails", {"kind": "nudge"}),
        ("turned off mails", {"kind": "nudge"}),
    ]


def test_one_click_ends_what_somebody_had_asked_for(
    client: Client, nudge: MailKind, priya: User, monday: datetime
) -> None:
    choose_mails(priya, wanted={*wanted_by(priya), "nudge"}, at=monday)
    for _ in range(2):
        assert client.post(path_of(priya, "nudge")).status_code == HTTPStatus.OK

    assert "nudge" not in wanted_by(priya)
    assert turned_off() == []


def test_what_is_off_at_first_goes_only_to_those_who_asked_for_it(
    mail_server: MailServer,
    nudge: MailKind,
    plan_note: Callable[..., OutgoingEmail],
    priya: User,
    monday: datetime,
) -> None:
    def plan(key: str) -> OutgoingEmail:
        note = plan_note(priya, key)
        OutgoingEmail.objects.filter(pk=note.pk).update(kind="nudge")
        return note

    unasked = plan("unasked")
    assert deliver_due_emails(clock=lambda: monday) == 0
    unasked.refresh_from_db()
    assert unasked.state == "dropped"

    choose_mails(priya, wanted={*wanted_by(priya), "nudge"}, at=monday)
    plan("asked for")
    assert deliver_due_emails(clock=lambda: monday) == 1


def test_what_is_off_at_first_must_be_optional(nudge: MailKind) -> None:
    with pytest.raises(ValueError, match="so it is optional"):
        register(replace(nudge, name="pushy", is_optional=False))
