"""When mails go out: on a sweep, and as soon as somebody plans one that is due."""

from celery import shared_task

from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def send_due_emails_task() -> int:
    """Send every mail that is due; safe to run twice, and several at once."""
    return deliver_due_emails(clock=now)
