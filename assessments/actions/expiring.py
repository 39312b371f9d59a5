"""Quizzes whose time is up: closed from what was saved, even if nobody comes back to them."""

import logging
import uuid
from datetime import datetime
from itertools import islice

from django.db import transaction

from assessments.actions.quiz_attempts import finish_locked
from assessments.models import Attempt
from courses.models import ActivityKind

MOST_AT_ONCE = 500

logger = logging.getLogger(__name__)


def finish_expired_quizzes(*, now: datetime) -> int:
    """Close the quizzes whose time is up, the longest overdue first; return how many.

    Safe to run twice, and several at once: each attempt is claimed by its lock and looked at again
    under it. One that cannot be scored is logged and holds up no other.
    """
    due = Attempt.objects.expired(now).filter(activity__kind=ActivityKind.QUIZ)
    ids = list(due.order_by("deadline_at").values_list("pk", flat=True))
    # Those that fail are tried each time, and take nobody's place.
    closed = (pk for pk in ids if _finish_safely(pk, now))
    return len(list(islice(closed, MOST_AT_ONCE)))


def _finish_safely(attempt_id: uuid.UUID, now: datetime) -> bool:
    try:
        return _finish_one(attempt_id, now)
    except Exception:
        logger.exception("An attempt whose time is up could not be closed: %s", attempt_id)
        return False


@transaction.atomic
def _finish_one(attempt_id: uuid.UUID, now: datetime) -> bool:
    """Close one attempt; False if somebody else holds it, or its time is not up any more."""
    attempts = Attempt.objects.expired(now).select_for_update(of=("self",), skip_locked=True)
    attempts = attempts.select_related("revision", "activity__module", "user")
    attempt = attempts.defer("revision__content", "activity__draft").filter(pk=attempt_id).first()
    if attempt is None:
        return False
    finish_locked(attempt, at=now)
    return True
