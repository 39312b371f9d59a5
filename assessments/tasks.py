"""When attempts end by themselves: a sweep each minute."""

from celery import shared_task

from assessments.actions.expiring import finish_expired_quizzes
from portal.kit.clock import now


@shared_task
def finish_expired_quizzes_task() -> int:
    """Close the quizzes whose time is up; safe to run twice, and several at once."""
    return finish_expired_quizzes(now=now())
