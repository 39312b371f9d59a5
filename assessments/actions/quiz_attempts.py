"""Attempts at a quiz: each answer is kept on its own, and finishing scores what was kept."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import (
    AttemptClosed,
    close_attempt,
    locked_attempt,
    refuse_after_the_end,
    start_attempt,
    take_answer,
)
from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.answers import latest_responses
from assessments.queries.extra_time import extra_percent_of, lengthened
from assessments.queries.quiz_taken import quiz_taken
from assessments.responses import InvalidResponse, read_kept
from assessments.scoring import QuizScore, score_quiz
from courses.actions.progress import finish_activity
from courses.content.quiz import Quiz
from courses.content.quiz_items import ItemType
from courses.content.quiz_rules import Review
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of, quiz_of
from portal.people.models import User


def start_quiz(activity: Activity, *, by: User, at: datetime) -> Attempt:
    """Begin an attempt at a quiz by its rules, or return the one that is open already.

    Extra time that was agreed for the person moves the deadline.

    Raises:
        NoAttemptsLeft: the person has begun as many as the quiz allows.
    """
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
    payload: dict[str, Any],
    by: User,
    at: datetime,
) -> Attempt:
    """Keep the answer to an item; the same answer sent again changes nothing.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        InvalidResponse: the answer cannot be used; nothing was changed.
        AttemptClosed, AnswerOutOfOrder: nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.QUIZ)
    refuse_after_the_end(attempt, seq, at=at)
    quiz = quiz_taken(attempt)
    item = quiz.item(item_id)
    if item is None:
        raise InvalidResponse(str(_("This quiz has no such question.")))
    kept = read_kept(item, payload)
    is_new = seq >= attempt.next_seq
    if is_new and _is_settled(quiz, item.type, item_id, attempt):
        raise AttemptClosed(_("You have seen what this question teaches, so its answer stands."))
    if take_answer(attempt, seq=seq, step_id=item_id, payload=kept, at=at):
        attempt.save(update_fields=["next_seq"])
    return attempt


@transaction.atomic
def finish_quiz(attempt_id: uuid.UUID, *, by: User, at: datetime) -> Attempt:
    """Score what was answered and close the attempt; safe to repeat.

    Passing finishes the activity. Not passing closes the attempt, and another may follow. One
    whose time is up ended at its deadline, whoever closes it and whenever.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.QUIZ)
    if attempt.is_open:
        finish_locked(attempt, at=at)
    return attempt


def finish_locked(attempt: Attempt, *, at: datetime) -> None:
    """Score and close an open attempt that the caller has locked."""
    has_expired = attempt.has_expired(at)
    ended_at = attempt.deadline_at if has_expired and attempt.deadline_at else at
    quiz = quiz_taken(attempt)
    found = score_quiz(quiz, latest_responses(attempt))
    close_attempt(
        attempt,
        at=at,
        result=_as_result(found),
        points=round(found.percent, 3),
        is_passed=found.passed,
        state=AttemptState.EXPIRED if has_expired else AttemptState.FINISHED,
        ended_at=ended_at,
    )
    if found.passed:
        finish_activity(attempt.activity, attempt.revision, by=attempt.user, at=ended_at)


def _is_settled(quiz: Quiz, item_type: ItemType, item_id: str, attempt: Attempt) -> bool:
    """Say whether feedback on the item was shown: its answer then stands.

    Own words are different: they are marked by their writer after seeing other replies.
    """
    if quiz.rules.shown_at_once is Review.NOTHING or item_type is ItemType.SHORT_TEXT:
        return False
    return attempt.answers.filter(step_id=item_id).exists()


def _as_result(found: QuizScore) -> dict[str, Any]:
    """Return a score as plain values, for the attempt's record."""
    return {
        "points": found.points,
        "out_of": found.out_of,
        "items": {
            one.item_id: {"answered": one.answered, "points": one.points, "right": one.right}
            for one in found.items
        },
    }
