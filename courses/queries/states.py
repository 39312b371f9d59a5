"""Enrolments by the word for how they stand, and how far many people are at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.learning_state import LearningState
from courses.models import ActivityProgress, Enrolment
from courses.queries.progress import activities_on_offer


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
        case LearningState.WITHDRAWN:
            return enrolments.filter(withdrawn_at__isnull=False)


def steps_of(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], Steps]:
    """Return the steps of people in modules, by pairs of their ids, in two queries."""
    on_offer = activities_on_offer().filter(module__in={module for _, module in pairs}).order_by()
    totals = dict(on_offer.values_list("module_id").annotate(total=Count("pk")))
    visits = ActivityProgress.objects.filter(
        user__in={user for user, _ in pairs}, activity__in=on_offer
    )
    counts = {
        (user, module): (begun, done)
        for user, module, begun, done in visits.values_list(
            "user_id", "activity__module_id"
        ).annotate(begun=Count("pk"), done=Count("finished_at"))
    }
    return {pair: Steps(*counts.get(pair, (0, 0)), totals.get(pair[1], 0)) for pair in pairs}


def _is_begun() -> Exists:
    mine = ActivityProgress.objects.filter(
        user=OuterRef("user"), activity__module=OuterRef("module")
    )
    return Exists(mine)
