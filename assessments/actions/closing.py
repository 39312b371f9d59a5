"""The end of a quiz: what was scored is written down, and passing finishes the activity."""

from datetime import datetime

from assessments.actions.attempts import close_attempt
from assessments.models import Attempt, AttemptState
from assessments.results import as_result
from assessments.scoring import QuizScore
from courses.actions.progress import finish_activity


def close_quiz(
    attempt: Attempt, found: QuizScore, *, at: datetime, ended_at: datetime, state: AttemptState
) -> None:
    """Close a locked attempt with its points; `ended_at` is when its taker was done."""
    close_attempt(
        attempt,
        at=at,
        result=as_result(found),
        points=round(found.percent, 3),
        is_passed=found.passed,
        state=state,
        ended_at=ended_at,
    )
    if found.passed:
        finish_activity(attempt.activity, attempt.revision, by=attempt.user, at=ended_at)
