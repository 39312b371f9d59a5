"""Who may send a mail: claims that end by themselves, and what the holder of one writes down.

A claim raises `tries`, and only the holder of that number may write the outcome. A sender that
dies leaves its mails to the next one when its lease ends.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from portal.notifications.composing import Letter
from portal.notifications.kinds import find_kind
from portal.notifications.models import DeliveryTry, EmailState, OutgoingEmail, TryOutcome

BATCH_SIZE = 10
# Longer than a whole batch takes when each mail waits out one time-out of the mail server (15 s).
LEASE = timedelta(minutes=5)
# How long to wait after the first failure, the second …; the last one repeats.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))

_SUBJECT_LIMIT = 250
_PAUSES_FOR_DATABASE_SECONDS = (0.2, 0.5, 1, 2, 5, 10, 20)
logger = logging.getLogger(__name__)

_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id, state FROM notifications_outgoingemail
    WHERE state IN ('planned', 'sending') AND due_at <= %(at)s
        AND (claimed_until IS NULL OR claimed_until <= %(at)s)
    ORDER BY due_at
    LIMIT %(size)s
    FOR UPDATE SKIP LOCKED
)
UPDATE notifications_outgoingemail AS email
SET state = 'sending', tries = email.tries + 1, claimed_until = %(until)s
FROM due
WHERE email.id = due.id
RETURNING email.*, due.state = 'sending' AS was_left_behind
"""


@dataclass(frozen=True)
class TryResult:
    """What came of one try; `letter` is what was to be sent, where it got that far."""

    outcome: TryOutcome
    detail: str = ""
    letter: Letter | None = None


def claim_batch(*, at: datetime) -> list[OutgoingEmail]:
    """Take up to ten mails that are due, for the time of a lease; others pass them by."""
    values = {"at": at, "until": at + LEASE, "size": BATCH_SIZE}
    with transaction.atomic():
        batch = list(OutgoingEmail.objects.raw(_CLAIM, values))
        DeliveryTry.objects.bulk_create(
            DeliveryTry(email=email, number=email.tries - 1, ended_at=at, outcome=TryOutcome.LOST)
            for email in batch
            if email.was_left_behind  # type: ignore[attr-defined]  # a column of the statement
        )
    return sorted(batch, key=lambda email: email.due_at)


def write_down(email: OutgoingEmail, result: TryResult, *, at: datetime) -> None:
    """Move a claimed mail on, unless the lease ended and another sender has it now."""
    changes = _content(email, result) | _standing(email, result, at)

    def write() -> None:
        with transaction.atomic():
            if not _if_still_ours(email).update(claimed_until=None, **changes):
                logger.warning("Mail %s was taken over before it was %s", email.pk, result.outcome)
                return
            DeliveryTry.objects.create(
                email=email,
                number=email.tries,
                ended_at=at,
                outcome=result.outcome,
                detail=result.detail,
            )

    _insist(write)


def give_back(batch: Iterable[OutgoingEmail], why: str) -> None:
    """Put mails back that were claimed but not begun; it costs them no try."""
    for email in batch:
        _if_still_ours(email).update(
            state=EmailState.PLANNED, claimed_until=None, tries=F("tries") - 1, last_error=why
        )


def _if_still_ours(email: OutgoingEmail) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(pk=email.pk, state=EmailState.SENDING, tries=email.tries)


def _content(email: OutgoingEmail, result: TryResult) -> dict[str, Any]:
    """Return what to keep of the letter: of a secret kind never more than the subject."""
    kind = find_kind(email.kind)
    is_secret = kind is not None and kind.is_secret
    content: dict[str, Any] = {}
    if result.letter:
        content["subject"] = result.letter.subject[:_SUBJECT_LIMIT]
    if result.letter and not is_secret:
        content |= {"body_text": result.letter.text, "body_html": result.letter.html}
    # What was given up may be sent again, so it keeps its link; the link runs out by itself.
    may_go_out_again = result.outcome in (TryOutcome.POSTPONED, TryOutcome.GIVEN_UP)
    if is_secret and not may_go_out_again:
        content["params"] = {}
    return content


def _standing(email: OutgoingEmail, result: TryResult, at: datetime) -> dict[str, Any]:
    match result.outcome:
        case TryOutcome.SENT:
            return {"state": EmailState.SENT, "sent_at": at, "last_error": ""}
        case TryOutcome.DROPPED:
            return {"state": EmailState.DROPPED, "drop_reason": result.detail, "last_error": ""}
        case TryOutcome.UNCERTAIN:
            return {"state": EmailState.UNKNOWN, "last_error": result.detail}
        case TryOutcome.GIVEN_UP:
            return {"state": EmailState.DEAD, "last_error": result.detail}
        case TryOutcome.POSTPONED:
            pause = PAUSES[min(email.tries, len(PAUSES)) - 1]
            return {
                "state": EmailState.PLANNED,
                "due_at": at + pause,
                "last_error": result.detail,
            }
    raise ValueError(f"A sender never says {result.outcome}.")


def _insist(write: Callable[[], None]) -> None:
    """Write, and again for a while when the database went away.

    The mail server has the mail by then: an outcome that is not written means a second copy.
    """
    for pause in _PAUSES_FOR_DATABASE_SECONDS:
        try:
            return write()
        except (OperationalError, InterfaceError):
            logger.warning("The database is away; the outcome of a mail waits to be written")
            connection.close()
            time.sleep(pause)
    return write()
