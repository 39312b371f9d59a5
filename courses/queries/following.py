"""Following one person, and one assignment: who is where, activity by activity."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from courses.learning_state import LearningState, learning_state
from courses.models import Assignment, Enrolment, EnrolmentChange
from courses.models.assignment import AssignmentQuerySet
from courses.queries.by_name import Person, Place, page_by_name
from courses.queries.progress import ModuleProgress, progress_in
from courses.queries.states import Steps, steps_of
from portal.kit.clock import local_date
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User
from portal.people.queries.scope import oversees_everybody, people_overseen_by, teams_overseen_by

ENROLMENTS_SHOWN = 100


@dataclass(frozen=True)
class EnrolmentView:
    """What somebody was assigned, in one word, step by step, and what was changed about it."""

    enrolment: Enrolment
    state: LearningState
    progress: ModuleProgress
    changes: tuple[EnrolmentChange, ...] = ()

    @property
    def can_change(self) -> bool:
        """Whether a lead can still change something about it."""
        return self.state.is_open or self.state in (LearningState.EXEMPT, LearningState.CLOSED)


@dataclass(frozen=True)
class PersonLearning:
    """Everything one person was assigned: what is open, by due date, then the latest that is over.

    `today` is the day where the person is.
    """

    person: User
    today: date
    open: tuple[EnrolmentView, ...]
    over: tuple[EnrolmentView, ...]


@dataclass(frozen=True)
class AssignmentRow:
    """Somebody whom an assignment reached, and how they stand with all that it asks of them.

    `over_at` is when nothing of it was open any more.
    """

    person: Person
    due_on: date
    over_at: datetime | None
    state: LearningState
    done: int
    total: int
    today: date

    @property
    def bar_max(self) -> int:
        """The full length of a progress bar, which cannot be 0."""
        return max(1, self.total)


@dataclass(frozen=True)
class AssignmentPage:
    """A stretch of the people that an assignment reached, by name."""

    rows: tuple[AssignmentRow, ...]
    before: int | None
    after: int | None


def enrolments_overseen_by(viewer: User) -> QuerySet[Enrolment]:
    """Return what the viewer's people were assigned, by whomever."""
    return Enrolment.objects.filter(user__in=people_overseen_by(viewer))


def assignments_visible_to(viewer: User) -> AssignmentQuerySet:
    """Return the assignments that are the viewer's, are for their teams or reached their people."""
    if oversees_everybody(viewer):
        return Assignment.objects.all()
    reached = enrolments_overseen_by(viewer).filter(assignment=OuterRef("pk"))
    mine = Q(made_by=viewer) | Q(passed_to=viewer)
    of_teams = Assignment.teams.through.objects.filter(
        assignment=OuterRef("pk"), team__in=teams_overseen_by(viewer)
    )
    return Assignment.objects.filter(mine | Exists(reached) | Exists(of_teams))


def person_learning(person: User, *, now: datetime) -> PersonLearning:
    """Return everything a person was assigned, in three queries; of long histories the latest."""
    enrolments = _ENROLMENTS.all(person=person.pk)
    changes: dict[int, list[EnrolmentChange]] = defaultdict(list)
    for change in _CHANGES.all(person=person.pk):
        changes[change.enrolment_id].append(change)
    progress = progress_in({one.module_id for one in enrolments}, user=person)
    views = [
        EnrolmentView(
            enrolment=one,
            state=_state(one, is_started=steps.is_started, is_waiting=steps.is_waiting, now=now),
            progress=steps,
            changes=tuple(changes[one.pk]),
        )
        for one in enrolments
        for steps in [progress.get(one.module_id, ModuleProgress(()))]
    ]
    is_open = [view for view in views if view.state.is_open]
    return PersonLearning(
        person=person,
        today=local_date(now, person.time_zone),
        open=tuple(sorted(is_open, key=lambda view: view.enrolment.due_at)),
        over=tuple(view for view in views if not view.state.is_open),
    )


_SHOWN = (
    "due_on",
    "due_at",
    "created_at",
    "completed_at",
    "withdrawn_at",
    "withdrawn_as",
    "module__title",
    "module__course__skill",
    "assignment__made_by__name",
    "assignment__made_by__email",
)
_CHANGES = StoredQuery(
    lambda person: (
        EnrolmentChange.objects.filter(enrolment__user=person)
        .select_related("made_by")
        .order_by("made_at", "pk")
    )
)
_ENROLMENTS = StoredQuery(
    lambda person: (
        Enrolment.objects.filter(user=person)
        .select_related("module__course", "assignment__made_by")
        .only(*_SHOWN)
        .order_by(
            F("completed_at").desc(nulls_first=True), F("withdrawn_at").desc(nulls_first=True)
        )[:ENROLMENTS_SHOWN]
    )
)


def assignment_page(
    assignment: Assignment, viewer: User, place: Place, *, now: datetime
) -> AssignmentPage:
    """Return a page of the viewer's people whom an assignment reached, in three queries."""
    mine = assignment.enrolments.filter(user=OuterRef("pk"))
    page = page_by_name(people_overseen_by(viewer).filter(Exists(mine)), place)
    reached = [person.pk for person in page.people]
    duties: dict[int, list[Enrolment]] = defaultdict(list)
    for one in assignment.enrolments.filter(user__in=reached).order_by("due_at", "pk"):
        duties[one.user_id].append(one)
    steps = steps_of([(one.user_id, one.module_id) for found in duties.values() for one in found])
    rows = [_row(person, duties[person.pk], steps, now) for person in page.people]
    return AssignmentPage(tuple(rows), page.before, page.after)


def _row(
    person: Person,
    duties: list[Enrolment],
    steps: Mapping[tuple[int, int], Steps],
    now: datetime,
) -> AssignmentRow:
    """Sum up what one person was given: what is open counts first, then what was finished.

    Of what is open, what only waits for a mark counts last.
    """
    found = [steps[person.pk, one.module_id] for one in duties]
    still_open = [one for one in duties if not one.completed_at and not one.withdrawn_at]
    still_open.sort(key=lambda one: steps[person.pk, one.module_id].is_waiting)
    finished = [one for one in duties if one.completed_at]
    shown = (still_open or finished or duties)[0]
    times = [at for one in duties for at in (one.completed_at, one.withdrawn_at) if at]
    return AssignmentRow(
        person=person,
        due_on=shown.due_on,
        over_at=None if still_open else max(times),
        state=_state(
            shown,
            is_started=any(one.begun for one in found),
            is_waiting=steps[person.pk, shown.module_id].is_waiting,
            now=now,
        ),
        done=sum(one.done for one in found),
        total=sum(one.total for one in found),
        today=local_date(now, person.time_zone),
    )


def _state(
    enrolment: Enrolment, *, is_started: bool, is_waiting: bool, now: datetime
) -> LearningState:
    return learning_state(
        now=now,
        is_started=is_started,
        is_waiting=is_waiting,
        due_at=enrolment.due_at,
        finished_at=enrolment.completed_at,
        withdrawn_as=enrolment.withdrawn_as,
    )
