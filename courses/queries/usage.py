"""Where a course, module or activity is used: what is said before it is archived."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import (
    Activity,
    Assignment,
    Course,
    Enrolment,
    Module,
    ModuleCompletion,
    ProgrammeVersion,
)
from courses.queries.progress import activities_on_offer
from courses.signals import usage_asked

Part = Course | Module | Activity


@dataclass(frozen=True)
class Usage:
    """What holds a part, so that it cannot be archived, and what one should only know."""

    holds: tuple[str, ...]
    notes: tuple[str, ...]


def usage_of(part: Part) -> Usage:
    """Return where a part is used, in sentences."""
    return Usage(tuple(_holds(part)), tuple(_notes(part)))


def modules_in(part: Part) -> QuerySet[Module]:
    """Return the module of an activity, a module itself, or those of a course."""
    if isinstance(part, Activity):
        return Module.objects.filter(pk=part.module_id)
    wanted = Q(course=part) if isinstance(part, Course) else Q(pk=part.pk)
    return Module.objects.filter(wanted)


def activities_in(part: Part) -> QuerySet[Activity]:
    """Return an activity itself, or those of a module or course."""
    if isinstance(part, Activity):
        return Activity.objects.filter(pk=part.pk)
    wanted = Q(module__course=part) if isinstance(part, Course) else Q(module=part)
    return Activity.objects.filter(wanted)


def _holds(part: Part) -> Iterator[str]:
    """Yield what still has to be finished and could not be any more."""
    if isinstance(part, Activity) and not _is_last_on_offer(part):
        return
    modules = modules_in(part)
    if duties := Enrolment.objects.open().filter(module__in=modules).count():
        yield ngettext(
            "%(n)d person still has to finish it.",
            "%(n)d people still have to finish it.",
            duties,
        ) % {"n": duties}
    if rules := _rules(part, modules).count():
        yield ngettext(
            "%(n)d assignment goes on and would give it to more people.",
            "%(n)d assignments go on and would give it to more people.",
            rules,
        ) % {"n": rules}


def _is_last_on_offer(activity: Activity) -> bool:
    """Whether nothing would be left to do in its module."""
    on_offer = activities_on_offer().filter(module=activity.module_id)
    return [one.pk for one in on_offer.only("pk")] == [activity.pk]


def _rules(part: Part, modules: QuerySet[Module]) -> QuerySet[Assignment]:
    whole = Q(course=part) if isinstance(part, Course) else Q(pk__in=[])
    return Assignment.objects.going_on().filter(Q(module__in=modules) | whole, undone_at=None)


def _notes(part: Part) -> Iterator[str]:
    for programme in sorted(_programmes_with(part)):
        yield _("The program “%(title)s” names it, and will pass it over.") % {"title": programme}
    for _receiver, sentences in usage_asked.send(sender=type(part), activities=activities_in(part)):
        yield from sentences or ()
    if done := ModuleCompletion.objects.filter(module__in=modules_in(part)).count():
        yield ngettext(
            "It was finished %(n)d time. That record stays.",
            "It was finished %(n)d times. Those records stay.",
            done,
        ) % {"n": done}


def _programmes_with(part: Part) -> set[str]:
    """Return the titles of programs whose newest version names something of the part."""
    names = {
        f"{course}/{slug}" for course, slug in modules_in(part).values_list("course__slug", "slug")
    }
    wanted = part.slug if isinstance(part, Activity) else None
    newest = (
        ProgrammeVersion.objects.filter(programme__archived_at=None, programme__is_tailored=False)
        .select_related("programme")
        .order_by("programme_id", "-number")
        .distinct("programme_id")
    )
    return {
        one.programme.title
        for one in newest
        if any(_names(step, names, wanted) for step in one.content.get("steps", ()))
    }


def _names(step: dict[str, Any], modules: set[str], activity: str | None) -> bool:
    return step.get("module") in modules and activity in (None, step.get("activity"))
