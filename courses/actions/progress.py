"""Progress: where somebody is in an activity, and when a module is finished."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from courses.models import (
    Activity,
    ActivityProgress,
    BlockResponse,
    ContentRevision,
    Enrolment,
    ModuleCompletion,
)
from portal.audit.models import record
from portal.people.models import User


def note_place(
    activity: Activity, revision: ContentRevision, *, by: User, at: datetime, place: str = ""
) -> None:
    """Remember that somebody is in an activity, and at which block; safe to repeat."""
    ActivityProgress.objects.bulk_create(
        [
            ActivityProgress(
                user=by,
                activity=activity,
                revision=revision,
                place=place,
                started_at=at,
                last_seen_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "activity"],
        update_fields=["revision", "place", "last_seen_at"],
    )


def save_block_response(
    revision: ContentRevision,
    block_id: str,
    *,
    by: User,
    at: datetime,
    text: str = "",
    option_id: str = "",
) -> None:
    """Keep what somebody wrote or picked in a block of a lesson; the latest stands."""
    BlockResponse.objects.bulk_create(
        [
            BlockResponse(
                user=by,
                revision=revision,
                block_id=block_id,
                text=text,
                option_id=option_id,
                saved_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "revision", "block_id"],
        update_fields=["text", "option_id", "saved_at"],
    )


@transaction.atomic
def finish_activity(
    activity: Activity, revision: ContentRevision, *, by: User, at: datetime
) -> bool:
    """Mark an activity as finished, and its module too when it was the last one.

    An activity stays finished with the time of the first finish; safe to repeat. Returns whether
    this finished the module.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    note_place(activity, revision, by=by, at=at)
    ActivityProgress.objects.filter(user=by, activity=activity, finished_at__isnull=True).update(
        finished_at=Greatest(Value(at), F("started_at"))
    )
    if _has_unfinished_activities(activity, by):
        return False
    return _complete_module(activity, by=by, at=at)


def _has_unfinished_activities(activity: Activity, user: User) -> bool:
    live = Activity.objects.filter(
        module=activity.module_id, archived_at__isnull=True, live_revision__isnull=False
    )
    finished = ActivityProgress.objects.filter(user=user, finished_at__isnull=False)
    return live.exclude(pk__in=finished.values("activity")).exists()


def _complete_module(activity: Activity, *, by: User, at: datetime) -> bool:
    """Add the completion once, and end the enrolment that asked for it, unless it is too late."""
    asked_for = Enrolment.objects.open().filter(user=by, module=activity.module_id)
    asked_for.filter(Q(closes_at__isnull=True) | Q(closes_at__gte=at)).update(completed_at=at)
    if ModuleCompletion.objects.filter(user=by, module=activity.module_id).exists():
        return False
    completion = ModuleCompletion.objects.create(
        user=by, module_id=activity.module_id, completed_at=at
    )
    record("finished", completion, by=by, at=at, module=activity.module_id)
    return True
