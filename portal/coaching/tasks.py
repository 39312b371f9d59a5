"""When sessions are remembered: a sweep each minute."""

from celery import shared_task

from portal.coaching.actions.reminders import plan_session_reminders
from portal.kit.clock import now


@shared_task
def plan_session_reminders_task() -> int:
    """Plan the reminders of sessions that have come; safe to run twice, and several at once."""
    return plan_session_reminders(now=now())
