"""What an assignment would do, before it is made: whom it reaches, and which mails go out."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, ModuleCompletion
from courses.queries.audience import AssignmentChoice, Standing, audience_of, with_standing
from courses.reminder_times import Schedule, WorkingTime, schedule
from portal.people.models import User

PEOPLE_SHOWN = 12
MAILS_SHOWN = 6


class MailMoment(TextChoices):
    """What a planned mail is for."""

    ASSIGNED = "assigned", _("About the assignment")
    REMINDER = "reminder", _("Reminder")
    OVERDUE = "overdue", _("Overdue note")


@dataclass(frozen=True)
class PersonReached:
    """Somebody who gets the assignment, with how much else they have to finish that week."""

    id: int
    name: str
    time_zone: str
    others_that_week: int


@dataclass(frozen=True)
class PersonSkipped:
    """Somebody who does not get it, and why: the date they keep, or when they finished."""

    id: int
    name: str
    standing: Standing
    keeps_due_on: date | None
    finished_at: datetime | None


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

    `days_off` counts people for whom the due date is not a working day, `unreminded` those for
    whom the wanted reminder would come too early to be of use.
    """

    choice: AssignmentChoice
    reached: int
    reached_people: tuple[PersonReached, ...]
    skipped: int
    skipped_people: tuple[PersonSkipped, ...]
    mails: tuple[PlannedMail, ...]
    days_off: int
    unreminded: int

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
            choice.module.pk,
            sorted(choice.people),
            sorted(choice.teams),
            choice.due_on.isoformat(),
            choice.reminders.days_before,
            choice.reminders.notes_overdue,
            self.reached,
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Group:
    """People of one standing who share their working time."""

    standing: Standing
    working: WorkingTime
    people: int
    schedule: Schedule


def preview_assignment(
    choice: AssignmentChoice, *, viewer: User, at: datetime
) -> AssignmentPreview:
    """Return what assigning would do at `at`, in five queries for any number of people.

    Raises:
        UnknownAudience: a person or team is not the viewer's to choose, or does not exist.
    """
    people = audience_of(choice, viewer=viewer)
    groups = _groups(with_standing(people, choice.module), choice, at)
    reached = [group for group in groups if group.standing == Standing.REACHED]
    reached_count = sum(group.people for group in reached)
    people = with_standing(people, choice.module, zones_over=_zones_over(groups))
    return AssignmentPreview(
        choice=choice,
        reached=reached_count,
        reached_people=_reached_people(people, choice),
        skipped=sum(group.people for group in groups) - reached_count,
        skipped_people=_skipped_people(people, choice),
        mails=_mails(reached),
        days_off=sum(
            group.people for group in reached if not group.working.includes_day(choice.due_on)
        ),
        unreminded=_unreminded(reached, choice),
    )


def schedule_for(choice: AssignmentChoice, working: WorkingTime, *, at: datetime) -> Schedule:
    """Return the moments of an enrolment that is made at `at`."""
    return schedule(choice.due_on, choice.reminders, working, told_at=at)


def _groups(people: QuerySet[Any], choice: AssignmentChoice, at: datetime) -> list[_Group]:
    """Count people by standing and working time: few rows, however many people there are."""
    rows = (
        people.order_by()
        .values_list("standing", "time_zone", "work_starts", "work_ends", "working_days")
        .annotate(people=Count("pk"))
    )
    groups = []
    for standing, zone, starts, ends, days, count in rows:
        working = WorkingTime(zone, starts, ends, frozenset(days))
        planned = schedule_for(choice, working, at=at)
        is_over = standing == Standing.REACHED and planned.due_at <= at
        found = Standing.DAY_IS_OVER if is_over else Standing(standing)
        groups.append(_Group(found, working, count, planned))
    return groups


def _zones_over(groups: Iterable[_Group]) -> set[str]:
    return {group.working.zone for group in groups if group.standing == Standing.DAY_IS_OVER}


def _reached_people(people: QuerySet[Any], choice: AssignmentChoice) -> tuple[PersonReached, ...]:
    monday = choice.due_on - timedelta(days=choice.due_on.weekday())
    that_week = Enrolment.objects.open().filter(
        user=OuterRef("pk"), due_on__range=(monday, monday + timedelta(days=6))
    )
    count = that_week.order_by().values("user").annotate(n=Count("pk")).values("n")
    rows = (
        people.filter(standing=Standing.REACHED)
        .annotate(others=Coalesce(Subquery(count, output_field=IntegerField()), 0))
        .by_name()
        .values_list("pk", "name", "time_zone", "others")
    )
    return tuple(PersonReached(*row) for row in rows[:PEOPLE_SHOWN])


def _skipped_people(people: QuerySet[Any], choice: AssignmentChoice) -> tuple[PersonSkipped, ...]:
    mine = {"user": OuterRef("pk"), "module": choice.module}
    keeps = Enrolment.objects.open().filter(**mine).values("due_on")
    finished = ModuleCompletion.objects.filter(**mine).order_by("-completed_at")
    rows = (
        people.exclude(standing=Standing.REACHED)
        .annotate(keeps=Subquery(keeps), finished=Subquery(finished.values("completed_at")[:1]))
        .by_name()
        .values_list("pk", "name", "standing", "keeps", "finished")
    )
    return tuple(
        PersonSkipped(pk, name, Standing(standing), keeps, finished)
        for pk, name, standing, keeps, finished in rows[:PEOPLE_SHOWN]
    )


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
