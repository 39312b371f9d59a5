"""What a lead chooses from when assigning: modules, teams and people, a few at a time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from courses.models import Module
from courses.queries.by_name import Place, matching, page_by_name
from courses.queries.progress import activities_on_offer
from portal.people.models import Team, User
from portal.people.queries.scope import people_overseen_by, teams_overseen_by

MODULES_SHOWN = 6
TEAMS_SHOWN = 4
PEOPLE_SHOWN = 12


@dataclass(frozen=True)
class ModuleChoices:
    """The module that is chosen, and some that one could choose instead."""

    chosen: Module | None
    found: tuple[Module, ...]
    has_more: bool


@dataclass(frozen=True)
class AudienceChoices:
    """The teams and people that are chosen, and some that one could add."""

    chosen_teams: tuple[Team, ...]
    chosen_people: tuple[User, ...]
    found_teams: tuple[Team, ...]
    found_people: tuple[User, ...]
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


def module_choices(text: str, *, chosen: Collection[str]) -> ModuleChoices:
    """Return the modules whose title, or whose course's, has every word of `text`."""
    modules = assignable_modules()
    picked = modules.filter(pk__in=_ids(chosen)).first() if chosen else None
    for word in text.split():
        modules = modules.filter(Q(title__icontains=word) | Q(course__title__icontains=word))
    if picked:
        modules = modules.exclude(pk=picked.pk)
    found = list(modules[: MODULES_SHOWN + 1])
    return ModuleChoices(picked, tuple(found[:MODULES_SHOWN]), len(found) > MODULES_SHOWN)


def audience_choices(
    text: str, *, viewer: User, chosen_people: Collection[str], chosen_teams: Collection[str]
) -> AudienceChoices:
    """Return some of the viewer's teams and people in whose names every word of `text` occurs.

    Ids of others among the chosen ones are passed over, as if nobody had them.
    """
    teams, people = teams_overseen_by(viewer), people_overseen_by(viewer)
    chosen = people.filter(pk__in=_ids(chosen_people))
    with_us = list(chosen.order_by(Lower("name"), "pk")) if chosen_people else []
    our_teams = list(teams.filter(pk__in=_ids(chosen_teams)).order_by("path"))
    others = matching(people.exclude(pk__in=[one.pk for one in with_us]), text)
    page = page_by_name(others, Place(), are_few=bool(text), page_size=PEOPLE_SHOWN)
    other_teams = teams.exclude(pk__in=[one.pk for one in our_teams])
    for word in text.split():
        other_teams = other_teams.filter(name__icontains=word)
    found_teams = list(other_teams.order_by("path")[: TEAMS_SHOWN + 1])
    return AudienceChoices(
        chosen_teams=tuple(our_teams),
        chosen_people=tuple(with_us),
        found_teams=tuple(found_teams[:TEAMS_SHOWN]),
        found_people=page.people,
        has_more=page.after is not None or len(found_teams) > TEAMS_SHOWN,
    )


def _ids(values: Collection[str]) -> list[int]:
    return [int(value) for value in values if str(value).isdecimal()]
