"""Admins see every mail with its story, and send one again; nobody else gets in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.kinds import MailKind
from portal.notifications.models import EmailState, OutgoingEmail
from portal.notifications.queries.outbox import outbox_page
from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.people import PersonFactory
from tests.support.smtp import MailServer

PlanNote = Callable[..., OutgoingEmail]
OUTBOX = "/mail/"


def deliver(at: datetime) -> int:
    """Deliver as a sender whose clock stands still."""
    return deliver_due_emails(clock=lambda: at)


def text_of(client: Client, address: str) -> str:
    """Open a page and return its HTML with white space squeezed."""
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


def queries_of(client: Client, address: str) -> int:
    """Return how many statements a page takes."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(statements)


@pytest.fixture
def admin(client: Client, alex: User) -> Client:
    """A browser in which an admin has signed in."""
    client.force_login(alex)
    return client


@pytest.fixture
def sent(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> OutgoingEmail:
    """A mail that went out on Monday."""
    email = plan_note(priya)
    deliver(monday)
    email.refresh_from_db()
    return email


# Who may come in


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.AUTHOR])
@pytest.mark.parametrize("page", ["", "{pk}/", "{pk}/body/", "{pk}/again/"])
def test_mail_is_closed_to_all_but_admins(
    client: Client, sent: OutgoingEmail, role: Role, page: str
) -> None:
    client.force_login(PersonFactory(roles=[role]))

    address = OUTBOX + page.format(pk=sent.pk)

    assert client.get(address).status_code == HTTPStatus.FORBIDDEN
    assert client.post(address).status_code == HTTPStatus.FORBIDDEN


def test_signed_out_one_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(OUTBOX)["Location"] == "/accounts/login/?next=/mail/"


# The list


def test_the_list_takes_the_same_queries_for_one_mail_and_for_fifty(
    admin: Client,
    draft_to: Callable[..., EmailDraft],
    priya: User,
    monday: datetime,
) -> None:
    plan_emails([draft_to(priya, "0")], at=monday)
    admin.get(OUTBOX)
    assert queries_of(admin, OUTBOX) == 4
    plan_emails([draft_to(priya, str(number)) for number in range(1, 50)], at=monday)

    assert queries_of(admin, OUTBOX) == 4


def test_an_empty_outbox_says_what_will_come(admin: Client) -> None:
    assert "No mail here" in text_of(admin, OUTBOX)


def test_a_page_holds_fifty_mails_newest_first(
    alex: User, draft_to: Callable[..., EmailDraft], priya: User, monday: datetime
) -> None:
    for minute in range(52):
        at = monday + timedelta(minutes=minute)
        plan_emails([draft_to(priya, str(minute), due_at=at)], at=at)

    first = outbox_page(alex, state="", address="", number=1)
    second = outbox_page(alex, state="", address="", number=2)

    minutes = [int((row.email.due_at - monday).total_seconds() / 60) for row in first.rows]
    assert minutes == list(range(51, 1, -1))
    assert (first.has_next, len(second.rows), second.has_next) == (True, 2, False)


def test_the_list_can_be_narrowed_to_a_state_and_an_address(
    admin: Client, sent: OutgoingEmail, plan_note: PlanNote, alex: User
) -> None:
    plan_note(alex, "another")

    pages = {
        query: {row.email.to_address for row in admin.get(OUTBOX + query).context["page"].rows}
        for query in ("?state=sent", "?address=ALEX", "?state=sent&address=alex", "?state=nonsense")
    }

    assert pages == {
        "?state=sent": {"priya@demo.example"},
        "?address=ALEX": {"alex@demo.example"},
        "?state=sent&address=alex": set(),
        "?state=nonsense": {"alex@demo.example", "priya@demo.example"},
    }


def test_each_tab_counts_its_mails_up_to_a_limit(
    alex: User,
    draft_to: Callable[..., EmailDraft],
    priya: User,
    sent: OutgoingEmail,
    monday: datetime,
) -> None:
    plan_emails([draft_to(priya, str(number)) for number in range(120)], at=monday)

    tabs = outbox_page(alex, state="planned", address="", number=1).tabs

    assert [(tab.state, tab.count, tab.is_more) for tab in tabs] == [
        (EmailState.PLANNED, 100, True),
        (EmailState.SENDING, 0, False),
        (EmailState.SENT, 1, False),
        (EmailState.DROPPED, 0, False),
        (EmailState.DEAD, 0, False),
        (EmailState.UNKNOWN, 0, False),
    ]


def test_a_percent_sign_in_the_search_means_itself(
    admin: Client, plan_note: PlanNote, priya: User
) -> None:
    plan_note(priya)

    assert list(admin.get(OUTBOX + "?address=%25raman").context["page"].rows) == []


def test_mails_that_are_held_up_are_announced_with_the_reason(
    admin: Client, plan_note: PlanNote, priya: User
) -> None:
    email = plan_note(priya, due_at=now() - timedelta(minutes=4))
    assert "longer than they should" not in text_of(admin, OUTBOX)

    OutgoingEmail.objects.update(due_at=now() - timedelta(minutes=6))
    assert "whether the background worker is running" in text_of(admin, OUTBOX)

    OutgoingEmail.objects.filter(pk=email.pk).update(last_error="Connection refused")
    assert "The last answer was: Connection refused" in text_of(admin, OUTBOX)


# One mail


def test_a_sent_mail_shows_what_it_said_and_what_happened(
    admin: Client, sent: OutgoingEmail
) -> None:
    page = text_of(admin, f"{OUTBOX}{sent.pk}/")

    assert "Try 1: Accepted by the mail server" in page
    assert "Nothing much." in page
    assert f'src="{OUTBOX}{sent.pk}/body/"' in page
    assert f'href="{OUTBOX}{sent.pk}/again/"' in page


def test_a_mails_html_is_shown_in_a_sandbox_with_a_policy_of_its_own(
    admin: Client, sent: OutgoingEmail
) -> None:
    response = admin.get(f"{OUTBOX}{sent.pk}/body/")

    assert response.content.decode() == sent.body_html
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
        " frame-ancestors 'self'; sandbox"
    )


def test_a_mail_that_was_not_delivered_says_what_to_do(
    admin: Client, mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    mail_server.answer_to_recipient = "550 No such person"
    deliver(monday)

    page = text_of(admin, f"{OUTBOX}{email.pk}/")

    assert "The last answer was: 550 No such person" in page
    assert "it goes to the address they have now" in page


def test_a_private_link_that_was_not_delivered_is_never_sent_elsewhere(
    admin: Client,
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    monday: datetime,
) -> None:
    register_kind("note", is_secret=True)
    email = plan_note(priya)
    mail_server.answer_to_recipient = "550 No such person"
    deliver(monday)

    assert "the person needs a new invitation or a new link" in text_of(
        admin, f"{OUTBOX}{email.pk}/"
    )
    User.objects.filter(pk=priya.pk).update(email="raman@demo.example")
    assert "Note to <b>priya@demo.example</b>" in text_of(admin, f"{OUTBOX}{email.pk}/again/")


@pytest.mark.parametrize("state", ["planned", "sending", "dropped", "dead", "unknown"])
def test_a_mail_has_a_page_in_every_state(
    admin: Client, plan_note: PlanNote, priya: User, monday: datetime, state: str
) -> None:
    email = plan_note(priya)
    OutgoingEmail.objects.update(
        state=state,
        tries=1,
        claimed_until=monday if state == "sending" else None,
        drop_reason="Finished." if state == "dropped" else "",
        last_error="451 Later" if state in ("planned", "dead", "unknown") else "",
    )

    assert str(EmailState(state).label) in text_of(admin, f"{OUTBOX}{email.pk}/")
    assert str(EmailState(state).label) in text_of(admin, f"{OUTBOX}?state={state}")


def test_a_secret_mail_shows_nothing_of_what_it_says(
    admin: Client, plan_note: PlanNote, register_kind: Callable[..., MailKind], priya: User
) -> None:
    register_kind("note", is_secret=True)
    email = plan_note(priya, params={"heading": "https://secret.example"})
    OutgoingEmail.objects.update(body_text="secret.example", body_html="secret.example")

    assert "secret.example" not in text_of(admin, f"{OUTBOX}{email.pk}/")
    assert admin.get(f"{OUTBOX}{email.pk}/body/").status_code == HTTPStatus.NOT_FOUND


def test_a_mail_that_does_not_exist_is_not_found(admin: Client) -> None:
    missing = f"{OUTBOX}00000000-0000-4000-8000-000000000000/"

    for page in ("", "body/", "again/"):
        assert admin.get(missing + page).status_code == HTTPStatus.NOT_FOUND


# Sending again


def test_sending_again_asks_first_and_then_shows_the_new_mail(
    admin: Client, sent: OutgoingEmail
) -> None:
    address = f"{OUTBOX}{sent.pk}/again/"
    assert "Note to <b>priya@demo.example</b>" in text_of(admin, address)
    assert OutgoingEmail.objects.count() == 1

    response = admin.post(address)

    again = OutgoingEmail.objects.get(resent_from=sent)
    assert response["Location"] == reverse("notifications:mail", args=[again.pk])
    assert "On its way to priya@demo.example." in text_of(admin, response["Location"])


def test_a_second_click_says_why_nothing_happens(admin: Client, sent: OutgoingEmail) -> None:
    address = f"{OUTBOX}{sent.pk}/again/"
    admin.post(address)

    response = admin.post(address, follow=True)

    assert "This mail was sent again before." in response.content.decode()
    assert "This mail was sent again before." in text_of(admin, address)
    assert OutgoingEmail.objects.count() == 2
