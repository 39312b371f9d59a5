"""What a lead chooses from when assigning: learning, teams and people, a few at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Lower

from courses.models import Course, Module
from courses.queries.by_name import PageByName, Person, Place, first_page, matching, page_by_name
from courses.queries.overseen import overseen_by
from courses.queries.progress import activities_on_offer
from portal.kit.stored_queries import StoredQuery
from portal.people.models import Team, User
from portal.people.queries.scope import (
    OverseenTeamsQuery,
    people_overseen_by,
    teams_overseen_by,
)

MODULES_SHOWN, COURSES_SHOWN = 6, 3
TEAMS_SHOWN = 4
PEOPLE_SHOWN = 12


@dataclass(frozen=True)
class LearningChoice:
    """Something one can assign: `value` names it in a form, as in `module-7` or `course-2`."""

    value: str
    title: str
    skill: str
    minutes: int
    modules: int = 0

    @property
    def is_course(self) -> bool:
        """Whether it is a whole course."""
        return self.modules > 0


@dataclass(frozen=True)
class LearningChoices:
    """What is chosen, and some modules and courses that one could choose instead."""

    chosen: LearningChoice | None
    found: tuple[LearningChoice, ...]
    has_more: bool


@dataclass(frozen=True)
class AudienceChoices:
    """The teams and people that are chosen, and some that one could add."""

    chosen_teams: tuple[Team, ...]
    chosen_people: tuple[User, ...]
    found_teams: tuple[Team, ...]
    found_people: tuple[Person, ...]
    has_more: bool


def assignable_modules() -> QuerySet[Module]:
    """Return the modules that people can be given: on offer, and with something to do in them."""
    something_to_do = activities_on_offer().order_by().filter(module=OuterRef("pk"))
    return (
        Module.objects.filter(
            Exists(something_to_do), archived_at__isnull=True, course__archived_at__isnull=True
        )
        .select_related("course")
        .order_by("course__position", "course", "position", "pk")
    )


def assignable_courses() -> QuerySet[Any]:  # of courses; what is annotated cannot be typed
    """Return the courses of which more than one module can be given, with `total` and `length`."""
    given = Q(modules__in=assignable_modules())
    return (
        Course.objects.filter(archived_at__isnull=True)
        .annotate(
            total=Count("modules", filter=given), length=Sum("modules__minutes", filter=given)
        )
        .filter(total__gt=1)
        .order_by("position", "pk")
    )


def value_of(what: Module | Course) -> str:
    """Return how a form names something one can assign."""
    return f"{'module' if isinstance(what, Module) else 'course'}-{what.pk}"


def find_what(value: str) -> Module | Course | None:
    """Return what a form's value names, if it can be assigned."""
    kind, _, number = value.partition("-")
    if not number.isdecimal():
        return None
    found: Module | Course | None = None
    if kind == "module":
        found = assignable_modules().filter(pk=int(number)).first()
    elif kind == "course":
        found = assignable_courses().filter(pk=int(number)).first()
    return found


def learning_choices(text: str, *, chosen: str) -> LearningChoices:
    """Return modules whose title, or whose course's, has every word of `text`, and courses."""
    picked = find_what(chosen) if chosen else None
    modules, courses = _learning_found(text) if text else (_MODULES.all(), _COURSES.all())
    shown = [*modules[:MODULES_SHOWN], *courses[:COURSES_SHOWN]]
    return LearningChoices(
        chosen=_choice(picked) if picked else None,
        found=tuple(one for one in map(_choice, shown) if one.value != chosen),
        has_more=len(courses) > COURSES_SHOWN or len(modules) > MODULES_SHOWN,
    )


def _learning_found(text: str) -> tuple[list[Module], list[Any]]:
    modules, courses = assignable_modules(), assignable_courses()
    for word in text.split():
        modules = modules.filter(Q(title__icontains=word) | Q(course__title__icontains=word))
        courses = courses.filter(title__icontains=word)
    return list(modules[: MODULES_SHOWN + 1]), list(courses[: COURSES_SHOWN + 1])


# What is shown before anybody searches is the same for all.
_MODULES = StoredQuery(lambda: assignable_modules()[: MODULES_SHOWN + 1])
_COURSES = StoredQuery(lambda: assignable_courses()[: COURSES_SHOWN + 1])


def _choice(what: Any) -> LearningChoice:
    if isinstance(what, Module):
        return LearningChoice(value_of(what), what.title, what.course.skill, what.minutes)
    return LearningChoice(value_of(what), what.title, what.skill, what.length, what.total)


def audience_choices(
    text: str, *, viewer: User, chosen_people: Collection[str], chosen_teams: Collection[str]
) -> AudienceChoices:
    """Return some of the viewer's teams and people in whose names every word of `text` occurs.

    Ids of others among the chosen ones are passed over, as if nobody had them.
    """
    if not text and not chosen_people and not chosen_teams:
        return _first_choices(viewer)
    teams, people = teams_overseen_by(viewer), people_overseen_by(viewer)
    chosen = people.filter(pk__in=_ids(chosen_people))
    with_us = list(chosen.order_by(Lower("name"), "pk")) if chosen_people else []
    ours = teams.filter(pk__in=_ids(chosen_teams))
    our_teams = list(ours.order_by("path")) if chosen_teams else []
    others = matching(people.exclude(pk__in=[one.pk for one in with_us]), text)
    page = page_by_name(others, Place(), are_few=bool(text), page_size=PEOPLE_SHOWN)
    other_teams = teams.exclude(pk__in=[one.pk for one in our_teams]) if our_teams else teams
    for word in text.split():
        other_teams = other_teams.filter(name__icontains=word)
    found = list(other_teams.order_by("path")[: TEAMS_SHOWN + 1])
    return _audience_choices(tuple(our_teams), tuple(with_us), found, page)


def _first_choices(viewer: User) -> AudienceChoices:
    """Return what there is to choose from before anybody searches."""
    page = first_page(overseen_by(viewer), page_size=PEOPLE_SHOWN)
    return _audience_choices((), (), _FIRST_TEAMS.all(viewer), page)


def _audience_choices(
    teams: tuple[Team, ...], people: tuple[User, ...], found: list[Team], page: PageByName
) -> AudienceChoices:
    return AudienceChoices(
        chosen_teams=teams,
        chosen_people=people,
        found_teams=tuple(found[:TEAMS_SHOWN]),
        found_people=page.people,
        has_more=page.after is not None or len(found) > TEAMS_SHOWN,
    )


_FIRST_TEAMS = OverseenTeamsQuery(lambda teams: teams.order_by("path")[: TEAMS_SHOWN + 1])


def _ids(values: Collection[str]) -> list[int]:
    return [int(value) for value in values if str(value).isdecimal()]
