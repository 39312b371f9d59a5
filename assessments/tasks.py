"""What happens to attempts by itself: ending those whose time is up, and counting them."""

from celery import shared_task

from assessments.actions.expiring import finish_expired_quizzes
from assessments.actions.refresher_mails import plan_refresher_mails
from assessments.actions.regrading import regrade_all
from assessments.actions.statistics import BATCH, count_attempts
from portal.kit.clock import now

MOST_BATCHES = 20


@shared_task
def finish_expired_quizzes_task() -> int:
    """Close the quizzes whose time is up; safe to run twice, and several at once."""
    return finish_expired_quizzes(now=now())


@shared_task
def count_attempts_task() -> int:
    """Count ended attempts into the statistics of their quizzes; safe to run twice, or at once."""
    counted = 0
    for _ in range(MOST_BATCHES):
        some = count_attempts(at=now())
        counted += some
        if some < BATCH:
            break
    return counted


@shared_task
def regrade_attempts_task() -> int:
    """Go on with the regradings that authors decided on; safe to run twice, or at once."""
    return regrade_all(at=now())


@shared_task
def plan_refresher_mails_task() -> int:
    """Plan the mails about cards that are due; safe to run twice, and several at once."""
    return plan_refresher_mails(now=now())
