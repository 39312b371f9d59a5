"""Progress: where somebody is in an activity, and when a module is finished."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from courses.models import (
    Activity,
    ActivityProgress,
    BlockResponse,
    ContentRevision,
    Enrolment,
    ModuleCompletion,
    PastProgress,
)
from courses.signals import module_finished
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
def note_handed_in(
    activity: Activity, revision: ContentRevision, *, by: User, at: datetime
) -> None:
    """Remember that a lead has to mark what somebody did, unless they have finished it before."""
    note_place(activity, revision, by=by, at=at)
    mine = ActivityProgress.objects.filter(user=by, activity=activity)
    mine.filter(finished_at__isnull=True).update(handed_in_at=at)


def note_marked(activity: Activity, *, user: User) -> None:
    """Remember that nothing of what somebody did waits for a mark any more; safe to repeat."""
    mine = ActivityProgress.objects.filter(user=user, activity=activity)
    mine.filter(handed_in_at__isnull=False).update(handed_in_at=None)


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
        finished_at=Greatest(Value(at), F("started_at")), handed_in_at=None
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
    earlier = ModuleCompletion.objects.filter(user=by, module=activity.module_id)
    last = earlier.order_by("number").last()
    asked_for.filter(Q(closes_at__isnull=True) | Q(closes_at__gte=at)).update(completed_at=at)
    if last and not _came_back_since(last):
        return False
    completion = ModuleCompletion.objects.create(
        user=by,
        module_id=activity.module_id,
        number=last.number + 1 if last else 1,
        completed_at=at,
    )
    record("finished", completion, by=by, at=at, module=activity.module_id)
    module_finished.send(sender=ModuleCompletion, completion=completion)
    return True


def _came_back_since(last: ModuleCompletion) -> bool:
    """Whether a rule brought the module back after it was finished, to be done anew."""
    set_aside = PastProgress.objects.filter(
        user=last.user_id, activity__module=last.module_id, set_aside_at__gt=last.completed_at
    )
    return set_aside.exists()


def set_progress_aside(pairs: Collection[tuple[int, int]], *, at: datetime) -> None:
    """Let people begin modules anew, by pairs of their ids; how far they were is kept."""
    if not pairs:
        return
    users = [user for user, _ in pairs]
    modules = [module for _, module in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_SET_ASIDE, {"users": users, "modules": modules, "at": at})


_SET_ASIDE = """
WITH gone AS (
    DELETE FROM courses_activityprogress p
    USING courses_activity a, unnest(%(users)s, %(modules)s) AS pair (user_id, module_id)
    WHERE a.id = p.activity_id AND p.user_id = pair.user_id AND a.module_id = pair.module_id
    RETURNING p.user_id, p.activity_id, p.revision_id, p.started_at, p.finished_at
)
INSERT INTO courses_pastprogress (user_id, activity_id, revision_id, started_at, finished_at,
                                  set_aside_at)
SELECT user_id, activity_id, revision_id, started_at, finished_at, %(at)s FROM gone
"""
