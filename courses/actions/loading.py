"""Loading the curriculum's files: what is new or changed gets published, nothing is removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from courses.actions.publishing import publish_revision
from courses.actions.refreshers import publish_refresher
from courses.actions.sheets import publish_sheet
from courses.content.library import ActivityFiles, CourseFiles, MediaSource, ModuleFiles
from courses.models import Activity, Course, MediaFile, Module, SheetKind
from portal.people.models import User


@dataclass(frozen=True)
class LoadResult:
    """How much of the curriculum was read, and how many activities got a new revision."""

    activities: int
    published: int


def load_library(courses: Iterable[CourseFiles], *, by: User | None, at: datetime) -> LoadResult:
    """Bring courses, modules and activities in line with their files; safe to repeat.

    Media files are stored first, under their hash, so that a revision never names one that is not
    there.
    """
    courses = tuple(courses)
    store_media(courses, at=at)
    return load_courses(courses, by=by, at=at)


def store_media(courses: Iterable[CourseFiles], *, at: datetime) -> None:
    """Store the media of courses; outside of any transaction, as it writes files."""
    for media in _media_of(courses):
        _store_media(media, at=at)


@transaction.atomic
def load_courses(courses: Iterable[CourseFiles], *, by: User | None, at: datetime) -> LoadResult:
    """Bring all but media in line, in one transaction: learners see the whole before or after."""
    outcomes = [
        _load_activity(module, position, files, by=by, at=at)
        for course_files in courses
        for course in [_load_course(course_files)]
        for module_files in course_files.modules
        for module in [_load_module(course, module_files, by=by, at=at)]
        for position, files in enumerate(module_files.activities, start=1)
    ]
    return LoadResult(len(outcomes), sum(outcomes))


def _media_of(courses: Iterable[CourseFiles]) -> Iterable[MediaSource]:
    return {
        media.sha256: media
        for course in courses
        for module in course.modules
        for activity in module.activities
        for media in activity.media
    }.values()


def _store_media(media: MediaSource, *, at: datetime) -> None:
    content = media.path.read_bytes()
    file = MediaFile(
        sha256=media.sha256,
        name=media.name,
        mime_type=media.mime_type,
        size_bytes=len(content),
        added_at=at,
    )
    _write_once(file.storage_name, content)
    MediaFile.objects.bulk_create([file], ignore_conflicts=True)


def _write_once(name: str, content: bytes) -> None:
    """Store bytes under the hash they have; a file of another length was cut off by a crash."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _load_course(files: CourseFiles) -> Course:
    text = files.text
    course, _ = Course.objects.update_or_create(
        slug=files.slug,
        defaults={
            "title": text.title,
            "summary": text.summary,
            "skill": text.skill or "",
            "position": text.position,
        },
    )
    return course


def _load_module(course: Course, files: ModuleFiles, *, by: User | None, at: datetime) -> Module:
    text = files.text
    module, _ = Module.objects.update_or_create(
        course=course,
        slug=files.slug,
        defaults={
            "title": text.title,
            "objective": text.objective,
            "summary": text.summary,
            "content_notice": text.content_notice,
            "behaviours": list(text.behaviours),
            "minutes": text.minutes,
            "position": text.position,
        },
    )
    if files.refresher is not None:
        publish_refresher(module, files.refresher, by=by, at=at)
    for name, raw in files.sheets.items():
        publish_sheet(module, SheetKind(name), raw, by=by, at=at)
    return module


def _load_activity(
    module: Module, position: int, files: ActivityFiles, *, by: User | None, at: datetime
) -> bool:
    activity, _ = Activity.objects.update_or_create(
        module=module,
        slug=files.slug,
        defaults={
            "kind": files.kind,
            "title": files.raw["title"],
            "minutes": files.raw.get("minutes", 5),
            "position": position,
        },
    )
    media = {one.name: one.sha256 for one in files.media}
    before = activity.live_revision_id
    return publish_revision(activity, files.raw, by=by, at=at, media=media).pk != before
