"""A real worker sends a mail as soon as it is planned, without waiting for the sweep."""

from portal.kit.clock import now
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.models import EmailState, OutgoingEmail
from portal.ops.processes import wait_until
from portal.people.models import User
from tests.factories.people import PersonFactory
from tests.support.smtp import MailServer


def reset_mail_to(person: User) -> EmailDraft:
    """Draft the mail with the link for a new password."""
    return EmailDraft(
        kind="account",
        recipient=person,
        to_address=person.email,
        dedupe_key=f"account:{person.pk}:test",
        params={"mail": "password_reset_key", "password_reset_url": "http://testserver/x"},
        due_at=now(),
    )


def test_a_mail_leaves_as_soon_as_it_is_planned(
    celery_worker: None, mail_server: MailServer
) -> None:
    plan_emails([reset_mail_to(PersonFactory())], at=now())

    assert wait_until(
        lambda: OutgoingEmail.objects.filter(state=EmailState.SENT).exists(), seconds=20
    )
    assert [message["Subject"] for message in mail_server.messages] == ["Choose a new password"]
