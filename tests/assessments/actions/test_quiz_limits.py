"""Limits of a quiz: how often and for how long, kept by the database and the server's clock."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from assessments.actions import expiring
from assessments.actions.attempts import AttemptClosed, NoAttemptsLeft
from assessments.actions.expiring import finish_expired_quizzes
from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.models import Attempt
from assessments.models.attempt import GRACE
from assessments.queries.brief import brief_of
from assessments.tasks import finish_expired_quizzes_task
from courses.actions.progress import set_progress_aside
from courses.actions.publishing import publish_revision
from courses.models import Activity, ActivityProgress
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import stored
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

DEADLINE = MONDAY + timedelta(minutes=20)
SECOND = timedelta(seconds=1)
LAST_MOMENT = DEADLINE + GRACE
TOO_LATE = LAST_MOMENT + SECOND
RIGHT = {"option": "A"}


@pytest.fixture
def priya() -> User:
    return PersonFactory()


def limited(**rules: Any) -> Activity:
    return QuizFactory(published=quiz_raw(**rules))


def begin(quiz: Activity, user: User, at=MONDAY) -> Attempt:
    return start_quiz(quiz, by=user, at=at)


def answer(attempt: Attempt, at, *, seq: int = 1, item_id: str = "first") -> Attempt:
    return answer_item(attempt.pk, seq=seq, item_id=item_id, payload=RIGHT, by=attempt.user, at=at)


def finish(attempt: Attempt, at=MONDAY) -> Attempt:
    return finish_quiz(attempt.pk, by=attempt.user, at=at)


def closings():
    return AuditEvent.objects.filter(verb="finished", subject_kind="assessments.attempt")


# How often


def test_without_a_limit_one_may_begin_as_often_as_one_likes(priya) -> None:
    quiz = limited()
    assert [finish(begin(quiz, priya)).number for _ in range(4)] == [1, 2, 3, 4]


def test_no_more_attempts_begin_than_the_quiz_allows(priya) -> None:
    quiz = limited(attempts=2)
    for _ in range(2):
        finish(begin(quiz, priya))
    with pytest.raises(NoAttemptsLeft, match="as often as it allows"):
        begin(quiz, priya)
    assert Attempt.objects.count() == 2
    assert begin(quiz, PersonFactory()).number == 1


def test_an_open_attempt_is_joined_even_if_it_is_the_last(priya) -> None:
    quiz = limited(attempts=1)
    assert begin(quiz, priya) == begin(quiz, priya)


def test_a_new_revision_neither_gives_attempts_back_nor_takes_the_open_one(priya) -> None:
    quiz = limited(attempts=2)
    finish(begin(quiz, priya))
    second = begin(quiz, priya)
    publish_revision(quiz, quiz_raw(attempts=1), by=None, at=MONDAY)
    quiz.refresh_from_db()
    assert begin(quiz, priya) == second
    finish(second)
    with pytest.raises(NoAttemptsLeft):
        begin(quiz, priya)


def test_when_the_module_comes_back_as_many_may_begin_again(priya) -> None:
    quiz = limited(attempts=1)
    finish(begin(quiz, priya))
    set_progress_aside([(priya.pk, quiz.module_id)], at=MONDAY + SECOND)
    again = finish(begin(quiz, priya, at=DEADLINE), DEADLINE)
    assert (again.number, brief_of(quiz, priya).attempts_left) == (2, 0)
    with pytest.raises(NoAttemptsLeft):
        begin(quiz, priya, at=DEADLINE)


@pytest.mark.django_db(transaction=True)
def test_twenty_starts_at_once_with_a_limit_of_one_give_one_attempt() -> None:
    quiz, priya = limited(attempts=1), PersonFactory()
    started = all_at_once([partial(begin, quiz, priya)] * 20)
    assert {getattr(one, "pk", one) for one in started} == {Attempt.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_starts_that_race_with_a_finish_never_pass_the_limit() -> None:
    quiz, priya = limited(attempts=2), PersonFactory()

    def begin_and_finish() -> Attempt:
        return finish(begin(quiz, priya))

    outcomes = all_at_once([begin_and_finish] * 12)
    assert all(isinstance(one, Attempt | NoAttemptsLeft) for one in outcomes)
    assert set(Attempt.objects.values_list("number", flat=True)) <= {1, 2}


# For how long


def test_the_deadline_is_set_when_it_begins_and_does_not_move(priya) -> None:
    quiz = limited(time_limit=20)
    attempt = begin(quiz, priya)
    assert begin(quiz, priya, at=MONDAY + timedelta(minutes=5)) == attempt
    assert Attempt.objects.get().deadline_at == DEADLINE


def test_without_a_time_limit_there_is_no_deadline(priya) -> None:
    assert begin(limited(), priya).deadline_at is None


@pytest.mark.parametrize("at", [MONDAY, DEADLINE, LAST_MOMENT])
def test_an_answer_counts_until_the_short_grace_is_over(priya, at) -> None:
    attempt = begin(limited(time_limit=20), priya)
    assert answer(attempt, at).next_seq == 2


def test_an_answer_after_the_grace_changes_nothing(priya) -> None:
    attempt = begin(limited(time_limit=20), priya)
    answer(attempt, MONDAY)
    before = stored(attempt)
    with pytest.raises(AttemptClosed, match="The time is up"):
        answer(attempt, TOO_LATE, seq=2, item_id="second")
    assert stored(attempt) == before


def test_an_acknowledged_answer_sent_again_after_the_grace_is_acknowledged_again(priya) -> None:
    attempt = begin(limited(time_limit=20), priya)
    answer(attempt, MONDAY)
    assert answer(attempt, TOO_LATE).next_seq == 2


@pytest.mark.parametrize(
    ("at", "state", "finished_at"),
    [
        (LAST_MOMENT, "finished", LAST_MOMENT),
        (TOO_LATE, "expired", DEADLINE),
        (DEADLINE + timedelta(days=9), "expired", DEADLINE),
    ],
)
def test_finishing_late_ends_it_at_its_deadline(priya, at, state, finished_at) -> None:
    attempt = begin(limited(time_limit=20), priya)
    answer(attempt, MONDAY)
    attempt = finish(attempt, at=at)
    assert (attempt.state, attempt.finished_at, attempt.points) == (state, finished_at, 50)
    assert closings().get().at == at


# The sweep


def test_the_sweep_closes_what_expired_from_what_was_saved(priya) -> None:
    attempt = begin(limited(time_limit=20), priya)
    answer(attempt, MONDAY)
    assert finish_expired_quizzes(now=TOO_LATE) == 1
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.finished_at) == ("expired", DEADLINE)
    assert (float(attempt.points), attempt.is_passed) == (50.0, True)
    assert ActivityProgress.objects.get().finished_at == DEADLINE


def test_the_sweep_leaves_alone_what_still_runs(priya) -> None:
    quiz = limited(time_limit=20)
    begin(quiz, priya)
    begin(limited(), priya)
    finish(begin(quiz, PersonFactory()))
    before = list(Attempt.objects.order_by("pk").values())
    assert finish_expired_quizzes(now=LAST_MOMENT) == 0
    assert list(Attempt.objects.order_by("pk").values()) == before


def test_attempts_that_fail_hold_up_no_later_one(priya, monkeypatch) -> None:
    monkeypatch.setattr(expiring, "MOST_AT_ONCE", 1)
    quiz = limited(time_limit=20)
    for _ in range(2):
        broken = begin(quiz, PersonFactory())
        earlier = {"drawn": ["gone"], "deadline_at": DEADLINE - timedelta(minutes=1)}
        Attempt.objects.filter(pk=broken.pk).update(**earlier)
    begin(quiz, priya)
    assert finish_expired_quizzes(now=TOO_LATE) == 1
    assert Attempt.objects.get(user=priya).state == "expired"


def test_a_second_sweep_finds_nothing(priya) -> None:
    begin(limited(time_limit=20), priya)
    assert [finish_expired_quizzes(now=TOO_LATE) for _ in range(2)] == [1, 0]
    assert closings().count() == 1


def test_one_that_cannot_be_scored_holds_up_no_other(priya, caplog) -> None:
    quiz = limited(time_limit=20)
    broken, fine = begin(quiz, priya), begin(quiz, PersonFactory(), at=MONDAY + SECOND)
    broken.answers.create(seq=1, step_id="first", payload={"option": "Z"}, answered_at=MONDAY)
    assert finish_expired_quizzes(now=TOO_LATE + SECOND) == 1
    assert list(Attempt.objects.open()) == [broken]
    assert Attempt.objects.get(pk=fine.pk).state == "expired"
    assert str(broken.pk) in caplog.text


@pytest.mark.django_db(transaction=True)
def test_sweeps_and_a_finish_at_once_close_each_attempt_once() -> None:
    quiz = limited(time_limit=20)
    attempts = [begin(quiz, PersonFactory()) for _ in range(6)]
    works = [partial(finish_expired_quizzes, now=TOO_LATE)] * 4
    outcomes = all_at_once([*works, partial(finish, attempts[0], TOO_LATE)])
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert set(Attempt.objects.values_list("state", flat=True)) == {"expired"}
    assert closings().count() == 6


def test_the_task_sweeps_by_the_servers_clock(priya) -> None:
    begin(limited(time_limit=20), priya)
    assert finish_expired_quizzes_task() == 1
