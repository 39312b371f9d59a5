"""Who needs a hand, and why."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from assessments.models import AttemptMode, AttemptState
from portal.coaching.queries.needs import Need, Reason, needs_seen_by
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.assigning import member_of
from tests.factories.coaching import a_pair, planned
from tests.factories.courses import EnrolmentFactory, LessonFactory, ProgressFactory, QuizFactory
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def fail(person: User, quiz: object, times: int, **fields: object) -> None:
    for number in range(1, times + 1):
        AttemptFactory(
            user=person,
            activity=quiz,
            number=number,
            state=AttemptState.FINISHED,
            finished_at=MONDAY,
            result={},
            is_passed=False,
            **{"mode": AttemptMode.ASSESSED, **fields},
        )


def test_late_stuck_out_of_tries_and_quiet_are_named_with_their_proof(
    pair: tuple[User, User],
) -> None:
    dana, priya = pair
    team = dana.memberships.get().team
    stuck, fine = member_of(team, name="Stuck"), member_of(team, name="Fine")
    later = MONDAY + 10 * DAY
    for person in (stuck, fine):
        person.last_login = later
        person.save()
    lesson = LessonFactory(module__title="Plain words")
    for person in (priya, stuck):
        EnrolmentFactory(
            user=person, module=lesson.module, due_on=FRIDAY + (person == stuck) * 30 * DAY
        )
    ProgressFactory(user=stuck, activity=lesson, last_seen_at=MONDAY)
    EnrolmentFactory(user=member_of(TeamFactory()), module=lesson.module)
    fail(priya, QuizFactory(title="The quiz"), 3)
    fail(fine, QuizFactory(), 2)
    fail(fine, QuizFactory(), 3, mode=AttemptMode.PRACTICE)
    session = planned(dana, priya, starts_at=later + DAY, at=MONDAY)

    found = needs_seen_by(dana, team=None, now=later)

    assert found.people == (
        Need(
            priya,
            (
                Reason("overdue", "Plain words", FRIDAY),
                Reason("tries", "The quiz", MONDAY.date()),
                Reason("quiet", since=priya.created_at.date()),
            ),
            None,
        ),
        Need(stuck, (Reason("stuck", "Plain words", MONDAY.date()),), None),
    )
    assert found.sessions == (session,)


@pytest.mark.parametrize("people", [1, 50])
def test_it_costs_the_same_queries_for_any_number_of_people(
    people: int, pair: tuple[User, User], django_assert_num_queries: Callable[..., object]
) -> None:
    dana, _ = pair
    for _ in range(people):
        EnrolmentFactory(user=member_of(dana.memberships.get().team))
    list(dana.led_paths)
    with django_assert_num_queries(6):
        assert len(needs_seen_by(dana, team=None, now=MONDAY + 30 * DAY).people) == people
