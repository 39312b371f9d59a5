"""Following one person, and one assignment: who is where, activity by activity."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from courses.learning_state import LearningState, learning_state
from courses.models import Assignment, Enrolment
from courses.queries.by_name import Place, page_by_name
from courses.queries.progress import ModuleProgress, progress_in
from courses.queries.states import steps_of
from portal.kit.clock import local_date
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

ENROLMENTS_SHOWN = 100


@dataclass(frozen=True)
class EnrolmentView:
    """What somebody was assigned, in one word and step by step."""

    enrolment: Enrolment
    state: LearningState
    progress: ModuleProgress


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
    """Somebody whom an assignment reached, and how they stand with it."""

    person: User
    enrolment: Enrolment
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


def assignments_visible_to(viewer: User) -> QuerySet[Assignment]:
    """Return the assignments that the viewer made, or that reached one of their people."""
    reached = enrolments_overseen_by(viewer).filter(assignment=OuterRef("pk"))
    return Assignment.objects.filter(Q(made_by=viewer) | Exists(reached))


def person_learning(person: User, *, now: datetime) -> PersonLearning:
    """Return everything a person was assigned, in two queries; of long histories the latest."""
    enrolments = list(
        person.enrolments.select_related("module__course", "assignment__made_by").order_by(
            F("completed_at").desc(nulls_first=True), F("withdrawn_at").desc(nulls_first=True)
        )[:ENROLMENTS_SHOWN]
    )
    progress = progress_in({one.module_id for one in enrolments}, user=person)
    views = [_view(one, progress.get(one.module_id, ModuleProgress(())), now) for one in enrolments]
    is_open = [view for view in views if view.state.is_open]
    return PersonLearning(
        person=person,
        today=local_date(now, person.time_zone),
        open=tuple(sorted(is_open, key=lambda view: view.enrolment.due_at)),
        over=tuple(view for view in views if not view.state.is_open),
    )


def assignment_page(
    assignment: Assignment, viewer: User, place: Place, *, now: datetime
) -> AssignmentPage:
    """Return a page of the viewer's people whom an assignment reached, in three queries."""
    mine = assignment.enrolments.filter(user=OuterRef("pk"))
    page = page_by_name(people_overseen_by(viewer).filter(Exists(mine)), place)
    enrolments = {one.user_id: one for one in assignment.enrolments.filter(user__in=page.people)}
    steps = steps_of([(person.pk, assignment.module_id) for person in page.people])
    rows = []
    for person in page.people:
        one, found = enrolments[person.pk], steps[person.pk, assignment.module_id]
        state = _state(one, is_started=found.begun > 0, now=now)
        today = local_date(now, person.time_zone)
        rows.append(AssignmentRow(person, one, state, found.done, found.total, today))
    return AssignmentPage(tuple(rows), page.before, page.after)


def _view(enrolment: Enrolment, progress: ModuleProgress, now: datetime) -> EnrolmentView:
    return EnrolmentView(
        enrolment, _state(enrolment, is_started=progress.is_started, now=now), progress
    )


def _state(enrolment: Enrolment, *, is_started: bool, now: datetime) -> LearningState:
    return learning_state(
        now=now,
        is_started=is_started,
        due_at=enrolment.due_at,
        finished_at=enrolment.completed_at,
        withdrawn_at=enrolment.withdrawn_at,
    )
