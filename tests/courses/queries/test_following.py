"""Following one person and one assignment, as far as one oversees them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from courses.learning_state import LearningState
from courses.models import Enrolment
from courses.queries.by_name import Place
from courses.queries.following import (
    assignment_page,
    assignments_visible_to,
    enrolments_overseen_by,
    person_learning,
)
from portal.people.models import Team, User
from tests.factories.courses import (
    AssignmentFactory,
    EnrolmentFactory,
    LessonFactory,
    ProgressFactory,
)
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db

TOP = Place()


@pytest.fixture
def blue() -> Team:
    return TeamFactory()


@pytest.fixture
def dana(blue: Team) -> User:
    return lead_of(blue)


def lead_of(team: Team) -> User:
    lead = PersonFactory(lead=True)
    MembershipFactory(user=lead, team=team, is_lead=True)
    return lead


def member(team: Team, name: str = "Priya Raman") -> User:
    person = PersonFactory(name=name)
    MembershipFactory(user=person, team=team)
    return person


def test_a_person_shows_what_is_open_by_due_date_and_then_what_is_over_latest_first() -> None:
    priya = PersonFactory()
    later = EnrolmentFactory(user=priya, due_on=date(2026, 12, 24))
    sooner = EnrolmentFactory(user=priya, due_on=FRIDAY)
    done = EnrolmentFactory(user=priya, finished=True)
    done_later = EnrolmentFactory(user=priya, completed_at=MONDAY + timedelta(days=1))
    gone = EnrolmentFactory(user=priya, withdrawn=True)
    EnrolmentFactory()

    found = person_learning(priya, now=MONDAY)

    assert [(view.enrolment, view.state) for view in found.open] == [
        (sooner, LearningState.DUE_SOON),
        (later, LearningState.NOT_STARTED),
    ]
    assert [(view.enrolment, view.state) for view in found.over] == [
        (gone, LearningState.WITHDRAWN),
        (done_later, LearningState.FINISHED),
        (done, LearningState.FINISHED),
    ]


def test_a_person_shows_when_each_step_was_begun_and_finished() -> None:
    lesson = LessonFactory()
    priya = PersonFactory()
    EnrolmentFactory(user=priya, module=lesson.module)
    progress = ProgressFactory(user=priya, activity=lesson, finished=True)
    (step,) = person_learning(priya, now=MONDAY).open[0].progress.steps
    assert (step.title, step.started_at, step.finished_at) == (
        lesson.title,
        progress.started_at,
        progress.finished_at,
    )


def test_an_assignment_shows_only_the_viewers_people(blue: Team, dana: User) -> None:
    lesson = LessonFactory()
    assignment = AssignmentFactory(module=lesson.module, made_by=dana)
    priya, ada = member(blue), member(blue, "Ada")
    gone = member(blue, "Bo")
    elsewhere = member(TeamFactory())
    for person in (priya, ada, elsewhere):
        EnrolmentFactory(user=person, module=lesson.module, assignment=assignment)
    EnrolmentFactory(user=gone, module=lesson.module, assignment=assignment, withdrawn=True)
    ProgressFactory(user=priya, activity=lesson, finished=True)
    Enrolment.objects.filter(user=priya).update(completed_at=MONDAY)

    page = assignment_page(assignment, dana, TOP, now=MONDAY)

    assert [(row.person.pk, row.state, row.done, row.total) for row in page.rows] == [
        (ada.pk, LearningState.DUE_SOON, 0, 1),
        (gone.pk, LearningState.WITHDRAWN, 0, 1),
        (priya.pk, LearningState.FINISHED, 1, 1),
    ]


def test_an_assignment_is_seen_by_who_made_it_or_oversees_somebody_it_reached(
    blue: Team, dana: User
) -> None:
    enrolment = EnrolmentFactory(user=member(blue), assignment__made_by=lead_of(TeamFactory()))
    maker, other_lead = enrolment.assignment.made_by, lead_of(TeamFactory())
    seen = {
        viewer: list(assignments_visible_to(viewer))
        for viewer in (maker, dana, other_lead, enrolment.user)
    }
    assert seen == {
        maker: [enrolment.assignment],
        dana: [enrolment.assignment],
        other_lead: [],
        enrolment.user: [],
    }


def test_enrolments_are_overseen_as_people_are(blue: Team, dana: User) -> None:
    enrolment = EnrolmentFactory(user=member(blue))
    EnrolmentFactory()
    assert list(enrolments_overseen_by(dana)) == [enrolment]
    assert list(enrolments_overseen_by(lead_of(TeamFactory()))) == []
    assert enrolments_overseen_by(PersonFactory(admin=True)).count() == 2


@pytest.mark.parametrize("rows", [1, 50])
def test_following_costs_the_same_queries_for_any_number_of_rows(
    rows: int, blue: Team, dana: User, django_assert_num_queries: Callable[..., object]
) -> None:
    lesson = LessonFactory()
    assignment = AssignmentFactory(module=lesson.module, made_by=dana)
    priya = member(blue)
    for number in range(rows):
        person = member(blue, f"Agent {number}")
        EnrolmentFactory(user=person, module=lesson.module, assignment=assignment)
        EnrolmentFactory(user=priya)
    list(dana.led_paths)
    with django_assert_num_queries(3):
        assignment_page(assignment, dana, TOP, now=MONDAY)
    with django_assert_num_queries(3):
        person_learning(priya, now=MONDAY)
