"""Who needs a hand, and why."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from assessments.models import AttemptMode, AttemptState
from assessments.queries.missed_moments import moments_missed_often
from courses.queries.team import TeamFilter
from portal.coaching.queries.needs import Need, Reason, needs_seen_by, reasons_of
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.assigning import member_of
from tests.factories.coaching import a_pair, planned
from tests.factories.courses import (
    EnrolmentFactory,
    LessonFactory,
    ProgressFactory,
    QuizFactory,
    ScenarioFactory,
)
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import TeamFactory
from tests.factories.runs import begin_run, play
from tests.factories.scenarios import small_raw

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

    found = needs_seen_by(dana, TeamFilter(), now=later)

    late, slow = priya.enrolments.get(), stuck.enrolments.get()
    last_try = priya.attempts.get(number=3)
    assert found.people == (
        Need(
            priya,
            (
                Reason("overdue", "Plain words", FRIDAY, f"/team/people/{priya.pk}/#h-{late.pk}"),
                Reason("tries", "The quiz", MONDAY.date(), f"/attempts/{last_try.pk}/results/"),
                Reason("quiet", since=priya.created_at.date(), proof=f"/team/people/{priya.pk}/"),
            ),
            None,
        ),
        Need(
            stuck,
            (
                Reason(
                    "stuck", "Plain words", MONDAY.date(), f"/team/people/{stuck.pk}/#h-{slow.pk}"
                ),
            ),
            None,
        ),
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
    with django_assert_num_queries(11):
        assert len(needs_seen_by(dana, TeamFilter(), now=MONDAY + 30 * DAY).people) == people


def test_what_may_be_late_is_told_while_there_is_time(pair: tuple[User, User]) -> None:
    _, priya = pair
    priya.last_login = MONDAY
    lesson = LessonFactory(module__title="Plain words")
    duty = EnrolmentFactory(user=priya, module=lesson.module, due_on=FRIDAY)
    proof = f"/team/people/{priya.pk}/#h-{duty.pk}"
    assert reasons_of(priya, now=MONDAY) == []
    assert reasons_of(priya, now=MONDAY + DAY) == [
        Reason("risk", "Plain words", FRIDAY, proof, "not_begun", 0, 1)
    ]
    ProgressFactory(user=priya, activity=lesson, last_seen_at=MONDAY + DAY, handed_in_at=MONDAY)
    assert reasons_of(priya, now=MONDAY + DAY) == []


def test_a_moment_missed_in_three_runs_that_the_lead_may_see_is_named(
    pair: tuple[User, User],
) -> None:
    _, priya = pair
    call = ScenarioFactory(published=small_raw())
    for n in range(3):
        at = MONDAY + n * DAY
        last = play(begin_run(call, priya, AttemptMode.ASSESSED, at=at), ("B", "B", "B"), at)
    found = [one for one in reasons_of(priya, now=MONDAY + 3 * DAY) if one.kind == "moment"]
    proof = f"/attempts/{last.pk}/debrief/"
    on = (MONDAY + 2 * DAY).date()
    assert found == [
        Reason("moment", last.activity.title, on, proof, "The moment hello", 3),
    ]


def test_what_one_practices_by_oneself_is_not_looked_at(pair: tuple[User, User]) -> None:
    _, priya = pair
    call = ScenarioFactory(published=small_raw())
    for n in range(3):
        play(begin_run(call, priya, at=MONDAY + n * DAY), ("B", "B", "B"))
    assert moments_missed_often([priya.pk]) == []
