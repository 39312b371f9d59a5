"""Whatever becomes of senders and of the database, each mail is sent once."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.db import connection

from portal.kit.clock import now
from portal.notifications.actions.claiming import LEASE, claim_batch
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.kinds import MailKind, Message
from portal.notifications.models import EmailState, OutgoingEmail, TryOutcome
from portal.ops.processes import spawn, wait_until
from portal.people.models import User
from tests.support.smtp import MailServer

_SEND = """
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
deliver_due_emails(clock=now)
"""
PlanNote = Callable[..., OutgoingEmail]
MINUTE = timedelta(minutes=1)


def deliver(at: datetime) -> int:
    """Deliver as a sender whose clock stands still."""
    return deliver_due_emails(clock=lambda: at)


def tries_of(email: OutgoingEmail) -> list[tuple[int, str, str]]:
    """Return number, outcome and detail of each try."""
    return list(email.delivery_tries.values_list("number", "outcome", "detail"))


@pytest.mark.django_db(transaction=True)
def test_senders_side_by_side_send_each_mail_once(
    mail_server: MailServer, draft_to: Callable[..., EmailDraft], priya: User, monday: datetime
) -> None:
    plan_emails([draft_to(priya, str(number)) for number in range(45)], at=monday)
    counts = []

    def send() -> None:
        counts.append(deliver(monday))
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    arrived = [message["Message-ID"] for message in mail_server.messages]
    assert sum(counts) == len(arrived) == len(set(arrived)) == 45
    assert set(OutgoingEmail.objects.values_list("state", "tries")) == {(EmailState.SENT, 1)}


# Senders that die


def test_the_mails_of_a_dead_sender_are_taken_over_after_its_lease(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    claim_batch(at=monday)  # and then this sender is killed

    assert deliver(monday + LEASE - MINUTE) == 0
    assert deliver(monday + LEASE) == 1

    assert len(mail_server.messages) == 1
    assert tries_of(email) == [(1, TryOutcome.LOST, ""), (2, TryOutcome.SENT, "")]


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_in_the_middle_leaves_no_mail_unsent_and_at_most_one_twice(
    mail_server: MailServer, priya: User
) -> None:
    drafts = [account_mail(priya, number) for number in range(40)]
    plan_emails(drafts, at=now())
    sender = spawn(
        [sys.executable, "-m", "django", "shell", "-v", "0", "-c", _SEND],
        env={**os.environ, "EMAIL_URL": mail_server.url},
        output=subprocess.DEVNULL,
        cwd=django_settings.BASE_DIR,
    )
    assert wait_until(lambda: len(mail_server.messages) >= 5, seconds=30)
    sender.kill()
    sender.wait()
    assert OutgoingEmail.objects.exclude(state=EmailState.SENT).exists()

    deliver(now() + LEASE)

    copies = Counter(message["Message-ID"] for message in mail_server.messages)
    assert len(copies) == 40
    assert copies.total() <= 41
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {EmailState.SENT}


def account_mail(person: User, number: int) -> EmailDraft:
    """Draft a mail of a kind that every process knows."""
    return EmailDraft(
        kind="account",
        recipient=person,
        to_address=person.email,
        dedupe_key=f"account:{person.pk}:{number}",
        params={"mail": "password_changed"},
        due_at=now(),
    )


def test_a_sender_that_was_thought_dead_writes_nothing_down(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    monday: datetime,
) -> None:
    email = plan_note(priya)

    def take_over(email: OutgoingEmail, at: datetime) -> Message:
        claim_batch(at=at + LEASE)
        raise ValueError("too slow")

    register_kind("note", compose=take_over)
    deliver(monday)

    email.refresh_from_db()
    assert (email.state, email.tries) == (EmailState.SENDING, 2)
    assert tries_of(email) == [(1, TryOutcome.LOST, "")]


def test_a_mail_that_kills_every_sender_is_given_up(
    mail_server: MailServer, plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya)
    for number in range(8):
        claim_batch(at=monday + number * LEASE)

    deliver(monday + 8 * LEASE)

    email.refresh_from_db()
    assert (email.state, email.tries) == (EmailState.DEAD, 9)
    assert email.last_error == "Every sender stopped in the middle of it."
    assert mail_server.messages == []


def test_a_sender_that_runs_out_of_time_gives_its_mails_back(
    mail_server: MailServer, draft_to: Callable[..., EmailDraft], priya: User, monday: datetime
) -> None:
    plan_emails([draft_to(priya, str(number)) for number in range(3)], at=monday)
    # Two looks at the clock before the first mail, then two for each: the second is too late.
    looks = iter([monday, monday, monday, monday, monday, *[monday + LEASE] * 9])

    assert deliver_due_emails(clock=lambda: next(looks), budget=LEASE) == 1

    waiting = OutgoingEmail.objects.filter(state=EmailState.PLANNED)
    assert (
        list(waiting.values_list("tries", "last_error")) == [(0, "The sender ran out of time.")] * 2
    )
    assert deliver(monday) == 2


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_during_sending_makes_no_second_copy(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    note: MailKind,
    priya: User,
    monday: datetime,
) -> None:
    email = plan_note(priya)

    def compose_while_the_database_restarts(email: OutgoingEmail, at: datetime) -> Message:
        message = note.compose(email, at)
        connection.ensure_connection()
        _end_session(connection.connection.info.backend_pid)
        assert isinstance(message, Message)
        return message

    register_kind("note", compose=compose_while_the_database_restarts)

    assert deliver(monday) == 1
    email.refresh_from_db()
    assert (email.state, tries_of(email)) == (EmailState.SENT, [(1, TryOutcome.SENT, "")])
    assert deliver(monday + LEASE) == 0
    assert len(mail_server.messages) == 1


def _end_session(backend_pid: int) -> None:
    with psycopg2.connect(**connection.get_connection_params()) as session:
        session.cursor().execute("SELECT pg_terminate_backend(%s)", [backend_pid])
