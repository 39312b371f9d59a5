"""Whom an assignment is for, and how each of them stands with the module already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from courses.due_dates import DuePolicy
from courses.learning_state import WithdrawnAs
from courses.models import Assignment, Course, Enrolment, Module, ModuleCompletion, SavedView
from courses.queries.choosing import assignable_modules
from courses.queries.saved_views import people_in
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
    EXEMPT = "exempt", _("Exempt from it")
    INACTIVE = "inactive", _("Can’t sign in")
    DAY_IS_OVER = "day_is_over", _("That day is over in their time zone")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """For whom a lead chose something; people, teams and saved views are ids.

    A role, a tag or a saved view means those of the lead's own people whom it fits.
    """

    people: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    views: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class AssignmentChoice(Audience):
    """What a lead chose: what to learn, for whom, until when, and the reminders.

    After the last day it can be finished for `closes_days_after` more days, or for good.
    """

    what: Module | Course
    due: DuePolicy
    reminders: ReminderChoice
    closes_days_after: int | None = None
    reaches_later: bool = False
    renew_months: int | None = None
    opens_days_before: int = 30

    @property
    def goes_on(self) -> bool:
        """Whether it is a rule that goes on by itself."""
        return self.reaches_later or self.renew_months is not None


def choice_of(assignment: Assignment) -> AssignmentChoice:
    """Return what a lead chose when they made an assignment."""
    return AssignmentChoice(
        what=assignment.what,
        people=frozenset(assignment.people.values_list("pk", flat=True)),
        teams=frozenset(assignment.teams.values_list("pk", flat=True)),
        due=assignment.due,
        reminders=assignment.reminder_choice,
        roles=frozenset(assignment.roles),
        tags=frozenset(assignment.tags),
        views=frozenset(assignment.views.values_list("pk", flat=True)),
        closes_days_after=assignment.closes_days_after,
        reaches_later=assignment.reaches_later,
        renew_months=assignment.renew_months,
        opens_days_before=assignment.opens_days_before,
    )


def modules_of(what: Module | Course) -> list[Module]:
    """Return what one has to finish: the module itself, or those of a course that are on offer."""
    if isinstance(what, Module):
        return [what]
    return list(assignable_modules().filter(course=what))


def audience_of(choice: Audience, *, viewer: User, now: datetime) -> QuerySet[User]:
    """Return everybody that a choice names: people, members of teams and those below, and whoever
    has a role or a tag, or is in a saved view.

    The viewer is never among them. Members who left Attune are, so that a preview can say so.

    Raises:
        UnknownAudience: a person, team or view is not the viewer's to choose, or does not exist.
    """
    paths = _paths_of(choice.teams, viewer)
    if not _are_overseen(choice.people, viewer):
        raise UnknownAudience(_("Choose people from the list."))
    named = Q(pk__in=choice.people)
    if paths:
        named |= Q(pk__in=_members_below(paths).values("user"))
    if not _are_kept(choice.views, viewer):
        raise UnknownAudience(_("Choose saved views from the list."))
    fits = _fits(choice, viewer, now)
    people: QuerySet[User] = User.objects.filter(named | fits)
    return people.exclude(pk=viewer.pk)


def members_of_rule(rule: Assignment, choice: AssignmentChoice, *, now: datetime) -> QuerySet[User]:
    """Return whom a rule is for now."""
    named = Q(pk__in=choice.people)
    if choice.teams:
        paths = list(rule.teams.order_by("path").values_list("path", flat=True))
        named |= Q(pk__in=_members_below(paths).values("user"))
    people: QuerySet[User] = User.objects.filter(named | _fits(choice, rule.lead, now))
    return people.filter(is_active=True).exclude(pk=rule.lead.pk)


def with_standing(
    people: QuerySet[User], modules: Collection[Module], *, zones_over: Collection[str] = ()
) -> QuerySet[Any]:  # of people; the type checker cannot see what is annotated
    """Annotate `standing`: whoever lacks one of the modules is reached.

    In `zones_over` the last day of the assignment has ended already.
    """
    ids = [module.pk for module in modules]
    whose = {"user": OuterRef(OuterRef("pk")), "module": OuterRef("pk")}
    lacks_one = Exists(
        Module.objects.filter(pk__in=ids).exclude(
            Exists(Enrolment.objects.open().filter(**whose))
            | Exists(exemptions().filter(**whose))
            | Exists(ModuleCompletion.objects.filter(**whose))
        )
    )
    mine = {"user": OuterRef("pk"), "module__in": ids}
    return people.annotate(
        standing=Case(
            When(is_active=False, then=Value(Standing.INACTIVE)),
            When(lacks_one & Q(time_zone__in=zones_over), then=Value(Standing.DAY_IS_OVER)),
            When(lacks_one, then=Value(Standing.REACHED)),
            When(Exists(Enrolment.objects.open().filter(**mine)), then=Value(Standing.ASSIGNED)),
            When(Exists(exemptions().filter(**mine)), then=Value(Standing.EXEMPT)),
            default=Value(Standing.FINISHED),
        )
    )


def exemptions() -> QuerySet[Enrolment]:
    """Return the duties that somebody need not finish, nor get again."""
    return Enrolment.objects.filter(withdrawn_as=WithdrawnAs.EXEMPT)


def pairs_covered(people: Collection[int], modules: Collection[Module]) -> set[tuple[int, int]]:
    """Return who need not get which module, as ids: they have it, finished it or are exempt."""
    mine = {"user__in": people, "module__in": modules}
    found = Enrolment.objects.open().filter(**mine).values_list("user_id", "module_id")
    exempt = exemptions().filter(**mine).values_list("user_id", "module_id")
    finished = ModuleCompletion.objects.filter(**mine).values_list("user_id", "module_id")
    return set(found.union(exempt, finished))


def _fits(choice: Audience, lead: User, now: datetime) -> Q:
    """Find the lead's people who have one of the roles or tags, or are in one of the views."""
    found = Q(pk__in=[])
    if choice.roles or choice.tags:
        has = Q(roles__overlap=sorted(choice.roles)) | Q(tags__overlap=sorted(choice.tags))
        found |= Q(pk__in=people_overseen_by(lead).filter(has).values("pk"))
    if choice.views:
        for view in SavedView.objects.filter(pk__in=choice.views).select_related("team"):
            found |= Q(pk__in=people_in(view, lead=lead, now=now).values("pk"))
    return found


def _are_overseen(people: Collection[int], viewer: User) -> bool:
    if not people:
        return True
    return people_overseen_by(viewer).filter(pk__in=people).count() == len(people)


def _are_kept(views: Collection[int], viewer: User) -> bool:
    if not views:
        return True
    kept = SavedView.objects.kept().filter(pk__in=views, owner=viewer)
    return kept.count() == len(views)


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
