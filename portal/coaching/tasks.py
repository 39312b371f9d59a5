"""When sessions are remembered and come back: sweeps that read what is due."""

from celery import shared_task

from portal.coaching.actions.reminders import plan_session_reminders
from portal.coaching.actions.repeating import plan_next_sessions
from portal.kit.clock import now


@shared_task
def plan_session_reminders_task() -> int:
    """Plan the reminders of sessions that have come; safe to run twice, and several at once."""
    return plan_session_reminders(now=now())


@shared_task
def plan_next_sessions_task() -> int:
    """Plan the next sessions of each series; safe to run twice, and several at once."""
    return plan_next_sessions(now=now())
