"""A draft as learners would see it: from what its author saved, and nothing is kept."""

from collections.abc import Mapping

from courses.content.fingerprint import fingerprint
from courses.content.lesson_blocks import QuickCheck
from courses.content.parsing import ContentError
from courses.models import Activity, BlockResponse, ContentRevision
from courses.queries.content import content_of, lesson_of
from courses.queries.lesson import LessonPage
from courses.queries.progress import ModuleProgress, Step


class NothingToPreview(Exception):
    """There is no content yet, or its checks say that it cannot be read."""


def preview_revision(activity: Activity) -> ContentRevision:
    """Return what would be published now, as a revision that is not stored.

    `activity` comes with its live revision, whose files the draft shows. No query.

    Raises:
        NothingToPreview: there is no content, or it cannot be read.
    """
    live = activity.live_revision
    content = activity.draft or (live.content if live else None)
    if not content:
        raise NothingToPreview
    media = live.media if live else {}
    revision = ContentRevision(
        activity=activity,
        content=content,
        media=media,
        content_sha256=fingerprint(content, media),
    )
    if seen_at := activity.draft_saved_at or (live and live.published_at):
        revision.published_at = seen_at
    try:
        content_of(revision, activity.kind)
    except ContentError:
        raise NothingToPreview from None
    return revision


def preview_lesson(activity: Activity, chosen: Mapping[str, str]) -> LessonPage:
    """Return a draft lesson with the options that its author tries out, by block. No query.

    Raises:
        NothingToPreview: as `preview_revision`.
    """
    revision = preview_revision(activity)
    lesson = lesson_of(revision)
    step = Step(activity.pk, activity.slug, activity.kind, lesson.title, lesson.minutes, None, None)
    responses = {
        block_id: BlockResponse(block_id=block_id, option_id=option)
        for block_id, option in chosen.items()
        if isinstance(block := lesson.block(block_id), QuickCheck)
        and option in {one.id for one in block.options}
    }
    return LessonPage(
        activity=activity,
        revision=revision,
        lesson=lesson,
        progress=ModuleProgress((step,)),
        responses=responses,
        is_preview=True,
    )
