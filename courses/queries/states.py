"""Enrolments by the word for how they stand, and how far many people are at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from courses.learning_state import LearningState
from courses.models import ActivityProgress, Enrolment
from portal.kit.sql import kept_rows


@dataclass(frozen=True)
class Steps:
    """How many activities of a module somebody has begun and finished, and how many there are.

    `waiting` counts those that were handed in and that a lead still has to mark.
    """

    begun: int
    done: int
    waiting: int
    total: int

    @property
    def is_waiting(self) -> bool:
        """Whether all that is left only waits for a mark."""
        return self.waiting > 0 and self.done + self.waiting == self.total


def enrolments_in(state: LearningState, *, now: datetime) -> QuerySet[Enrolment]:
    """Return the enrolments that `state` is the word for."""
    enrolments = Enrolment.objects
    match state:
        case LearningState.WAITING:
            found = enrolments.waiting()
        case LearningState.OVERDUE:
            found = enrolments.overdue(now)
        case LearningState.DUE_SOON:
            found = enrolments.due_soon(now)
        case LearningState.IN_PROGRESS:
            found = enrolments.due_later(now).filter(_is_begun())
        case LearningState.NOT_STARTED:
            found = enrolments.due_later(now).exclude(_is_begun())
        case LearningState.FINISHED:
            found = enrolments.filter(completed_at__isnull=False)
        case LearningState.WITHDRAWN | LearningState.EXEMPT | LearningState.CLOSED:
            found = enrolments.filter(withdrawn_as=state.value)
    return found


def steps_of(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], Steps]:
    """Return the steps of people in modules, by pairs of their ids, in one query."""
    if not pairs:
        return {}
    users, modules = zip(*pairs, strict=True)
    params = {
        "users": list(users),
        "modules": list(modules),
        "whom": list(set(users)),
        "which": list(set(modules)),
    }
    found = {(user, module): Steps(*counts) for user, module, *counts in kept_rows(_STEPS, params)}
    return {pair: found.get(pair, _NO_STEPS) for pair in pairs}


def _is_begun() -> Exists:
    mine = ActivityProgress.objects.filter(
        user=OuterRef("user"), activity__module=OuterRef("module")
    )
    return Exists(mine)


# What `Enrolment.objects.waiting()` has of an open enrolment `e`.
ONLY_WAITS = """(
    EXISTS (
        SELECT FROM courses_activityprogress p JOIN courses_activity a ON a.id = p.activity_id
        WHERE p.user_id = e.user_id AND p.handed_in_at IS NOT NULL AND a.module_id = e.module_id
          AND a.archived_at IS NULL AND a.live_revision_id IS NOT NULL
    ) AND NOT EXISTS (
        SELECT FROM courses_activity a
        WHERE a.module_id = e.module_id
          AND a.archived_at IS NULL AND a.live_revision_id IS NOT NULL
          AND NOT EXISTS (
            SELECT FROM courses_activityprogress p
            WHERE p.user_id = e.user_id AND p.activity_id = a.id
              AND (p.finished_at IS NOT NULL OR p.handed_in_at IS NOT NULL)
          )
    )
)"""

_NO_STEPS = Steps(0, 0, 0, 0)

# The same activities as `activities_on_offer`.
_STEPS = """
WITH offered AS MATERIALIZED (
    SELECT id, module_id FROM courses_activity
    WHERE module_id = ANY(%(which)s) AND archived_at IS NULL AND live_revision_id IS NOT NULL
), totals AS (
    SELECT module_id, count(*) AS total FROM offered GROUP BY module_id
), made AS (
    SELECT p.user_id, offered.module_id, count(*) AS begun, count(p.finished_at) AS done,
           count(p.handed_in_at) AS waiting
    FROM courses_activityprogress p JOIN offered ON offered.id = p.activity_id
    WHERE p.user_id = ANY(%(whom)s) GROUP BY p.user_id, offered.module_id
)
SELECT pair.user_id, pair.module_id, coalesce(begun, 0), coalesce(done, 0), coalesce(waiting, 0),
       total
FROM unnest(%(users)s::bigint[], %(modules)s::bigint[]) AS pair (user_id, module_id)
JOIN totals USING (module_id)
LEFT JOIN made USING (user_id, module_id)
"""
