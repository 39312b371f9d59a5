"""Job aids and guides for leads, as they are read now."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from courses.content.extras import JobAid, LeadGuide, parse_job_aid, parse_lead_guide
from courses.models import Module, SheetKind, SheetVersion
from courses.queries.catalogue import has_sheet, modules_on_offer
from portal.kit.stored_queries import StoredQuery


@dataclass(frozen=True)
class JobAidPage:
    """What to glance at in the middle of a call, and the module that teaches it."""

    module: Module
    aid: JobAid


@dataclass(frozen=True)
class LeadGuidePage:
    """How a lead listens to a call on this module, and talks about it."""

    module: Module
    guide: LeadGuide
    has_job_aid: bool


@dataclass(frozen=True)
class CourseWithAids:
    """A course and those of its modules that have a job aid."""

    title: str
    slug: str
    skill: str
    modules: tuple[Module, ...]


def job_aid_page(sheet: SheetVersion) -> JobAidPage:
    """Return a job aid as one reads it."""
    return JobAidPage(sheet.module, parse_job_aid(sheet.content))


def lead_guide_page(sheet: SheetVersion) -> LeadGuidePage:
    """Return a guide for leads as one reads it, in one query."""
    has_aid = sheet.module.sheets.filter(kind=SheetKind.JOB_AID).exists()
    return LeadGuidePage(sheet.module, parse_lead_guide(sheet.content), has_aid)


def courses_with_job_aids() -> tuple[CourseWithAids, ...]:
    """Return the modules on offer that have a job aid, by their courses, in one query."""
    found = _MODULES_WITH_AIDS.all()
    return tuple(
        CourseWithAids(course.title, course.slug, course.skill, tuple(modules))
        for course, modules in groupby(found, key=lambda module: module.course)
    )


def _modules_with_aids() -> QuerySet[Module]:
    modules = modules_on_offer().filter(has_sheet(SheetKind.JOB_AID)).select_related("course")
    return modules.order_by("course__position", "course_id", "position", "pk")


_MODULES_WITH_AIDS = StoredQuery(_modules_with_aids)
# The newest page of a kind that goes with a module on offer.
NEWEST_SHEET = StoredQuery(
    lambda course, module, kind: (
        SheetVersion.objects.filter(
            module__in=modules_on_offer(),
            module__course__slug=course,
            module__slug=module,
            kind=kind,
        )
        .select_related("module__course")
        .order_by("-number")[:1]
    )
)
