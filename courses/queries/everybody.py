"""The whole list of a preview: each person with each mail, or why they get nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Lower

from courses.queries.assignments import MailMoment, last_day_for, schedule_for
from courses.queries.audience import (
    AssignmentChoice,
    Standing,
    audience_of,
    modules_of,
    with_standing,
)
from courses.queries.by_name import beyond
from courses.reminder_times import WorkingTime
from portal.people.models import User

LINES_SHOWN = 200


@dataclass(frozen=True)
class MailTo:
    """A mail that one person gets; `at` is None where it goes out at once."""

    moment: MailMoment
    at: datetime | None


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the whole list of a preview: what they get and when, or why they get nothing.

    Times are in UTC; `zone` is where they are.
    """

    id: int
    name: str
    zone: str
    standing: Standing
    due_on: date | None
    mails: tuple[MailTo, ...]


@dataclass(frozen=True)
class PeopleLines:
    """A stretch of that list by name; `after` says where the next one begins."""

    lines: tuple[PersonLine, ...]
    after: int | None


def everybody_in(
    choice: AssignmentChoice, *, viewer: User, at: datetime, after: int | None = None
) -> PeopleLines:
    """Return each person whom a choice names with what would come of it, 200 at a time.

    Raises:
        UnknownAudience: as `preview_assignment`.
    """
    people = with_standing(audience_of(choice, viewer=viewer, now=at), modules_of(choice.what))
    if after is not None:
        people = beyond(people.alias(key=Lower("name")), after, "gt")
    fields = ("name", "time_zone", "work_starts", "work_ends", "working_days", "joined_on")
    found = list(people.only(*fields).order_by(Lower("name"), "pk")[: LINES_SHOWN + 1])
    lines = tuple(_line(person, choice, at) for person in found[:LINES_SHOWN])
    return PeopleLines(lines, lines[-1].id if len(found) > LINES_SHOWN else None)


def _line(person: Any, choice: AssignmentChoice, at: datetime) -> PersonLine:
    standing, zone = Standing(person.standing), person.time_zone
    due_on = last_day_for(choice, zone, person.joined_on, at=at)
    planned = schedule_for(choice, WorkingTime.of(person), due_on, at=at)
    if standing == Standing.REACHED and planned.due_at <= at:
        standing = Standing.DAY_IS_OVER
    if standing != Standing.REACHED:
        return PersonLine(person.pk, person.name, zone, standing, None, ())
    later = (
        (MailMoment.REMINDER, planned.remind_at),
        (MailMoment.OVERDUE, planned.overdue_note_at),
    )
    mails = [MailTo(MailMoment.ASSIGNED, None)]
    mails += [MailTo(moment, when) for moment, when in later if when]
    return PersonLine(person.pk, person.name, zone, standing, due_on, tuple(mails))
