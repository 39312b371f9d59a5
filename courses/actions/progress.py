"""Progress: where somebody is in an activity, and when a module is finished."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from courses.models import (
    Activity,
    ActivityProgress,
    BlockResponse,
    ContentRevision,
    ModuleCompletion,
    PastProgress,
)
from courses.signals import module_finished
from portal.audit.models import record
from portal.kit.sql import kept_rows, kept_run
from portal.kit.stored_queries import StoredQuery
from portal.kit.stored_writes import insert
from portal.people.models import User


def note_place(
    activity: Activity, revision: ContentRevision, *, by: User, at: datetime, place: str = ""
) -> None:
    """Remember that somebody is in an activity, and at which block; safe to repeat."""
    _keep_place(activity, revision, by=by, at=at, place=place)


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


@transaction.atomic(savepoint=False)
def finish_activity(
    activity: Activity, revision: ContentRevision, *, by: User, at: datetime
) -> bool:
    """Mark an activity as finished, and its module too when it was the last one.

    An activity stays finished with the time of the first finish; safe to repeat. Returns whether
    this finished the module.
    """
    _LOCKED_PERSON.get(pk=by.pk)
    _keep_place(activity, revision, by=by, at=at, is_finished=True)
    own = {"user": by.pk, "module": activity.module_id}
    if kept_rows(_ANY_UNFINISHED, own):
        return False
    return _complete_module(activity, by=by, at=at)


def _keep_place(
    activity: Activity,
    revision: ContentRevision,
    *,
    by: User,
    at: datetime,
    place: str = "",
    is_finished: bool = False,
) -> None:
    params = {
        "user": by.pk,
        "activity": activity.pk,
        "revision": revision.pk,
        "place": place,
        "at": at,
        "is_finished": is_finished,
    }
    kept_run(_KEEP_PLACE, params)


def complete_who_are_done(archived: Activity, *, at: datetime) -> None:
    """Complete the module of an activity that was archived, for who has nothing left to do in it.

    Only who finished something that is still on offer counts; safe to repeat.
    """
    left = Activity.objects.filter(
        module=archived.module_id, archived_at__isnull=True, live_revision__isnull=False
    )
    finished = ActivityProgress.objects.filter(activity__in=left, finished_at__isnull=False)
    people = User.objects.filter(pk__in=finished.values("user"))
    for person in people.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if not kept_rows(_ANY_UNFINISHED, {"user": person.pk, "module": archived.module_id}):
            _complete_module(archived, by=person, at=at)


def _complete_module(activity: Activity, *, by: User, at: datetime) -> bool:
    """Add the completion once, and end the enrolment that asked for it, unless it is too late."""
    own = {"user": by.pk, "module": activity.module_id}
    last = _LAST_COMPLETION.first(**own)
    kept_run(_END_ENROLMENT, own | {"at": at})
    if last and not _came_back_since(last):
        return False
    completion = ModuleCompletion(
        user=by,
        module_id=activity.module_id,
        number=last.number + 1 if last else 1,
        completed_at=at,
    )
    insert(completion)
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
_LOCKED_PERSON = StoredQuery(
    lambda pk: (
        User.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=pk)
        .values_list("pk", flat=True)
    )
)
_LAST_COMPLETION = StoredQuery(
    lambda user, module: ModuleCompletion.objects.filter(user=user, module=module).order_by(
        "-number"
    )[:1]
)
_KEEP_PLACE = """
INSERT INTO courses_activityprogress AS one
    (user_id, activity_id, revision_id, place, started_at, last_seen_at, finished_at)
VALUES (
    %(user)s, %(activity)s, %(revision)s, %(place)s, %(at)s, %(at)s,
    CASE WHEN %(is_finished)s THEN %(at)s::timestamptz END
)
ON CONFLICT (user_id, activity_id) DO UPDATE SET
    revision_id = EXCLUDED.revision_id,
    place = EXCLUDED.place,
    last_seen_at = EXCLUDED.last_seen_at,
    finished_at = coalesce(one.finished_at, greatest(EXCLUDED.finished_at, CASE
        WHEN EXCLUDED.finished_at IS NOT NULL THEN one.started_at
    END)),
    handed_in_at = CASE WHEN EXCLUDED.finished_at IS NULL THEN one.handed_in_at END
"""
_ANY_UNFINISHED = """
SELECT 1 FROM courses_activity a
WHERE a.module_id = %(module)s AND a.archived_at IS NULL AND a.live_revision_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM courses_activityprogress p
        WHERE p.activity_id = a.id AND p.user_id = %(user)s AND p.finished_at IS NOT NULL
    )
LIMIT 1
"""
_END_ENROLMENT = """
UPDATE courses_enrolment SET completed_at = %(at)s
WHERE user_id = %(user)s AND module_id = %(module)s
    AND completed_at IS NULL AND withdrawn_at IS NULL
    AND (closes_at IS NULL OR closes_at >= %(at)s)
"""
