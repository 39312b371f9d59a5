"""How much of a finished quiz may be shown, which may change with what happens afterwards."""

from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.begun import assessed_begun
from courses.content.quiz_rules import Review, Rules
from portal.kit.sql import kept_rows


def shown_after(attempt: Attempt, rules: Rules) -> Review:
    """Return how much is shown of an attempt that ended, by the rules of its quiz.

    At most two queries, where the rules wait until the quiz is passed or no attempt is left.
    """
    if rules.shown_once_settled is rules.shown_at_end or _is_settled(attempt, rules.attempts):
        return rules.shown_once_settled
    return rules.shown_at_end


def _is_settled(attempt: Attempt, allowed: int | None) -> bool:
    """Say whether there is no reason to take the quiz again: it is passed, or was the last time."""
    if attempt.is_passed:
        return True
    own = {
        "user": attempt.user_id,
        "activity": attempt.activity_id,
        "mode": AttemptMode.ASSESSED.value,
        "open": AttemptState.OPEN.value,
    }
    [(is_passed, is_open)] = kept_rows(_ATTEMPTS, own)
    if is_passed or is_open or allowed is None:
        return bool(is_passed)
    return assessed_begun(attempt.activity_id, attempt.user_id) >= allowed


# As in `begun`: a pass of before the module came back, to be done anew, counts no more.
_ATTEMPTS = """
SELECT coalesce(bool_or(is_passed), false), coalesce(bool_or(state = %(open)s), false)
FROM assessments_attempt t
WHERE user_id = %(user)s AND activity_id = %(activity)s AND mode = %(mode)s
  AND NOT EXISTS (
    SELECT FROM courses_pastprogress p
    WHERE p.user_id = t.user_id AND p.activity_id = t.activity_id
      AND p.set_aside_at > t.started_at
  )
"""
