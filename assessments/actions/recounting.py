"""An ended quiz that comes to another result: whatever rests on the old one follows."""

from datetime import datetime

from assessments.actions.statistics import uncount_attempt
from assessments.actions.superseding import supersede_evidence
from assessments.actions.tallies import correct_items
from assessments.models import Attempt
from assessments.queries.regrading import NewResult
from assessments.queries.shown import counts_as_evidence, shown_in
from assessments.skill_estimate import Source
from courses.actions.progress import finish_activity
from courses.models import ContentRevision


def count_anew(
    attempt: Attempt, found: NewResult, *, keyed_by: ContentRevision, at: datetime
) -> None:
    """Let a locked attempt that has ended count by another result, worked out by `keyed_by`.

    Statistics, tallies, skill evidence and progress follow. A pass once given stays.
    """
    before = shown_in(attempt).items
    was_passed = bool(attempt.is_passed)
    uncount_attempt(attempt, at=at)
    if keyed_by != attempt.revision:
        attempt.key_revision = keyed_by
    attempt.result, attempt.points = found.result, found.percent
    attempt.is_passed = was_passed or found.is_passed
    attempt.save(update_fields=["key_revision", "counted_at", "result", "points", "is_passed"])
    if counts_as_evidence(attempt):
        after = shown_in(attempt).items
        correct_items(before, after, activity_id=attempt.activity_id, source=Source.QUIZ)
        supersede_evidence(attempt, at=at)
    if attempt.is_passed and not was_passed:
        assert attempt.finished_at is not None
        finish_activity(attempt.activity, attempt.revision, by=attempt.user, at=attempt.finished_at)
