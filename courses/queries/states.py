"""Enrolments by the word for how they stand, and how far many people are at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from courses.learning_state import LearningState
from courses.models import ActivityProgress, Enrolment
from portal.kit.sql import rows


@dataclass(frozen=True)
class Steps:
    """How many activities of a module somebody has begun and finished, and how many there are."""

    begun: int
    done: int
    total: int


def enrolments_in(state: LearningState, *, now: datetime) -> QuerySet[Enrolment]:
    """Return the enrolments that `state` is the word for."""
    enrolments = Enrolment.objects
    match state:
        case LearningState.OVERDUE:
            return enrolments.overdue(now)
        case LearningState.DUE_SOON:
            return enrolments.due_soon(now)
        case LearningState.IN_PROGRESS:
            return enrolments.due_later(now).filter(_is_begun())
        case LearningState.NOT_STARTED:
            return enrolments.due_later(now).exclude(_is_begun())
        case LearningState.FINISHED:
            return enrolments.filter(completed_at__isnull=False)
        case LearningState.WITHDRAWN | LearningState.EXEMPT | LearningState.CLOSED:
            return enrolments.filter(withdrawn_as=state.value)


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
    found = {(user, module): Steps(*counts) for user, module, *counts in rows(_STEPS, params)}
    return {pair: found.get(pair, _NO_STEPS) for pair in pairs}


def _is_begun() -> Exists:
    mine = ActivityProgress.objects.filter(
        user=OuterRef("user"), activity__module=OuterRef("module")
    )
    return Exists(mine)


_NO_STEPS = Steps(0, 0, 0)

# The same activities as `activities_on_offer`.
_STEPS = """
WITH offered AS MATERIALIZED (
    SELECT id, module_id FROM courses_activity
    WHERE module_id = ANY(%(which)s) AND archived_at IS NULL AND live_revision_id IS NOT NULL
), totals AS (
    SELECT module_id, count(*) AS total FROM offered GROUP BY module_id
), made AS (
    SELECT p.user_id, offered.module_id, count(*) AS begun, count(p.finished_at) AS done
    FROM courses_activityprogress p JOIN offered ON offered.id = p.activity_id
    WHERE p.user_id = ANY(%(whom)s) GROUP BY p.user_id, offered.module_id
)
SELECT pair.user_id, pair.module_id, coalesce(begun, 0), coalesce(done, 0), total
FROM unnest(%(users)s, %(modules)s) AS pair (user_id, module_id)
JOIN totals USING (module_id)
LEFT JOIN made USING (user_id, module_id)
"""
