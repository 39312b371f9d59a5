"""Working results out again after a wrong key: decided once, done in parts, safe to repeat."""

import logging
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from assessments.actions.recounting import count_anew
from assessments.actions.refreshers import make_cards, put_cards_right
from assessments.mail_kinds import REGRADED
from assessments.models import Attempt, Regrade, Regrading
from assessments.queries.answers import latest_responses
from assessments.queries.marks import marks_of
from assessments.queries.regrading import attempts_to_regrade, is_regraded, is_same, new_result
from courses.models import ContentRevision
from courses.queries.content import quiz_of
from portal.audit.models import record
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User

AT_ONCE = 200

logger = logging.getLogger(__name__)


@transaction.atomic
def begin_regrading(revision: ContentRevision, *, by: User, at: datetime) -> Regrading:
    """Decide that attempts count by the key of a revision published as a wrong key; once."""
    decided = {"begun_by": by, "begun_at": at}
    regrading, is_new = Regrading.objects.get_or_create(revision=revision, defaults=decided)
    if is_new:
        record("began regrading", revision, by=by, at=at, number=revision.number)
    return regrading


def regrade_attempts(regrading: Regrading, *, at: datetime, most: int = AT_ONCE) -> int:
    """Work out up to `most` results by the key that was decided on; return how many.

    Safe to run twice, and several at once: each attempt is looked at under its lock, and once.
    Attempts that end later are found by the next run. One that fails holds up no other.
    """
    waiting = attempts_to_regrade(regrading.revision).order_by("finished_at", "pk")
    ids = list(waiting.values_list("pk", flat=True))
    # Those that fail are tried each time, and take nobody's place.
    done = (pk for pk in ids if _regrade_safely(pk, regrading, at))
    return len(list(islice(done, most)))


def regrade_all(*, at: datetime) -> int:
    """Go on with every regrading that was decided on; return how many attempts it took in."""
    decided = Regrading.objects.select_related("revision__activity").order_by("pk")
    return sum(regrade_attempts(one, at=at) for one in decided)


def _regrade_safely(attempt_id: UUID, regrading: Regrading, at: datetime) -> bool:
    try:
        return _regrade_one(attempt_id, regrading, at)
    except Exception:
        logger.exception("An attempt could not be regraded: %s", attempt_id)
        return False


@transaction.atomic
def _regrade_one(attempt_id: UUID, regrading: Regrading, at: datetime) -> bool:
    waiting = attempts_to_regrade(regrading.revision).filter(pk=attempt_id)
    attempt = waiting.select_for_update(of=("self",)).first()
    if attempt is None or is_regraded(attempt, regrading.revision):
        return False
    key = quiz_of(regrading.revision)
    found = new_result(attempt, key, latest_responses(attempt), marks_of(attempt))
    is_changed = found is not None and not is_same(attempt, found)
    Regrade.objects.create(
        regrading=regrading,
        attempt=attempt,
        old_result=attempt.result,
        old_points=attempt.points or 0,
        old_is_passed=bool(attempt.is_passed),
        new_result=found.result if found else None,
        new_points=found.percent if found else None,
        new_is_passed=(bool(attempt.is_passed) or found.is_passed) if found else None,
        is_changed=is_changed,
        made_at=at,
    )
    if found is not None:
        count_anew(attempt, found, keyed_by=regrading.revision, at=at)
        put_cards_right(attempt, at=at)
        make_cards(attempt, at=at)
    if found is not None and is_changed:
        record("regraded", attempt, by=regrading.begun_by, at=at, points=found.percent)
        _tell(attempt, regrading, at=at)
    return True


def _tell(attempt: Attempt, regrading: Regrading, *, at: datetime) -> None:
    """Plan one mail to a person about one regrading, however many of their attempts changed."""
    plan_emails(
        [
            EmailDraft(
                kind=REGRADED,
                recipient=attempt.user,
                to_address=attempt.user.email,
                dedupe_key=f"{REGRADED}:{attempt.user_id}:{regrading.pk}",
                params={"regrading": regrading.pk},
                due_at=at,
            )
        ],
        at=at,
    )
