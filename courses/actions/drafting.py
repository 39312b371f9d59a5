"""Drafts: what an author is working on, saved so that nobody overwrites anybody."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions.publishing import publish_revision
from courses.content.parsing import ContentError
from courses.models import Activity, ChangeKind, ContentRevision, EarlierDraft
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User

KEPT_DRAFTS = 50


class DraftChangedMeanwhile(Refusal):
    """Somebody saved the draft since this one was opened; nothing was changed."""

    def __init__(self, activity: Activity) -> None:
        name = activity.draft_saved_by or _("Somebody")
        super().__init__(
            _("%(name)s saved this draft since you opened it. Both are below.") % {"name": name}
        )
        self.theirs: Mapping[str, Any] = activity.draft
        self.version = activity.draft_version


class NothingToPublish(Refusal):
    """There is no draft, or the checks forbid publishing it."""


@transaction.atomic
def save_draft(
    activity: Activity, content: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> Activity:
    """Save the draft; `version` is the one that was opened. The same again changes nothing.

    What is written may still be unfinished: only publishing asks that it can be used.

    Raises:
        DraftChangedMeanwhile: nothing was changed.
    """
    activity = _locked(activity)
    if activity.draft == content:
        return activity
    if activity.draft_version != version:
        raise DraftChangedMeanwhile(activity)
    if not activity.has_draft:
        activity.draft_of = _live_number(activity)
    _write(activity, content, by=by, at=at)
    return activity


@transaction.atomic
def change_draft(
    activity: Activity,
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    *,
    by: User,
    at: datetime,
) -> Activity:
    """Save what `change` makes of the draft as it stands now, whoever saved it last.

    So two authors work on different pieces of one draft, and both stay. `change` may raise to
    refuse; then nothing was written. Where nobody has begun a draft, one begins from what learners
    read.
    """
    activity = _locked(activity)
    live = activity.live_revision
    content = activity.draft or (live.content if live else {})
    version = activity.draft_version
    return save_draft(activity, change(content), version=version, by=by, at=at)


@transaction.atomic
def bring_back_draft(
    activity: Activity, *, number: int, version: int, by: User, at: datetime
) -> Activity:
    """Save the draft again as it was in version `number`; what it replaces can be brought back too.

    Raises:
        DraftChangedMeanwhile: nothing was changed.
    """
    activity = _locked(activity)
    if activity.draft_version != version:
        raise DraftChangedMeanwhile(activity)
    earlier = activity.earlier_drafts.get(version=number)
    if not activity.has_draft:
        activity.draft_of = _live_number(activity)
    _write(activity, earlier.content, by=by, at=at)
    return activity


@transaction.atomic
def restore_revision(revision: ContentRevision, *, by: User, at: datetime) -> Activity:
    """Begin a draft from an earlier revision, in place of the draft that is there.

    What it replaces is kept in the audit record.
    """
    activity = _locked(revision.activity)
    record("restored", activity, by=by, at=at, number=revision.number, replaced=activity.draft)
    activity.draft_of = _live_number(activity)
    _write(activity, revision.content, by=by, at=at)
    return activity


@transaction.atomic
def discard_draft(activity: Activity, *, by: User, at: datetime) -> None:
    """Throw the draft away; learners notice nothing. The audit record keeps it."""
    activity = _locked(activity)
    if activity.has_draft:
        record("discarded", activity, by=by, at=at, draft=activity.draft)
        _write(activity, {}, by=by, at=at)


@transaction.atomic
def publish_draft(
    activity: Activity,
    *,
    version: int,
    change_kind: ChangeKind,
    note: str,
    by: User,
    at: datetime,
) -> ContentRevision:
    """Publish the draft as the next revision; `version` is the one whose checks were seen.

    Files keep the bytes they have in the live revision.

    Raises:
        DraftChangedMeanwhile, NothingToPublish: nothing was changed.
    """
    activity = _locked(activity)
    if activity.draft_version != version:
        raise DraftChangedMeanwhile(activity)
    if not activity.has_draft:
        raise NothingToPublish(_("There is no draft to publish."))
    media = activity.live_revision.media if activity.live_revision else {}
    try:
        published = publish_revision(
            activity,
            activity.draft,
            by=by,
            at=at,
            media=media,
            change_kind=change_kind,
            note=note,
        )
    except ContentError:
        raise NothingToPublish(
            _("The checks found errors. Mend them first, then publish.")
        ) from None
    activity.refresh_from_db()
    activity.title = activity.draft["title"]
    activity.minutes = activity.draft.get("minutes", activity.minutes)
    activity.save(update_fields=["title", "minutes"])
    _write(activity, {}, by=by, at=at)
    return published


def _locked(activity: Activity) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",))
    return rows.select_related("live_revision", "draft_saved_by").get(pk=activity.pk)


def _live_number(activity: Activity) -> int:
    return activity.live_revision.number if activity.live_revision else 0


def _write(activity: Activity, content: Mapping[str, Any], *, by: User, at: datetime) -> None:
    _keep(activity)
    activity.draft = dict(content)
    activity.draft_version += 1
    if activity.live_revision_id is None and isinstance(content.get("title"), str):
        activity.title = content["title"].strip()[:120] or activity.title
    activity.draft_saved_by, activity.draft_saved_at = by, at
    activity.save(
        update_fields=[
            *("draft", "draft_version", "draft_of", "title"),
            *("draft_saved_by", "draft_saved_at"),
        ]
    )


def _keep(activity: Activity) -> None:
    """Keep the draft that is about to be replaced, and let the oldest ones go."""
    EarlierDraft.objects.create(
        activity=activity,
        version=activity.draft_version,
        content=activity.draft,
        saved_by=activity.draft_saved_by,
        saved_at=activity.draft_saved_at,
    )
    oldest = activity.draft_version - KEPT_DRAFTS
    activity.earlier_drafts.filter(version__lte=oldest).delete()
