"""A course as files: what learners read of it now, as one would write it by hand."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from courses.content.course import ALL_SKILLS
from courses.content.skill_frame import FILE_NAME
from courses.content.source import write_source
from courses.models import (
    Activity,
    Course,
    MediaFile,
    Module,
    ProgrammeVersion,
    RefresherVersion,
    SheetVersion,
    SkillFrameVersion,
)


def course_files(course: Course) -> dict[str, bytes]:
    """Return the files of a course by their names, below a folder that has its slug.

    What is archived or was never published stays out, and so do drafts and empty modules.
    """
    return dict(_files_of(course))


def shared_files() -> dict[str, bytes]:
    """Return what belongs to no single course: the skill frame in force, and the programmes.

    Programmes that were tailored to somebody stay out.
    """
    frame = SkillFrameVersion.objects.newest()
    framed = {FILE_NAME: _yaml(frame.content)} if frame else {}
    return framed | _programme_files()


def _programme_files() -> dict[str, bytes]:
    versions = ProgrammeVersion.objects.filter(programme__is_tailored=False)
    newest = versions.order_by("programme_id", "-number").distinct("programme_id")
    return {
        f"programmes/{one.programme.slug}.yaml": _yaml(one.content)
        for one in newest.select_related("programme")
    }


def _files_of(course: Course) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its name, in five queries whatever the course holds."""
    yield f"{course.slug}/course.yaml", _yaml(_course_text(course))
    there = {one.pk: one for one in course.modules.filter(archived_at__isnull=True)}
    activities: dict[int, list[Activity]] = {key: [] for key in there}
    for activity in _activities_of(there):
        activities[activity.module_id].append(activity)
    modules = {key: module for key, module in there.items() if activities[key]}
    folders = {key: f"{course.slug}/{module.slug}" for key, module in modules.items()}
    for key, module in modules.items():
        yield f"{folders[key]}/module.yaml", _yaml(_module_text(module, activities[key]))
        for activity in activities[key]:
            assert activity.live_revision is not None
            yield f"{folders[key]}/{_stem(activity)}.yaml", _yaml(activity.live_revision.content)
    for key, name, content in _extras_of(modules):
        yield f"{folders[key]}/{name}.yaml", _yaml(content)
    for key, name, bytes_of_it in _media_of(activities):
        yield f"{folders[key]}/media/{name}", bytes_of_it


def _activities_of(modules: Iterable[int]) -> QuerySet[Activity]:
    found = Activity.objects.filter(module__in=modules, archived_at__isnull=True)
    return found.filter(live_revision__isnull=False).select_related("live_revision")


def _course_text(course: Course) -> dict[str, Any]:
    return {
        "title": course.title,
        "summary": course.summary,
        "skill": course.skill or ALL_SKILLS,
        "position": course.position,
    }


def _module_text(module: Module, activities: list[Activity]) -> dict[str, Any]:
    notice = {"content_notice": module.content_notice} if module.content_notice else {}
    return {
        "title": module.title,
        "objective": module.objective,
        "summary": module.summary,
        **notice,
        "behaviours": module.behaviours,
        "minutes": module.minutes,
        "position": module.position,
        "activities": [_stem(activity) for activity in activities],
    }


def _stem(activity: Activity) -> str:
    return f"{activity.slug}.{activity.kind}"


def _extras_of(modules: Iterable[int]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    cards = RefresherVersion.objects.filter(module__in=modules).order_by("module_id", "-number")
    for one in cards.distinct("module_id"):
        yield one.module_id, "refresher", one.content
    sheets = SheetVersion.objects.filter(module__in=modules).order_by(
        "module_id", "kind", "-number"
    )
    for sheet in sheets.distinct("module_id", "kind"):
        yield sheet.module_id, sheet.kind, sheet.content


def _media_of(activities: Mapping[int, list[Activity]]) -> Iterator[tuple[int, str, bytes]]:
    """Yield each file that activities show, with their module and the name it has in them."""
    shown = {
        (module, name): sha256
        for module, of_module in activities.items()
        for activity in of_module
        if activity.live_revision
        for name, sha256 in activity.live_revision.media.items()
    }
    files = MediaFile.objects.in_bulk(set(shown.values()))
    for (module, name), sha256 in shown.items():
        with default_storage.open(files[sha256].storage_name) as source:
            yield module, name, source.read()


def _yaml(content: Mapping[str, Any]) -> bytes:
    return write_source(content).encode()
