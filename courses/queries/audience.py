"""Whom an assignment is for, and how each of them stands with the module already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, Module, ModuleCompletion
from courses.reminder_times import ReminderChoice
from portal.kit.errors import Refusal
from portal.people.models import Membership, Team, User
from portal.people.queries.scope import people_overseen_by, teams_overseen_by


class UnknownAudience(Refusal):
    """Somebody named a person or a team that they do not oversee, or that does not exist."""


class Standing(TextChoices):
    """How somebody stands with an assignment that is about to be made."""

    REACHED = "reached", _("Gets it")
    ASSIGNED = "assigned", _("Already assigned")
    FINISHED = "finished", _("Already finished")
    INACTIVE = "inactive", _("Can’t sign in")
    DAY_IS_OVER = "day_is_over", _("That day is over in their time zone")


@dataclass(frozen=True)
class AssignmentChoice:
    """What a lead chose: a module, people and teams by id, the last day, and the reminders."""

    module: Module
    people: frozenset[int]
    teams: frozenset[int]
    due_on: date
    reminders: ReminderChoice


def audience_of(choice: AssignmentChoice, *, viewer: User) -> QuerySet[User]:
    """Return everybody that a choice names: people, and members of teams and of all teams below.

    The viewer is never among them. Members who left Attune are, so that a preview can say so.

    Raises:
        UnknownAudience: a person or team is not the viewer's to choose, or does not exist.
    """
    paths = _paths_of(choice.teams, viewer)
    if not _are_overseen(choice.people, viewer):
        raise UnknownAudience(_("Choose people from the list."))
    named = Q(pk__in=choice.people)
    if paths:
        named |= Q(pk__in=_members_below(paths).values("user"))
    people: QuerySet[User] = User.objects.filter(named).exclude(pk=viewer.pk)
    return people


def with_standing(
    people: QuerySet[User], module: Module, *, zones_over: Collection[str] = ()
) -> QuerySet[Any]:  # of people; the type checker cannot see what is annotated
    """Annotate `standing`; in `zones_over` the last day of the assignment has ended already."""
    mine = {"user": OuterRef("pk"), "module": module}
    is_assigned = Exists(Enrolment.objects.open().filter(**mine))
    has_finished = Exists(ModuleCompletion.objects.filter(**mine))
    return people.annotate(
        standing=Case(
            When(is_active=False, then=Value(Standing.INACTIVE)),
            When(is_assigned, then=Value(Standing.ASSIGNED)),
            When(has_finished, then=Value(Standing.FINISHED)),
            When(time_zone__in=zones_over, then=Value(Standing.DAY_IS_OVER)),
            default=Value(Standing.REACHED),
        )
    )


def _are_overseen(people: Collection[int], viewer: User) -> bool:
    if not people:
        return True
    return people_overseen_by(viewer).filter(pk__in=people).count() == len(people)


def _paths_of(teams: Collection[int], viewer: User) -> list[str]:
    if not teams:
        return []
    overseen = teams_overseen_by(viewer).filter(pk__in=teams)
    paths = list(overseen.order_by("path").values_list("path", flat=True))
    if len(paths) != len(teams):
        raise UnknownAudience(_("Choose teams from the list."))
    return paths


def _members_below(paths: list[str]) -> QuerySet[Membership]:
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    current: QuerySet[Membership] = Membership.objects.current()
    return current.filter(team__in=Team.objects.filter(below))
