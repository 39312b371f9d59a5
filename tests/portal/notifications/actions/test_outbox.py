"""Mails are planned once for each key, wake the worker, and can be sent again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from portal.audit.models import AuditEvent
from portal.celery import app
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.actions.outbox import CannotResend, EmailDraft, plan_emails, resend
from portal.notifications.kinds import MailKind
from portal.notifications.models import EmailState, OutgoingEmail
from portal.people.models import User
from tests.support.smtp import MailServer

PlanNote = Callable[..., OutgoingEmail]
HOUR = timedelta(hours=1)


def deliver(at: datetime) -> int:
    """Deliver as a sender whose clock stands still."""
    return deliver_due_emails(clock=lambda: at)


def waiting_tasks() -> int:
    """Return how many tasks wait in this test's queue."""
    with app.connection_or_acquire() as connection:
        return connection.default_channel.client.llen(app.conf.task_default_queue)


# Planning


def test_a_planned_mail_is_a_row_with_a_name_of_its_own(
    plan_note: PlanNote, priya: User, monday: datetime
) -> None:
    email = plan_note(priya, to_address="Priya@Demo.example")

    assert (email.state, email.tries, email.created_at) == (EmailState.PLANNED, 0, monday)
    assert email.to_address == "priya@demo.example"
    assert email.message_id == f"<{email.pk}@testserver>"


def test_of_two_plans_with_one_key_the_first_is_kept(
    draft_to: Callable[..., EmailDraft], priya: User, monday: datetime
) -> None:
    first = draft_to(priya, "a", params={"heading": "First"})
    second = draft_to(priya, "a", params={"heading": "Second"})

    assert plan_emails([first, draft_to(priya, "b")], at=monday) == 2
    assert plan_emails([second, draft_to(priya, "c")], at=monday) == 1

    kept = OutgoingEmail.objects.get(dedupe_key=first.dedupe_key)
    assert kept.params == {"heading": "First"}
    assert OutgoingEmail.objects.count() == 3


def test_planning_nothing_is_fine(db: None, monday: datetime) -> None:
    assert plan_emails([], at=monday) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_due_wakes_the_worker_on_commit(
    draft_to: Callable[..., EmailDraft], priya: User, monday: datetime
) -> None:
    with transaction.atomic():
        plan_emails([draft_to(priya, "now")], at=monday)
        assert waiting_tasks() == 0

    assert waiting_tasks() == 1
    plan_emails([draft_to(priya, "later", due_at=monday + HOUR)], at=monday)
    assert waiting_tasks() == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_keeps_no_mail_from_being_planned(
    draft_to: Callable[..., EmailDraft],
    priya: User,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*arguments: Any, **options: Any) -> None:
        raise OperationalError("Connection refused")

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)

    assert plan_emails([draft_to(priya)], at=monday) == 1


# What the database refuses


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "email_state_is_known"),
        ({"state": EmailState.SENDING}, "email_claimed_fields_together"),
        ({"state": EmailState.SENT}, "email_sent_fields_together"),
        ({"state": EmailState.DROPPED}, "email_dropped_with_a_reason"),
        ({"to_address": "Priya@demo.example"}, "email_address_is_lower_case"),
    ],
)
def test_the_database_keeps_a_mails_fields_together(
    plan_note: PlanNote, priya: User, changes: dict[str, str], constraint: str
) -> None:
    plan_note(priya)

    with pytest.raises(IntegrityError, match=constraint):
        OutgoingEmail.objects.update(**changes)


# Sending again


def test_a_sent_mail_can_be_sent_again_as_a_row_of_its_own(
    mail_server: MailServer, plan_note: PlanNote, priya: User, alex: User, monday: datetime
) -> None:
    email = plan_note(priya)
    deliver(monday)

    again = resend(email, by=alex, at=monday + HOUR)

    assert deliver(monday + HOUR) == 1
    assert (again.resent_from, again.dedupe_key) == (email, f"resend:{email.pk}")
    assert [message["Message-ID"] for message in mail_server.messages] == [
        email.message_id,
        again.message_id,
    ]
    event = AuditEvent.objects.get(verb="sent again")
    assert (event.actor_name, event.subject_id, event.details) == (
        "Alex Morgan",
        str(email.pk),
        {"to": "priya@demo.example", "new_mail": str(again.pk)},
    )


def test_it_goes_to_the_address_that_the_person_has_now(
    mail_server: MailServer, plan_note: PlanNote, priya: User, alex: User, monday: datetime
) -> None:
    email = plan_note(priya)
    mail_server.answer_to_recipient = "550 No such person"
    deliver(monday)
    User.objects.filter(pk=priya.pk).update(email="raman@demo.example")

    assert resend(email, by=alex, at=monday).to_address == "raman@demo.example"


def test_a_mail_that_is_on_its_way_is_not_sent_again(
    plan_note: PlanNote, priya: User, alex: User, monday: datetime
) -> None:
    email = plan_note(priya)

    with pytest.raises(CannotResend, match="still on its way"):
        resend(email, by=alex, at=monday)


def test_a_second_click_does_not_send_a_third_mail(
    mail_server: MailServer, plan_note: PlanNote, priya: User, alex: User, monday: datetime
) -> None:
    email = plan_note(priya)
    deliver(monday)
    resend(email, by=alex, at=monday)

    with pytest.raises(CannotResend, match="sent again before"):
        resend(email, by=alex, at=monday)
    assert OutgoingEmail.objects.count() == 2


def test_a_secret_mail_that_has_left_cannot_be_sent_again(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    alex: User,
    monday: datetime,
) -> None:
    register_kind("note", is_secret=True)
    email = plan_note(priya)
    deliver(monday)

    with pytest.raises(CannotResend, match="a private link, which is not kept"):
        resend(email, by=alex, at=monday)


def test_a_secret_mail_that_was_not_delivered_moves_its_link_to_the_new_one(
    mail_server: MailServer,
    plan_note: PlanNote,
    register_kind: Callable[..., MailKind],
    priya: User,
    alex: User,
    monday: datetime,
) -> None:
    register_kind("note", is_secret=True)
    email = plan_note(priya)
    mail_server.answer_to_recipient = "550 Not today"
    deliver(monday)
    mail_server.answer_to_recipient = ""

    again = resend(email, by=alex, at=monday)

    email.refresh_from_db()
    assert (email.params, again.params) == ({}, {"heading": "A quiet word"})
    assert deliver(monday) == 1
