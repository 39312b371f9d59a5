"""Mails go out when they are due, if they are still wanted and the mail server takes them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.preferences import unsubscribe
from portal.notifications.kinds import MailKind
from portal.notifications.models import EmailState, OutgoingEmail, TryOutcome
from portal.notifications.tasks import send_due_emails_task
from portal.people.models import User
from tests.support.smtp import MailServer

PlanNote = Callable[..., OutgoingEmail]
MINUTE = timedelta(minutes=1)


def deliver(at: datetime) -> int:
    """Deliver as a sender whose clock stands still."""
    return deliver_due_emails(clock=lambda: at)


def tries_of(email: OutgoingEmail) -> list[tuple[int, str, str]]:
    """Return number, outcome and detail of each try."""
    return list(email.delivery_tries.values_list("number", "outcome", "detail"))


def test_a_due_mail_is_sent_and_written_down(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)

    assert deliver(monday) == 1

    email.refresh_from_db()
    assert [message["To"] for message in mail_server.messages] == ["priya@demo.example"]
    assert (email.state, email.sent_at, email.claimed_until) == (EmailState.SENT, monday, None)
    assert email.subject == "A quiet word"
    assert "Nothing much." in email.body_text
    assert "Nothing much." in email.body_html
    assert tries_of(email) == [(1, TryOutcome.SENT, "")]


def test_a_mail_that_is_not_due_waits(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    plan_note(priya, due_at=monday + MINUTE)

    assert deliver(monday) == 0
    assert deliver(monday + MINUTE) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_sent_once_even_if_the_task_runs_twice(
    mail_server: MailServer, plan_note: PlanNote, priya: User
) -> None:
    plan_note(priya)

    assert [send_due_emails_task(), send_due_emails_task()] == [1, 0]
    assert len(mail_server.messages) == 1


# Mail servers that do not want to


def test_failures_back_off_and_end_as_not_delivered(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    mail_server.answer_to_data = "451 Come back later"
    pauses, at = [], monday

    for _ in range(7):
        deliver(at)
        email.refresh_from_db()
        assert (email.state, email.claimed_until) == (EmailState.PLANNED, None)
        pauses.append((email.due_at - at) / MINUTE)
        at = email.due_at
    deliver(at)

    email.refresh_from_db()
    assert pauses == [1, 5, 15, 60, 240, 240, 240]
    assert (email.state, email.tries) == (EmailState.DEAD, 8)
    assert email.last_error == "451 Come back later"
    outcomes = [outcome for _, outcome, _ in tries_of(email)]
    assert outcomes == [TryOutcome.POSTPONED] * 7 + [TryOutcome.GIVEN_UP]
    assert deliver(at + timedelta(days=9)) == 0


def test_a_refused_address_is_given_up_at_once_and_others_go_out(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    mail_server.answer_to_recipient = "550 No such person"
    deliver(monday)
    mail_server.answer_to_recipient = ""
    plan_note(priya, "another")

    assert deliver(monday) == 1
    email.refresh_from_db()
    assert (email.state, email.last_error) == (EmailState.DEAD, "550 No such person")


def test_while_the_mail_server_is_away_mails_wait_and_lose_no_try(
    mail_server: MailServer,
    plan_note: PlanNote,
    priya: User,
    monday: datetime,
    settings: Settings,
) -> None:
    email = plan_note(priya)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    assert deliver(monday) == 0

    email.refresh_from_db()
    assert (email.state, email.tries, email.due_at) == (EmailState.PLANNED, 0, monday)
    assert "refused" in email.last_error
    settings.EMAIL_PORT = port
    assert deliver(monday) == 1
    email.refresh_from_db()
    assert (email.state, email.last_error) == (EmailState.SENT, "")


def test_after_a_connection_that_broke_off_a_reminder_is_not_repeated(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    mail_server.hangs_up_after_data = True

    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.body_text != "") == (EmailState.UNKNOWN, True)
    mail_server.hangs_up_after_data = False
    assert deliver(monday + timedelta(days=9)) == 0
    assert len(mail_server.messages) == 1


def test_after_a_connection_that_broke_off_an_invitation_is_repeated_under_its_own_name(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    monday: datetime,
) -> None:
    email = plan_note(priya)
    register_kind("note", may_repeat_when_unknown=True)
    mail_server.hangs_up_after_data = True
    deliver(monday)
    mail_server.hangs_up_after_data = False

    assert deliver(monday + MINUTE) == 1
    assert [message["Message-ID"] for message in mail_server.messages] == [email.message_id] * 2


def test_a_mail_that_cannot_be_composed_does_not_hold_up_the_others(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    broken = plan_note(priya, "broken", params={})
    plan_note(priya, "sound")

    assert deliver(monday) == 1
    broken.refresh_from_db()
    assert (broken.state, broken.last_error) == (EmailState.PLANNED, "KeyError: 'heading'")


def test_a_kind_that_this_release_does_not_know_waits_for_one_that_does(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya, kind="newer")

    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.last_error) == (
        EmailState.PLANNED,
        "This release knows no such kind of mail.",
    )


# Mails that nobody needs any more


def test_a_mail_that_is_no_longer_wanted_is_dropped(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya, params={"is_stale": True})

    assert deliver(monday) == 0
    email.refresh_from_db()
    assert (email.state, email.drop_reason) == (EmailState.DROPPED, "They have finished it.")
    assert mail_server.messages == []


def test_a_mail_to_somebody_who_left_is_dropped(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    User.objects.update(is_active=False)

    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.drop_reason) == (
        EmailState.DROPPED,
        "This person does not use Attune any more.",
    )


def test_an_optional_mail_to_somebody_who_turned_it_off_is_dropped(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    unsubscribe(priya, "note", at=monday)

    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.drop_reason) == (
        EmailState.DROPPED,
        "This person has turned these mails off.",
    )


def test_a_mail_that_must_be_sent_cannot_be_turned_off(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    monday: datetime,
) -> None:
    register_kind("note", is_optional=False)
    plan_note(priya)
    unsubscribe(priya, "note", at=monday)

    assert deliver(monday) == 1


# Private links


@pytest.mark.parametrize(
    ("answer", "state", "keeps_its_link"),
    [("", EmailState.SENT, False), ("550 No such person", EmailState.DEAD, True)],
)
def test_what_a_secret_mail_said_is_wiped_once_it_has_left(
    mail_server: MailServer,
    register_kind: Callable[..., MailKind],
    plan_note: PlanNote,
    priya: User,
    monday: datetime,
    answer: str,
    state: str,
    keeps_its_link: bool,
) -> None:
    register_kind("note", is_secret=True)
    email = plan_note(priya, params={"heading": "A link", "text": "https://secret.example"})
    mail_server.answer_to_recipient = answer

    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.subject) == (state, "A link")
    assert (email.body_text, email.body_html) == ("", "")
    assert bool(email.params) == keeps_its_link
