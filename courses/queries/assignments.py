"""What an assignment would do, before it is made: whom it reaches, and which mails go out."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from courses.due_dates import DueKind, months_after
from courses.models import Enrolment, Module, ModuleCompletion
from courses.queries.audience import (
    AssignmentChoice,
    Standing,
    audience_of,
    modules_of,
    with_standing,
)
from courses.reminder_times import Schedule, WorkingTime, schedule
from portal.kit.clock import local_date, utc_day
from portal.people.models import User

PEOPLE_SHOWN = 12
MAILS_SHOWN = 6
_DAY = timedelta(days=1)


class MailMoment(TextChoices):
    """What a planned mail is for."""

    ASSIGNED = "assigned", _("About the assignment")
    REMINDER = "reminder", _("Reminder")
    OVERDUE = "overdue", _("Overdue note")


@dataclass(frozen=True)
class PersonReached:
    """Somebody who gets the assignment, with how much else they have to finish that week.

    `closes_on` is the last day on which finishing still counts, where there is one.
    """

    id: int
    name: str
    time_zone: str
    due_on: date
    closes_on: date | None
    others_that_week: int


@dataclass(frozen=True)
class PersonSkipped:
    """Somebody who does not get it, and why: the date they keep, or when they finished.

    `opens_again_on` is when a rule brings it back to them.
    """

    id: int
    name: str
    standing: Standing
    keeps_due_on: date | None
    finished_at: datetime | None
    opens_again_on: date | None = None


@dataclass(frozen=True)
class PlannedMail:
    """A mail that will go out to some people, on a day and at a time of their own clocks.

    The mail about the assignment itself has neither: it goes out at once.
    """

    moment: MailMoment
    on: date | None
    clock: time | None
    people: int


@dataclass(frozen=True)
class AssignmentPreview:
    """Everything an assignment would do. Of long lists the first few are named.

    `days_off` counts people for whom the last day is not a working day, `unreminded` those for
    whom the wanted reminder would come too early to be of use.
    """

    choice: AssignmentChoice
    modules: tuple[Module, ...]
    reached: int
    reached_people: tuple[PersonReached, ...]
    skipped: int
    skipped_people: tuple[PersonSkipped, ...]
    mails: tuple[PlannedMail, ...]
    days_off: int
    unreminded: int

    @property
    def can_be_made(self) -> bool:
        """Whether there is anything in it: somebody gets it now, or may later."""
        return self.reached > 0 or (self.choice.goes_on and bool(self.modules))

    @property
    def reached_unnamed(self) -> int:
        """How many of those it reaches are not named."""
        return self.reached - len(self.reached_people)

    @property
    def skipped_unnamed(self) -> int:
        """How many of those it skips are not named."""
        return self.skipped - len(self.skipped_people)

    @property
    def first_mails(self) -> tuple[PlannedMail, ...]:
        """The mails in the order they go out, as many as one can take in."""
        return self.mails[:MAILS_SHOWN]

    @property
    def later_mails(self) -> int:
        """To how many people the other mails go."""
        return sum(mail.people for mail in self.mails[MAILS_SHOWN:])

    @property
    def fingerprint(self) -> str:
        """A short text that changes with the choice and with how many people it reaches.

        Sent back on confirming, it proves that this is what the lead has seen.
        """
        choice = self.choice
        facts = (
            choice.what._meta.label_lower,
            choice.what.pk,
            [module.pk for module in self.modules],
            sorted(choice.people),
            sorted(choice.teams),
            sorted(choice.roles),
            sorted(choice.tags),
            sorted(choice.views),
            choice.due,
            choice.closes_days_after,
            choice.reminders,
            choice.reaches_later,
            choice.renew_months,
            self.reached,
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Group:
    """People of one standing who share their working time."""

    standing: Standing
    working: WorkingTime
    people: int
    due_on: date
    schedule: Schedule


def preview_assignment(
    choice: AssignmentChoice, *, viewer: User, at: datetime
) -> AssignmentPreview:
    """Return what assigning would do at `at`, in as many queries for any number of people.

    Raises:
        UnknownAudience: a person or team is not the viewer's to choose, or does not exist.
    """
    modules = modules_of(choice.what)
    people = audience_of(choice, viewer=viewer, now=at)
    groups = _groups(with_standing(people, modules), choice, at)
    reached = [group for group in groups if group.standing == Standing.REACHED]
    reached_count = sum(group.people for group in reached)
    people = with_standing(people, modules, zones_over=_zones_over(groups))
    return AssignmentPreview(
        choice=choice,
        modules=tuple(modules),
        reached=reached_count,
        reached_people=_reached_people(people, choice, at),
        skipped=sum(group.people for group in groups) - reached_count,
        skipped_people=_skipped_people(people, modules, choice, at),
        mails=_mails(reached),
        days_off=sum(
            group.people for group in reached if not group.working.includes_day(group.due_on)
        ),
        unreminded=_unreminded(reached, choice),
    )


def last_day_for(choice: AssignmentChoice, zone: str, hired_on: date, *, at: datetime) -> date:
    """Return the last day of somebody who gets it at `at`."""
    return choice.due.due_on(assigned_on=local_date(at, zone), hired_on=hired_on)


def schedule_for(
    choice: AssignmentChoice, working: WorkingTime, due_on: date, *, at: datetime
) -> Schedule:
    """Return the moments of an enrolment that is made at `at`."""
    return schedule(
        due_on,
        choice.reminders,
        working,
        told_at=at,
        closes_days_after=choice.closes_days_after,
    )


def _groups(people: QuerySet[Any], choice: AssignmentChoice, at: datetime) -> list[_Group]:
    """Count people by standing, working time and last day: few rows, however many people."""
    rows = (
        people.order_by()
        .annotate(hired=_hired_ahead(choice, at))
        .values_list("standing", "time_zone", "work_starts", "work_ends", "working_days", "hired")
        .annotate(people=Count("pk"))
    )
    groups = []
    for standing, zone, starts, ends, days, hired, count in rows:
        working = WorkingTime(zone, starts, ends, frozenset(days))
        due_on = last_day_for(choice, zone, hired or date.min, at=at)
        planned = schedule_for(choice, working, due_on, at=at)
        is_over = standing == Standing.REACHED and planned.due_at <= at
        found = Standing.DAY_IS_OVER if is_over else Standing(standing)
        groups.append(_Group(found, working, count, due_on, planned))
    return groups


def _hired_ahead(choice: AssignmentChoice, at: datetime) -> Case | Value:
    """Return the hire date of those who have not begun: only theirs changes a last day."""
    nothing = Value(None, output_field=DateField())
    if choice.due.kind != DueKind.AFTER_HIRE:
        return nothing
    return Case(When(joined_on__gt=utc_day(at) - _DAY, then=F("joined_on")), default=nothing)


def _zones_over(groups: Iterable[_Group]) -> set[str]:
    return {group.working.zone for group in groups if group.standing == Standing.DAY_IS_OVER}


def _reached_people(
    people: QuerySet[Any], choice: AssignmentChoice, at: datetime
) -> tuple[PersonReached, ...]:
    reached: Any = people.filter(standing=Standing.REACHED)
    fields = ("pk", "name", "time_zone", "joined_on")
    rows = list(reached.by_name().values_list(*fields)[:PEOPLE_SHOWN])
    days = {pk: last_day_for(choice, zone, hired, at=at) for pk, _, zone, hired in rows}
    others = _others_in_the_week_of(days)
    after = choice.closes_days_after
    return tuple(
        PersonReached(
            id=pk,
            name=name,
            time_zone=zone,
            due_on=days[pk],
            closes_on=None if after is None else days[pk] + timedelta(days=after),
            others_that_week=others[pk],
        )
        for pk, name, zone, _ in rows
    )


def _others_in_the_week_of(days: dict[int, date]) -> Counter[int]:
    """Count what people have to finish in the week of a day, by their id."""
    if not days:
        return Counter()
    span = (_monday(min(days.values())), _monday(max(days.values())) + 6 * _DAY)
    found = Enrolment.objects.open().filter(user__in=days, due_on__range=span)
    return Counter(
        user_id
        for user_id, due_on in found.values_list("user_id", "due_on")
        if _monday(due_on) == _monday(days[user_id])
    )


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _skipped_people(
    people: QuerySet[Any], modules: list[Module], choice: AssignmentChoice, at: datetime
) -> tuple[PersonSkipped, ...]:
    mine = {"user": OuterRef("pk"), "module__in": modules}
    keeps = Enrolment.objects.open().filter(**mine).order_by("due_on").values("due_on")
    finished = ModuleCompletion.objects.filter(**mine).order_by("-completed_at")
    rows = (
        people.exclude(standing=Standing.REACHED)
        .annotate(keeps=Subquery(keeps[:1]), finished=Subquery(finished.values("completed_at")[:1]))
        .by_name()
        .values_list("pk", "name", "standing", "keeps", "finished", "time_zone")
    )
    return tuple(
        PersonSkipped(
            pk, name, Standing(standing), keeps, finished, _opens_again(choice, finished, zone, at)
        )
        for pk, name, standing, keeps, finished, zone in rows[:PEOPLE_SHOWN]
    )


def _opens_again(
    choice: AssignmentChoice, finished_at: datetime | None, zone: str, at: datetime
) -> date | None:
    if choice.renew_months is None or finished_at is None:
        return None
    day = months_after(local_date(finished_at, zone), choice.renew_months)
    return max(day - choice.opens_days_before * _DAY, local_date(at, zone))


def _mails(reached: list[_Group]) -> tuple[PlannedMail, ...]:
    """Gather the mails that go out at one local time; zones do not matter to the reader."""
    if not reached:
        return ()
    counts: Counter[tuple[date, time, MailMoment]] = Counter()
    for group in reached:
        moments = (
            (MailMoment.REMINDER, group.schedule.remind_at),
            (MailMoment.OVERDUE, group.schedule.overdue_note_at),
        )
        for moment, at in moments:
            if at:
                local = at.astimezone(ZoneInfo(group.working.zone))
                counts[local.date(), local.time(), moment] += group.people
    later = [
        PlannedMail(moment, on, clock, counts[on, clock, moment])
        for on, clock, moment in sorted(counts)
    ]
    everybody = sum(group.people for group in reached)
    return (PlannedMail(MailMoment.ASSIGNED, None, None, everybody), *later)


def _unreminded(reached: list[_Group], choice: AssignmentChoice) -> int:
    if choice.reminders.days_before is None:
        return 0
    return sum(group.people for group in reached if group.schedule.remind_at is None)
