"""Attempts: starting one, and writing down each answer so that none is lost or counted twice."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import Json

from assessments.actions.evidence import record_evidence
from assessments.actions.refreshers import make_cards
from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.begun import assessed_begun
from courses.actions.progress import note_place
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.kit.sql import kept_rows, kept_run
from portal.kit.stored_queries import StoredQuery
from portal.kit.stored_writes import insert
from portal.people.models import User


class AttemptClosed(Refusal):
    """The attempt takes no more answers."""


class NoAttemptsLeft(Refusal):
    """The person has begun as many attempts as the activity allows."""


class AnswerOutOfOrder(Refusal):
    """The answer is not the one that comes next: another tab went on, or one is missing."""


def start_attempt(
    activity: Activity,
    *,
    by: User,
    at: datetime,
    mode: AttemptMode,
    card: str = "",
    run_state: dict[str, Any] | None = None,
    at_most: int | None = None,
    deadline_at: datetime | None = None,
    draw: Callable[[int], Sequence[str]] = lambda _seed: (),
) -> Attempt:
    """Begin an attempt on the live revision, or return the one that is open already.

    Safe against starts at the same moment: the database lets only one attempt be open, and no
    number be used twice. So there are never more than `at_most` assessed attempts; when a rule
    brings the module back, as many may begin again. `draw` says which items a seed draws; they
    stay with the attempt.

    Raises:
        NoAttemptsLeft: there are that many already.
    """
    joined = _open_attempt(activity, by)
    while joined is None:
        joined = _new_attempt(
            activity,
            by=by,
            at=at,
            mode=mode,
            card=card,
            run_state=run_state or {},
            at_most=at_most,
            deadline_at=deadline_at,
            draw=draw,
        )
    return joined


def locked_attempt(attempt_id: uuid.UUID, *, by: User, kind: ActivityKind) -> Attempt:
    """Return somebody's own attempt at an activity of `kind`, locked until the transaction ends.

    Raises:
        Attempt.DoesNotExist: there is none, or it is another person's.
    """
    found = _LOCKED.get(pk=attempt_id, user=by.pk, kind=kind.value)
    found.user = by
    return found


def take_answer(
    attempt: Attempt, *, seq: int, step_id: str, payload: dict[str, Any], at: datetime
) -> bool:
    """Write down the answer that comes next; False if this very answer is there already.

    The attempt must be locked. It then waits for the next number; whatever else the answer moved
    is saved by the caller.

    Raises:
        AttemptClosed: the attempt has ended.
        AnswerOutOfOrder: another answer has this number, or one before it is missing.
    """
    if seq < attempt.next_seq:
        if attempt.answers.filter(seq=seq, step_id=step_id, payload=payload).exists():
            return False
        raise AnswerOutOfOrder(
            _("This went on somewhere else, perhaps in another tab. Here is where it stands now.")
        )
    refuse_after_the_end(attempt, seq, at=at)
    if seq > attempt.next_seq:
        raise AnswerOutOfOrder(
            _("An earlier answer has not arrived yet. Here is where it stands now.")
        )
    attempt.next_seq = seq + 1
    values = {
        "attempt": attempt.pk,
        "seq": seq,
        "step_id": step_id,
        "payload": Json(payload),
        "at": at,
        "next_seq": attempt.next_seq,
    }
    kept_run(_TAKE_ANSWER, values)
    return True


def refuse_after_the_end(attempt: Attempt, seq: int, *, at: datetime) -> None:
    """Let answers pass while an attempt is open; afterwards only those that it has already.

    Raises:
        AttemptClosed: the attempt has ended, or its time is up.
    """
    if seq < attempt.next_seq:
        return
    if not attempt.is_open:
        raise AttemptClosed(_("This is finished, so nothing was changed."))
    if attempt.has_expired(at):
        raise AttemptClosed(_("The time is up. Everything you saved before counts."))


def close_attempt(
    attempt: Attempt,
    *,
    at: datetime,
    result: dict[str, Any],
    points: float | None,
    is_passed: bool | None,
    state: AttemptState = AttemptState.FINISHED,
    ended_at: datetime | None = None,
) -> None:
    """End a locked attempt with what scoring made of it; audit it, and keep what it shows.

    What was missed comes back to the person as refresher cards.

    `ended_at` says when it ended where that was before `at`.
    """
    attempt.state = state
    attempt.finished_at = ended_at or at
    attempt.result = result
    attempt.points = points
    attempt.is_passed = is_passed
    values = {
        "attempt": attempt.pk,
        "state": state.value,
        "finished_at": attempt.finished_at,
        "result": Json(result),
        "points": points,
        "is_passed": is_passed,
        "run_state": Json(attempt.run_state),
    }
    kept_run(_CLOSE, values)
    record("finished", attempt, by=attempt.user, at=at, mode=attempt.mode, is_passed=is_passed)
    record_evidence(attempt, at=at)
    make_cards(attempt, at=at)


def _open_attempt(activity: Activity, user: User) -> Attempt | None:
    return _OPEN.first(activity=activity.pk, user=user.pk)


def _new_attempt(
    activity: Activity,
    *,
    by: User,
    at: datetime,
    mode: AttemptMode,
    card: str,
    run_state: dict[str, Any],
    at_most: int | None,
    deadline_at: datetime | None,
    draw: Callable[[int], Sequence[str]],
) -> Attempt | None:
    """Begin an attempt, or join one that began at the same moment; None if that has ended."""
    revision = live_revision_of(activity)
    attempt = Attempt(
        user=by,
        activity=activity,
        revision=revision,
        mode=mode,
        card=card,
        run_state=run_state,
        started_at=at,
        deadline_at=deadline_at,
    )
    attempt.seed = attempt.id.int % 2**31
    attempt.drawn = list(draw(attempt.seed))
    earlier = {"user": by.pk, "activity": activity.pk, "mode": str(mode)}
    attempt.number = 1 + kept_rows(_LAST_NUMBER, earlier)[0][0]
    # Counted after the number was taken: whoever begins in between takes that number first.
    if at_most is not None and assessed_begun(activity.pk, by.pk) >= at_most:
        # The last one may have begun just now, in another tab: then this one joins it.
        if joined := _open_attempt(activity, by):
            return joined
        raise NoAttemptsLeft(_("You have taken this as often as it allows."))
    try:
        with transaction.atomic():
            insert(attempt)
            note_place(activity, revision, by=by, at=at)
    except IntegrityError:
        # Somebody with two tabs: the other start came first, so this one joins it.
        joined = _open_attempt(activity, by)
        if joined is None and kept_rows(_LAST_NUMBER, earlier)[0][0] < attempt.number:
            raise
        return joined
    return attempt


_LOCKED = StoredQuery(
    lambda pk, user, kind: (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("revision", "activity")
        .defer("revision__content", "revision__media", "activity__draft")
        .filter(pk=pk, user=user, activity__kind=kind)
    )
)
_OPEN = StoredQuery(
    lambda activity, user: Attempt.objects.open().filter(activity=activity, user=user)
)
_LAST_NUMBER = """
SELECT coalesce(max(number), 0) FROM assessments_attempt
WHERE user_id = %(user)s AND activity_id = %(activity)s AND mode = %(mode)s
"""
_CLOSE = """
UPDATE assessments_attempt SET
    state = %(state)s, finished_at = %(finished_at)s, result = %(result)s, points = %(points)s,
    is_passed = %(is_passed)s, run_state = %(run_state)s
WHERE id = %(attempt)s
"""
_TAKE_ANSWER = """
WITH moved AS (UPDATE assessments_attempt SET next_seq = %(next_seq)s WHERE id = %(attempt)s)
INSERT INTO assessments_answer (attempt_id, seq, step_id, payload, answered_at)
VALUES (%(attempt)s, %(seq)s, %(step_id)s, %(payload)s, %(at)s)
"""
