"""Delivering what is due: claim a few mails, hand each over, write down what came of it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from portal.notifications.actions.claiming import (
    LEASE,
    TryResult,
    claim_batch,
    give_back,
    write_down,
)
from portal.notifications.composing import build_message, compose_letter
from portal.notifications.kinds import Dropped, MailKind, find_kind
from portal.notifications.mail_server import (
    MailServer,
    MaybeDelivered,
    Refused,
    ServerAway,
    TryLater,
)
from portal.notifications.models import OutgoingEmail, TryOutcome
from portal.notifications.queries.preferences import changed_choices, is_wanted

MAX_TRIES = 8
_BUDGET = timedelta(minutes=4)
# One mail takes eight exchanges with the server at the very worst, each up to the time-out.
_LONGEST_MAIL = timedelta(minutes=2)

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


def deliver_due_emails(*, clock: Clock, budget: timedelta = _BUDGET) -> int:
    """Send what is due, batch after batch, until nothing is left or `budget` is used up.

    Returns how many mails left. Safe to run twice and side by side. While no mail server answers,
    mails wait, and it costs them no try.
    """
    stop_at = clock() + budget
    sent = 0
    while (at := clock()) < stop_at:
        batch = claim_batch(at=at)
        if not batch:
            break
        try:
            sent += _deliver_batch(batch, begin_before=at + LEASE - _LONGEST_MAIL, clock=clock)
        except ServerAway as error:
            logger.warning("The mail server is away, mails wait: %s", error)
            break
    return sent


def _deliver_batch(batch: list[OutgoingEmail], *, begin_before: datetime, clock: Clock) -> int:
    """Deliver claimed mails over one connection; return how many left.

    Raises:
        ServerAway: no mail server answers; what was not tried has been given back.
    """
    prefetch_related_objects(batch, "recipient")
    changed = changed_choices({one.recipient_id for one in batch if one.recipient_id})
    sent = 0
    with MailServer() as server:
        for position, email in enumerate(batch):
            if clock() >= begin_before:
                give_back(batch[position:], _("The sender ran out of time."))
                break
            try:
                result = _try_once(email, server, changed, at=clock())
            except ServerAway as error:
                give_back(batch[position:], str(error))
                raise
            write_down(email, result, at=clock())
            sent += result.outcome == TryOutcome.SENT
    return sent


def _try_once(
    email: OutgoingEmail, server: MailServer, changed: set[tuple[int, str]], *, at: datetime
) -> TryResult:
    result = _attempt(email, server, changed, at)
    if result.outcome == TryOutcome.POSTPONED and email.tries >= MAX_TRIES:
        return replace(result, outcome=TryOutcome.GIVEN_UP)
    return result


def _attempt(
    email: OutgoingEmail, server: MailServer, changed: set[tuple[int, str]], at: datetime
) -> TryResult:
    if email.tries > MAX_TRIES:
        return TryResult(TryOutcome.GIVEN_UP, _("Every sender stopped in the middle of it."))
    kind = find_kind(email.kind)
    if kind is None:  # planned by a newer release than this worker's, perhaps
        return TryResult(TryOutcome.POSTPONED, _("This release knows no such kind of mail."))
    if reason := _why_unwanted(email, kind, changed):
        return TryResult(TryOutcome.DROPPED, reason)
    return _send(email, kind, server, at)


def _why_unwanted(email: OutgoingEmail, kind: MailKind, changed: set[tuple[int, str]]) -> str:
    if email.recipient and not email.recipient.is_active:
        return _("This person does not use Attune any more.")
    if not is_wanted(kind, is_changed=(email.recipient_id, kind.name) in changed):
        return _("This person has turned these mails off.")
    return ""


def _send(email: OutgoingEmail, kind: MailKind, server: MailServer, at: datetime) -> TryResult:
    try:
        letter = compose_letter(email, kind, at=at)
        if isinstance(letter, Dropped):
            return TryResult(TryOutcome.DROPPED, str(letter.reason))
        message = build_message(email, kind, letter, at=at)
    except Exception as error:  # a mistake in one mail must not hold up the others
        logger.exception("Mail %s cannot be composed", email.pk)
        return TryResult(TryOutcome.POSTPONED, f"{type(error).__name__}: {error}")
    try:
        server.send(message)
    except Refused as error:
        return TryResult(TryOutcome.GIVEN_UP, str(error), letter)
    except TryLater as error:
        return TryResult(TryOutcome.POSTPONED, str(error), letter)
    except MaybeDelivered as error:
        may_repeat = kind.may_repeat_when_unknown and email.tries < MAX_TRIES
        outcome = TryOutcome.POSTPONED if may_repeat else TryOutcome.UNCERTAIN
        return TryResult(outcome, str(error), letter)
    return TryResult(TryOutcome.SENT, letter=letter)
