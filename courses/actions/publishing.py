"""Publishing: a draft becomes an immutable revision, and learners read it from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.actions.banking import bank_questions
from courses.content.checks import check_content
from courses.content.findings import Severity
from courses.content.fingerprint import fingerprint
from courses.content.kinds import SCHEMA_VERSION, Content, parse_content
from courses.content.parsing import ContentError, Problem
from courses.models import Activity, ActivityKind, ChangeKind, ContentRevision
from portal.audit.models import record
from portal.people.models import User


@transaction.atomic
def publish_revision(
    activity: Activity,
    content: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime,
    media: Mapping[str, str] | None = None,
    change_kind: ChangeKind = ChangeKind.NEW_CONTENT,
    note: str = "",
) -> ContentRevision:
    """Publish `content` as the activity's next revision and let learners read it.

    Content that is live already is not published again. `media` maps file names in the content
    to the SHA-256 of their bytes. Running attempts stay on the revision they began with.

    Raises:
        ContentError: the content cannot be used, or the checks find errors in it; nothing was
            written.
    """
    media = dict(media or {})
    _refuse_missing_files(parse_content(activity.kind, content), media)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    digest = fingerprint(content, media)
    live = activity.live_revision
    if live and live.content_sha256 == digest:
        return live
    _refuse_errors(activity, content, media)
    latest = activity.revisions.order_by("-number").first()
    revision = ContentRevision.objects.create(
        activity=activity,
        number=latest.number + 1 if latest else 1,
        schema_version=SCHEMA_VERSION,
        content=content,
        media=media,
        content_sha256=digest,
        change_kind=change_kind,
        note=note,
        created_by=by,
        created_at=at,
        published_by=by,
        published_at=at,
    )
    activity.live_revision = revision
    activity.save(update_fields=["live_revision"])
    if activity.kind == ActivityKind.QUIZ:
        bank_questions(revision)
    record("published", revision, by=by, at=at, number=revision.number, change=change_kind)
    return revision


def _refuse_errors(
    activity: Activity, content: Mapping[str, Any], media: Mapping[str, str]
) -> None:
    found = check_content(activity.kind, content, files=frozenset(media))
    errors = [Problem(one.path, one.sentence) for one in found if one.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)


def _refuse_missing_files(content: Content, media: Mapping[str, str]) -> None:
    problems = [
        Problem("", f"The media file “{name}” is missing.")
        for name in getattr(content, "files", ())
        if name not in media
    ]
    if problems:
        raise ContentError(problems)
