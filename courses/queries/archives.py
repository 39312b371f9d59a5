"""The course in an archive: read and checked whole, and what taking it in would change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from courses.content.archive import unpack
from courses.content.checks import check_content
from courses.content.findings import Severity
from courses.content.fingerprint import fingerprint
from courses.content.library import ActivityFiles, CourseFiles, read_library
from courses.content.media_types import fault_of
from courses.content.parsing import ContentError, Problem
from courses.models import Activity, ActivityKind, Course


class Effect(StrEnum):
    """What taking in an archive does to an activity."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class PlannedActivity:
    """An activity of an archive, and what becomes of it; it `has_draft` if somebody edits it."""

    title: str
    kind: str
    effect: Effect
    has_draft: bool = False

    @property
    def kind_name(self) -> str:
        """What one does in it, in a word."""
        return str(ActivityKind(self.kind).label)


@dataclass(frozen=True)
class PlannedModule:
    """A module of an archive with its activities."""

    title: str
    activities: tuple[PlannedActivity, ...]


@dataclass(frozen=True)
class PlannedCourse:
    """A course of an archive; `is_new` says that there is none of its slug yet."""

    title: str
    is_new: bool
    modules: tuple[PlannedModule, ...]

    @property
    def changes(self) -> int:
        """How many activities get a new revision."""
        effects = [one.effect for module in self.modules for one in module.activities]
        return sum(effect is not Effect.SAME for effect in effects)


def plan_import(archive: BinaryIO) -> PlannedCourse:
    """Return what taking in the course of an archive would do; nothing is changed.

    Raises:
        ContentError: the archive, a file in it or what the checks find forbids it.
    """
    with course_in(archive) as course:
        return _planned_course(course)


@contextmanager
def course_in(archive: BinaryIO) -> Iterator[CourseFiles]:
    """Give the course of an archive; its media lie in a folder that is gone afterwards.

    Raises:
        ContentError: the archive, a file in it or what the checks find forbids it.
    """
    with TemporaryDirectory() as folder:
        course = _read(unpack(archive), Path(folder))
        _refuse_errors(course)
        _refuse_other_kinds(course)
        yield course


def _read(files: Mapping[str, bytes], folder: Path) -> CourseFiles:
    _refuse_other_types(files)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    courses = read_library(folder)
    if len({name.partition("/")[0] for name in files}) > 1:
        raise ContentError([Problem("", "Put one course into an archive, in one folder.")])
    if not courses:
        raise ContentError([Problem("", "There is no “course.yaml” in the folder of the course.")])
    return courses[0]


def _refuse_other_types(files: Mapping[str, bytes]) -> None:
    problems = [
        Problem(name, fault)
        for name, content in sorted(files.items())
        if "/media/" in name and (fault := fault_of(name, content))
    ]
    if problems:
        raise ContentError(problems)


def _refuse_errors(course: CourseFiles) -> None:
    problems = [
        Problem(f"{place}: {finding.path}", finding.sentence)
        for place, one in _activities_of(course)
        for finding in check_content(one.kind, one.raw, files=_names_of(one))
        if finding.severity is Severity.ERROR
    ]
    if problems:
        raise ContentError(problems)


def _refuse_other_kinds(course: CourseFiles) -> None:
    """What people did in a lesson cannot become what they did in a quiz."""
    there = _there(course)
    problems = [
        Problem(place, f"There is something else of this name already: a {found.kind}.")
        for place, one in _activities_of(course)
        if (found := there.get((place.split("/")[1], one.slug))) and found.kind != one.kind
    ]
    if problems:
        raise ContentError(problems)


def _activities_of(course: CourseFiles) -> Iterator[tuple[str, ActivityFiles]]:
    """Yield each activity with the name of its file."""
    for module in course.modules:
        for one in module.activities:
            yield f"{course.slug}/{module.slug}/{one.slug}.{one.kind}.yaml", one


def _names_of(activity: ActivityFiles) -> frozenset[str]:
    return frozenset(file.name for file in activity.media)


def _there(course: CourseFiles) -> dict[tuple[str, str], Activity]:
    """Return the activities of the course that is there, by the slugs of module and activity."""
    found = Activity.objects.filter(module__course__slug=course.slug)
    found = found.select_related("live_revision", "module")
    return {(one.module.slug, one.slug): one for one in found}


def _planned_course(course: CourseFiles) -> PlannedCourse:
    there = _there(course)
    return PlannedCourse(
        course.text.title,
        not Course.objects.filter(slug=course.slug).exists(),
        tuple(
            PlannedModule(
                module.text.title,
                tuple(
                    _planned(one, there.get((module.slug, one.slug))) for one in module.activities
                ),
            )
            for module in course.modules
        ),
    )


def _planned(files: ActivityFiles, there: Activity | None) -> PlannedActivity:
    title = str(files.raw["title"])
    if there is None or there.live_revision is None:
        return PlannedActivity(title, files.kind, Effect.NEW, bool(there and there.has_draft))
    media = {one.name: one.sha256 for one in files.media}
    is_same = there.live_revision.content_sha256 == fingerprint(files.raw, media)
    effect = Effect.SAME if is_same else Effect.CHANGED
    return PlannedActivity(title, files.kind, effect, there.has_draft)
