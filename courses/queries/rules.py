"""What a rule would do, and what it did."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When

from courses.due_dates import months_after
from courses.models import Assignment, Enrolment, Module, ModuleCompletion, PausedAs, RuleRun
from courses.queries.audience import choice_of, exemptions, members_of_rule, modules_of
from courses.queries.following import assignments_visible_to
from portal.kit.clock import local_date
from portal.people.models import Membership, User
from portal.people.permissions import Permission, Role
from portal.people.queries.scope import teams_overseen_by

RUNS_SHOWN, NAMES_SHOWN = 10, 5
RULES_SHOWN, COMING_SHOWN = 200, 12
LOOK_AHEAD = timedelta(days=60)
_DAY, _SHORTEST_MONTH = timedelta(days=1), 28


@dataclass(frozen=True)
class Renewal:
    """A module that somebody has to do again by a day, for the how-manieth time by this rule."""

    person: User
    module: Module
    due_on: date
    occurrence: int
    opens_on: date


@dataclass(frozen=True)
class RunLine:
    """One run of a rule with the people it told, the first by name."""

    at: datetime
    reached: int
    renewed: int
    names: tuple[str, ...]

    @property
    def others(self) -> int:
        """How many people are not named."""
        return max(0, self.reached + self.renewed - len(self.names))


@dataclass(frozen=True)
class RulePage:
    """What a rule did and will do, and what the viewer may do with it; `takers` to pass it on."""

    runs: tuple[RunLine, ...]
    coming_up: tuple[Renewal, ...]
    can_stop: bool
    takers: tuple[User, ...]

    @property
    def more_coming(self) -> int:
        """How many things will come back that are not named."""
        return max(0, len(self.coming_up) - COMING_SHOWN)


def rule_page(rule: Assignment, viewer: User, *, now: datetime) -> RulePage:
    """Return all that the page of a rule shows of it."""
    return RulePage(
        runs=tuple(runs_of(rule)),
        coming_up=tuple(coming_up(rule, now=now)),
        can_stop=not rule.stopped_at and may_stop(rule, viewer),
        takers=tuple(takers_of(rule, viewer)),
    )


def renewals_due(
    rule: Assignment, people: QuerySet[User], modules: list[Module], *, now: datetime
) -> list[Renewal]:
    """Return what has to be done again and opens by now, in three queries.

    Whoever finished so long ago that the day is over has as many days as one has to renew.
    """
    assert rule.renew_months is not None
    shortest = timedelta(days=_SHORTEST_MONTH * rule.renew_months - rule.opens_days_before)
    mine = {"user": OuterRef("user"), "module": OuterRef("module")}
    is_given = rule.enrolments.filter(**mine, created_at__gt=OuterRef("completed_at"))
    waiting = ModuleCompletion.objects.filter(
        user__in=people, module__in=modules, completed_at__lte=now - shortest
    ).exclude(
        Exists(ModuleCompletion.objects.filter(**mine, number__gt=OuterRef("number")))
        | Exists(is_given)
        | Exists(Enrolment.objects.open().filter(**mine))
        | Exists(exemptions().filter(**mine))
    )
    rows = list(waiting.order_by("user", "module").values_list("user", "module", "completed_at"))
    persons = User.objects.in_bulk({user for user, _, _ in rows})
    times = _times_given(rule, persons)
    module_of = {module.pk: module for module in modules}
    return [
        Renewal(
            persons[user],
            module_of[module],
            due_on,
            times[user, module] + 1,
            opens_on=due_on - rule.opens_days_before * _DAY,
        )
        for user, module, last in rows
        if (due_on := _renewal_day(rule, persons[user], last, now))
    ]


def reason_to_pause(rule: Assignment) -> PausedAs | None:
    """Return why a rule may not go on as its lead stands now, in two queries."""
    lead = rule.lead
    if not lead.is_active:
        return PausedAs.LEFT
    if not lead.may(Permission.ASSIGN_LEARNING):
        return PausedAs.NO_LEAD
    if rule.teams.exclude(pk__in=teams_overseen_by(lead).values("pk")).exists():
        return PausedAs.OTHER_TEAMS
    return None


def leads_for(rule: Assignment) -> list[User]:
    """Return the leads whom a rule can be passed on to, by name.

    They lead all of its teams, or teams above these. Where it names no team, they lead somebody
    whom it reached.
    """
    paths = set(rule.teams.values_list("path", flat=True)) or _paths_reached(rule)
    above = {path: _paths_above(path) for path in paths}
    every = set().union(*above.values())
    leading: dict[int, set[str]] = defaultdict(set)
    current = Membership.objects.current().filter(is_lead=True, team__path__in=every)
    for user, path in current.values_list("user_id", "team__path"):
        leading[user].add(path)
    is_enough = all if rule.teams.exists() else any
    fit = [
        user
        for user, led in leading.items()
        if is_enough(not led.isdisjoint(one) for one in above.values())
    ]
    found = User.objects.active().filter(pk__in=fit, roles__contains=[Role.LEAD])
    return list(found.exclude(pk=rule.lead.pk).by_name())


def may_stop(rule: Assignment, viewer: User) -> bool:
    """Say whether somebody may stop a rule: who made it, who has it now, and admins."""
    return viewer.pk in (rule.made_by_id, rule.passed_to_id) or Role.ADMIN in viewer.roles


def takers_of(rule: Assignment, viewer: User) -> list[User]:
    """Return the leads to whom the viewer may pass a rule on; other leads may only take it."""
    if not rule.goes_on or rule.stopped_at:
        return []
    found = leads_for(rule)
    if may_stop(rule, viewer):
        return found
    return [lead for lead in found if lead == viewer]


def coming_up(rule: Assignment, *, now: datetime) -> list[Renewal]:
    """Return what a rule will bring back in the next weeks, by the day it opens; a dry run."""
    if rule.stopped_at or rule.paused_as or rule.renew_months is None:
        return []
    choice = choice_of(rule)
    people = members_of_rule(rule, choice, now=now)
    found = renewals_due(rule, people, modules_of(rule.what), now=now + LOOK_AHEAD)
    return sorted(found, key=lambda one: (one.due_on, one.person.name.lower()))


def rules_seen_by(viewer: User) -> list[Assignment]:
    """Return what goes on by itself and the viewer may see, what pauses first."""
    seen = assignments_visible_to(viewer).going_on()
    last = RuleRun.objects.filter(assignment=OuterRef("pk")).order_by("-at").values("at")
    return list(
        seen.select_related("module__course", "course", "made_by", "passed_to")
        .annotate(ran_at=Subquery(last[:1]))
        .order_by(Case(When(paused_as="", then=1), default=0), "-made_at")[:RULES_SHOWN]
    )


def _paths_reached(rule: Assignment) -> set[str]:
    members = Membership.objects.current().filter(user__in=rule.enrolments.values("user"))
    return set(members.order_by("team__path").values_list("team__path", flat=True).distinct())


def _paths_above(path: str) -> set[str]:
    """Return a team's path and those of all teams above it."""
    steps = path.strip("/").split("/")
    return {f"/{'/'.join(steps[:number])}/" for number in range(1, len(steps) + 1)}


def runs_of(rule: Assignment) -> list[RunLine]:
    """Return what a rule did lately, the latest first, in two queries."""
    runs = list(rule.runs.order_by("-at")[:RUNS_SHOWN])
    names: dict[datetime, list[str]] = defaultdict(list)
    duties = rule.enrolments.filter(created_at__in=[run.at for run in runs])
    found = duties.order_by("user__name", "user").values_list("created_at", "user__name", "user")
    for at, name, _ in found.distinct():
        names[at].append(name)
    return [
        RunLine(run.at, run.reached, run.renewed, tuple(names[run.at][:NAMES_SHOWN]))
        for run in runs
    ]


def _renewal_day(rule: Assignment, person: User, last: datetime, now: datetime) -> date | None:
    """Return the day by which somebody has to do it again; None while it is not open yet."""
    assert rule.renew_months is not None
    today = local_date(now, person.time_zone)
    day = months_after(local_date(last, person.time_zone), rule.renew_months)
    as_long = rule.opens_days_before * _DAY
    if day - as_long > today:
        return None
    return day if day > today else today + as_long


def _times_given(rule: Assignment, people: dict[int, User]) -> dict[tuple[int, int], int]:
    given = rule.enrolments.filter(user__in=people).values("user_id", "module_id")
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for row in given.annotate(times=Count("pk")):
        counts[row["user_id"], row["module_id"]] = row["times"]
    return counts
