"""Giving duties to people: what each of them lacks, stored once, and one mail to each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from courses.models import Assignment, Enrolment, Module
from courses.queries.assignments import last_day_for, schedule_for
from courses.queries.audience import AssignmentChoice, Standing, pairs_covered, with_standing
from courses.reminder_times import Schedule, WorkingTime
from portal.notifications.actions.outbox import EmailDraft
from portal.people.models import User

FIELDS_NEEDED = ("time_zone", "work_starts", "work_ends", "working_days", "joined_on")
_ROWS_PER_INSERT = 1000


@dataclass
class Planner:
    """Makes duties that are not stored yet; people of one working time share their moments."""

    choice: AssignmentChoice
    at: datetime
    _known: dict[tuple[WorkingTime, date], Schedule] = field(default_factory=dict)

    def duties(
        self, person: User, modules: Iterable[Module], due_on: date, *, occurrence: int = 1
    ) -> list[Enrolment]:
        """Return somebody's duties in these modules; none where that day is over for them."""
        working = WorkingTime.of(person)
        if (working, due_on) not in self._known:
            self._known[working, due_on] = schedule_for(self.choice, working, due_on, at=self.at)
        moments = self._known[working, due_on]
        if moments.due_at <= self.at:
            return []
        return [
            Enrolment(
                user=person,
                module=module,
                occurrence=occurrence,
                due_on=due_on,
                due_at=moments.due_at,
                closes_at=moments.closes_at,
                remind_at=moments.remind_at,
                overdue_note_at=moments.overdue_note_at,
                created_at=self.at,
            )
            for module in modules
        ]


def lock_people(people: QuerySet[User]) -> None:
    """Keep everybody from finishing the module, or getting it from another lead, until we are done.

    In the order of their ids, so that two leads wait for each other instead of blocking.
    """
    rows = User.objects.filter(pk__in=people.values("pk")).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def lacking_duties(
    people: QuerySet[User],
    modules: list[Module],
    planner: Planner,
    *,
    but: Collection[tuple[int, int]] = (),
) -> list[Enrolment]:
    """Return duties, not stored yet, for everybody who lacks a module; `but` not these pairs."""
    found = with_standing(people, modules).filter(standing=Standing.REACHED)
    lacking = list(found.only(*FIELDS_NEEDED))
    covered = pairs_covered([person.pk for person in lacking], modules) | set(but)
    duties = []
    for person in lacking:
        due_on = last_day_for(planner.choice, person.time_zone, person.joined_on, at=planner.at)
        lacked = [module for module in modules if (person.pk, module.pk) not in covered]
        duties += planner.duties(person, lacked, due_on)
    return duties


def store_duties(assignment: Assignment, duties: Collection[Enrolment]) -> list[Enrolment]:
    """Store the duties that conflict with none, and return those, with their people."""
    for duty in duties:
        duty.assignment = assignment
    Enrolment.objects.bulk_create(duties, batch_size=_ROWS_PER_INSERT, ignore_conflicts=True)
    times = {duty.created_at for duty in duties}
    stored = Enrolment.objects.filter(assignment=assignment, created_at__in=times)
    return list(stored.select_related("user").only("module_id", *_OF_THE_PERSON).order_by("pk"))


def assigned_drafts(
    assignment: Assignment, stored: Collection[Enrolment], *, which: str = ""
) -> list[EmailDraft]:
    """Return one mail for each person, about all that they got; `which` tells later ones apart.

    What a rule brings to somebody by itself is told in their working hours.
    """
    of_person: dict[User, list[Enrolment]] = defaultdict(list)
    for enrolment in stored:
        of_person[enrolment.user].append(enrolment)
    drafts = []
    for person, duties in of_person.items():
        at = duties[0].created_at
        drafts.append(
            EmailDraft(
                kind="learning_assigned",
                recipient=person,
                to_address=person.email,
                dedupe_key=f"learning_assigned:{person.pk}:{assignment.pk}{which}",
                params={"enrolments": [one.pk for one in duties]},
                due_at=WorkingTime.of(person).next_moment(at) if which else at,
            )
        )
    return drafts


_OF_THE_PERSON = (
    "user",
    "created_at",
    *(f"user__{name}" for name in ("email", *FIELDS_NEEDED)),
)
