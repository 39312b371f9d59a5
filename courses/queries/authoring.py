"""What authors and admins see of the content: its outline and every revision."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet

from courses.models import Activity, ActivityKind, ContentRevision, Course, Module
from portal.kit.sql import kept_rows


@dataclass(frozen=True)
class LiveRevision:
    """What learners read of an activity; without a name it came from the files."""

    number: int
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class OutlinedActivity:
    """An activity in the outline, and how many revisions it has."""

    id: int
    title: str
    kind: ActivityKind
    live: LiveRevision | None
    revision_count: int


@dataclass(frozen=True)
class OutlinedModule:
    """A module with its activities."""

    title: str
    activities: tuple[OutlinedActivity, ...]


@dataclass(frozen=True)
class OutlinedCourse:
    """A course with its modules."""

    pk: int
    title: str
    slug: str
    skill: str
    modules: tuple[OutlinedModule, ...]


def content_outline() -> tuple[OutlinedCourse, ...]:
    """Return every course with its modules and activities, archived ones too, in one query."""
    found = kept_rows(_OUTLINE, {})
    return tuple(
        OutlinedCourse(pk, title, slug, skill, _modules(list(of_course)))
        for (pk, title, slug, skill), of_course in groupby(found, lambda row: row[_COURSE])
    )


def course_outline(course: Course) -> tuple[Module, ...]:
    """Return the modules of a course with their activities, archived ones too, in two queries."""
    activities = Activity.objects.select_related("live_revision").order_by("position", "pk")
    light = activities.defer("live_revision__content", "live_revision__media")
    modules = course.modules.order_by("position", "pk")
    return tuple(modules.prefetch_related(Prefetch("activities", queryset=light)))


def revisions_of(activity: Activity) -> QuerySet[ContentRevision]:
    """Return an activity's revisions, the newest first, without their content."""
    revisions = activity.revisions.select_related("published_by").defer("content", "media")
    return revisions.order_by("-number")


def _modules(found: list[tuple[Any, ...]]) -> tuple[OutlinedModule, ...]:
    return tuple(
        OutlinedModule(title, _activities([row[_ACTIVITY] for row in of_module]))
        for (module_id, title), of_module in groupby(found, lambda row: row[_MODULE])
        if module_id is not None
    )


def _activities(found: list[tuple[Any, ...]]) -> tuple[OutlinedActivity, ...]:
    return tuple(
        OutlinedActivity(
            id=pk,
            title=title,
            kind=ActivityKind(kind),
            live=LiveRevision(number, at, by) if number is not None else None,
            revision_count=count,
        )
        for pk, title, kind, number, at, by, count in found
        if pk is not None
    )


# One row for each activity; without modules or activities the columns of those are null.
_OUTLINE = """
SELECT c.id, c.title, c.slug, c.skill, m.id, m.title,
       a.id, a.title, a.kind, live.number, live.published_at,
       coalesce(nullif(by.name, ''), by.email, ''), coalesce(revisions.count, 0)
FROM courses_course c
LEFT JOIN courses_module m ON m.course_id = c.id
LEFT JOIN courses_activity a ON a.module_id = m.id
LEFT JOIN courses_contentrevision live ON live.id = a.live_revision_id
LEFT JOIN people_user by ON by.id = live.published_by_id
LEFT JOIN (SELECT activity_id, count(*) FROM courses_contentrevision GROUP BY activity_id)
    revisions ON revisions.activity_id = a.id
ORDER BY c.position, c.id, m.position, m.id, a.position, a.id
"""
# Where the columns of that query are.
_COURSE, _MODULE, _ACTIVITY = slice(0, 4), slice(4, 6), slice(6, 13)
