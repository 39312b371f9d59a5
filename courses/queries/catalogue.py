"""What there is to learn: the library, and a module as one person stands in it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from courses.models import (
    Activity,
    ActivityKind,
    Course,
    Enrolment,
    Module,
    ModuleCompletion,
    SheetKind,
    SheetVersion,
)
from courses.queries.progress import ModuleProgress, activities_on_offer, progress_in
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

# The columns that the pages of an activity need; models have many more.
_OF_AN_ACTIVITY = (
    *("slug", "kind", "title", "minutes", "live_revision__content_sha256"),
    *("live_revision__media", "live_revision__number", "live_revision__published_at"),
    *("module__slug", "module__title", "module__course__slug", "module__course__skill"),
)
_OF_AN_ENROLMENT = (
    *("user_id", "module_id", "due_on", "due_at", "closes_at", "created_at", "completed_at"),
    *("assignment__note", "assignment__made_by__name", "assignment__made_by__email"),
)


@dataclass(frozen=True)
class ModuleOnOffer:
    """A module of the library and how far the reader is in it."""

    module: Module
    progress: ModuleProgress


@dataclass(frozen=True)
class CourseOnOffer:
    """A course of the library with its modules."""

    course: Course
    modules: tuple[ModuleOnOffer, ...]


@dataclass(frozen=True)
class ModulePage:
    """A module as one person sees it; `enrolment` is the latest that stands."""

    module: Module
    progress: ModuleProgress
    enrolment: Enrolment | None
    completion: ModuleCompletion | None


def modules_on_offer() -> QuerySet[Module]:
    """Return the modules that have not been archived, alone or with their course."""
    return Module.objects.filter(archived_at__isnull=True, course__archived_at__isnull=True)


def activities_to_take(*kinds: ActivityKind) -> QuerySet[Activity]:
    """Return the activities of these kinds that one can open, with what their pages need."""
    activities = activities_on_offer().filter(kind__in=kinds, module__in=modules_on_offer())
    return activities.select_related("live_revision", "module__course").only(*_OF_AN_ACTIVITY)


def has_sheet(kind: SheetKind) -> Exists:
    """Return the condition that a module has a job aid, or a guide for leads."""
    return Exists(SheetVersion.objects.filter(module=OuterRef("pk"), kind=kind.value))


MODULE_ON_OFFER = StoredQuery(
    lambda course, module: (
        modules_on_offer()
        .filter(course__slug=course, slug=module)
        .select_related("course")
        .annotate(
            has_job_aid=has_sheet(SheetKind.JOB_AID),
            has_lead_guide=has_sheet(SheetKind.LEAD_GUIDE),
        )
    )
)
LESSON_TO_TAKE = StoredQuery(
    lambda course, module, lesson: activities_to_take(ActivityKind.LESSON).filter(
        module__course__slug=course, module__slug=module, slug=lesson
    )
)


def library_for(user: User) -> tuple[CourseOnOffer, ...]:
    """Return every course with something to do and the reader's progress, in three queries."""
    offered: dict[int, list[Module]] = defaultdict(list)
    for module in _MODULES.all():
        offered[module.course_id].append(module)
    ids = [module.pk for found in offered.values() for module in found]
    progress = progress_in(ids, user=user)
    return tuple(
        CourseOnOffer(
            course,
            tuple(
                ModuleOnOffer(one, progress[one.pk])
                for one in offered[course.pk]
                if one.pk in progress
            ),
        )
        for course in _COURSES.all()
        if any(one.pk in progress for one in offered[course.pk])
    )


_COURSES = StoredQuery(Course.objects.on_offer)
_MODULES = StoredQuery(
    lambda: (
        modules_on_offer().only("course_id", "slug", "title", "minutes").order_by("position", "pk")
    )
)


def module_page(module: Module, user: User) -> ModulePage:
    """Return a module as `user` sees it, in three queries."""
    return ModulePage(
        module=module,
        progress=progress_in([module.pk], user=user).get(module.pk, ModuleProgress(())),
        enrolment=_ENROLMENT.first(user=user.pk, module=module.pk),
        completion=_COMPLETION.first(user=user.pk, module=module.pk),
    )


_ENROLMENT = StoredQuery(
    lambda user, module: (
        Enrolment.objects.standing()
        .filter(user=user, module=module)
        .select_related("assignment__made_by")
        .only(*_OF_AN_ENROLMENT)
        .order_by("-created_at")[:1]
    )
)
_COMPLETION = StoredQuery(
    lambda user, module: ModuleCompletion.objects.filter(user=user, module=module).order_by(
        "-completed_at"
    )[:1]
)
