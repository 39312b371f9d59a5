"""What a rule would do, and what it did."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.due_dates import months_after
from courses.models import Assignment, Enrolment, Module, ModuleCompletion
from courses.queries.audience import exemptions
from portal.kit.clock import local_date
from portal.people.models import User

RUNS_SHOWN, NAMES_SHOWN = 10, 5
_DAY, _SHORTEST_MONTH = timedelta(days=1), 28


@dataclass(frozen=True)
class Renewal:
    """A module that somebody has to do again by a day, for the how-manieth time by this rule."""

    person: User
    module: Module
    due_on: date
    occurrence: int


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
        Renewal(persons[user], module_of[module], due_on, times[user, module] + 1)
        for user, module, last in rows
        if (due_on := _renewal_day(rule, persons[user], last, now))
    ]


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
