"""Attempts at a quiz: each answer is kept on its own, and finishing scores what was kept."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import (
    AttemptClosed,
    locked_attempt,
    refuse_after_the_end,
    start_attempt,
    take_answer,
)
from assessments.actions.closing import close_quiz
from assessments.actions.marking import hand_in
from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.answers import latest_responses
from assessments.queries.extra_time import extra_percent_of, lengthened
from assessments.queries.quiz_taken import quiz_taken
from assessments.responses import InvalidResponse, read_kept
from assessments.scoring import score_quiz
from courses.content.quiz import Quiz
from courses.content.quiz_items import Item, ItemType
from courses.content.quiz_rules import Review
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of, quiz_of
from portal.kit.errors import Refusal
from portal.kit.sql import kept_rows
from portal.people.models import User


class StillWaiting(Refusal):
    """The last attempt waits for marking."""


def start_quiz(activity: Activity, *, by: User, at: datetime) -> Attempt:
    """Begin an attempt at a quiz by its rules, or return the one that is open already.

    Extra time that was agreed for the person moves the deadline.

    Raises:
        NoAttemptsLeft: the person has begun as many as the quiz allows.
        StillWaiting: the last one waits for marking.
    """
    own = {"user": by.pk, "activity": activity.pk, "state": AttemptState.MARKING.value}
    if kept_rows(_ANY_IN_STATE, own):
        raise StillWaiting(
            _("Your last attempt waits for marking. You can begin another one after that.")
        )
    quiz = quiz_of(live_revision_of(activity))
    limit = quiz.rules.time_limit
    return start_attempt(
        activity,
        by=by,
        at=at,
        mode=AttemptMode.ASSESSED,
        at_most=quiz.rules.attempts,
        deadline_at=at + lengthened(limit, extra_percent_of(by)) if limit else None,
        draw=quiz.drawn,
    )


@transaction.atomic
def answer_item(
    attempt_id: uuid.UUID,
    *,
    seq: int,
    item_id: str,
    payload: dict[str, Any] | Callable[[ItemType], dict[str, Any]],
    by: User,
    at: datetime,
    number: int | None = None,
) -> Attempt:
    """Keep the answer to an item; the same answer sent again changes nothing.

    `payload` may be read once the type of the item is known. `number` is the place at which the
    attempt asks the item, where the sender says so.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt, or it asks another item there.
        InvalidResponse: the answer cannot be used; nothing was changed.
        AttemptClosed, AnswerOutOfOrder: nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.QUIZ)
    quiz = quiz_taken(attempt)
    if number is not None and item_id not in [one.id for one in quiz.items[number - 1 : number]]:
        raise Attempt.DoesNotExist
    refuse_after_the_end(attempt, seq, at=at)
    item = quiz.item(item_id)
    if item is None:
        raise InvalidResponse(str(_("This quiz has no such question.")))
    kept = read_kept(item, payload(item.type) if callable(payload) else payload)
    is_new = seq >= attempt.next_seq
    if is_new and _is_settled(quiz, item, attempt):
        raise AttemptClosed(_("You have seen what this question teaches, so its answer stands."))
    take_answer(attempt, seq=seq, step_id=item_id, payload=kept, at=at)
    return attempt


@transaction.atomic
def finish_quiz(attempt_id: uuid.UUID, *, by: User, at: datetime) -> Attempt:
    """Score what was answered and close the attempt; safe to repeat.

    Passing finishes the activity. Not passing closes the attempt, and another may follow. One
    with answers that a lead has to mark waits for that. One whose time is up ended at its
    deadline, whoever closes it and whenever.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.QUIZ)
    if attempt.is_open:
        finish_locked(attempt, at=at)
    return attempt


def finish_locked(attempt: Attempt, *, at: datetime) -> None:
    """Score and close an open attempt that the caller has locked, or let it wait for marking."""
    has_expired = attempt.has_expired(at)
    ended_at = attempt.deadline_at if has_expired and attempt.deadline_at else at
    quiz = quiz_taken(attempt)
    found = score_quiz(quiz, latest_responses(attempt))
    if found.awaits_marking:
        hand_in(attempt, found, at=at, ended_at=ended_at)
        return
    state = AttemptState.EXPIRED if has_expired else AttemptState.FINISHED
    close_quiz(attempt, found, at=at, ended_at=ended_at, state=state)


def _is_settled(quiz: Quiz, item: Item, attempt: Attempt) -> bool:
    """Say whether feedback on the item was shown: its answer then stands.

    Own words are different: they are marked by their writer after seeing other replies, or by a
    lead after the end.
    """
    if quiz.rules.shown_at_once is Review.NOTHING or item.is_self_marked or item.rubric:
        return False
    return attempt.answers.filter(step_id=item.id).exists()


_ANY_IN_STATE = """
SELECT 1 FROM assessments_attempt
WHERE user_id = %(user)s AND activity_id = %(activity)s AND state = %(state)s LIMIT 1
"""
