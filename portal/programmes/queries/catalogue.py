"""What the steps of programmes name, as it is on offer now."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from courses.models import Activity, ActivityKind, Module

Place = tuple[str, str]  # a module as course/module, and the slug of one of its activities


@dataclass(frozen=True)
class Offer:
    """Modules by their path, and calls by module and slug."""

    modules: dict[str, Module]
    calls: dict[Place, Activity]


def modules_by_path(paths: Collection[str]) -> dict[str, Module]:
    """Return the modules on offer among `course/module` paths. One query."""
    pairs = [path.split("/") for path in set(paths) if path]
    found = Module.objects.filter(
        archived_at__isnull=True,
        course__archived_at__isnull=True,
        course__slug__in={course for course, _module in pairs},
        slug__in={module for _course, module in pairs},
    )
    by_path = {
        f"{one.course.slug}/{one.slug}": one
        for one in found.select_related("course").order_by("pk")
    }
    return {path: module for path, module in by_path.items() if path in paths}


def offer_of(paths: Collection[str]) -> Offer:
    """Return what is on offer of these modules and their calls. Two queries."""
    modules = modules_by_path(paths)
    path_of = {module.pk: path for path, module in modules.items()}
    calls = Activity.objects.filter(
        Q(module__in=path_of),
        kind=ActivityKind.SCENARIO,
        archived_at__isnull=True,
        live_revision__isnull=False,
    ).defer("draft")
    return Offer(
        modules=modules,
        calls={(path_of[call.module_id], call.slug): call for call in calls.order_by("pk")},
    )
