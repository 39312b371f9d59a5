"""Attempts: starting twice joins, one answer counts once, and the order cannot be broken."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from assessments.actions.attempts import (
    AnswerOutOfOrder,
    AttemptClosed,
    close_attempt,
    locked_attempt,
    start_attempt,
    take_answer,
)
from assessments.models import Answer, Attempt, AttemptMode, AttemptState
from courses.actions.publishing import publish_revision
from courses.models import Activity, ActivityKind, ActivityProgress
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory()


def start(
    quiz: Activity, user: User, mode: AttemptMode = AttemptMode.ASSESSED, at=MONDAY
) -> Attempt:
    return start_attempt(quiz, by=user, at=at, mode=mode)


def close(attempt: Attempt, at=TUESDAY) -> None:
    close_attempt(attempt, at=at, result={"items": {}}, points=75.5, is_passed=True)


def answer(attempt: Attempt, seq: int, option: str = "A", step_id: str = "first") -> bool:
    """Take an answer as an action does: locked, in one transaction, saved at the end."""
    with transaction.atomic():
        locked = locked_attempt(attempt.pk, by=attempt.user, kind=ActivityKind.QUIZ)
        is_new = take_answer(
            locked, seq=seq, step_id=step_id, payload={"option": option}, at=TUESDAY
        )
        locked.save()
    return is_new


def answers_of(attempt: Attempt) -> list[tuple]:
    return list(attempt.answers.values_list("seq", "step_id", "payload"))


# Starting


def test_an_attempt_begins_on_what_learners_read_now(quiz, priya) -> None:
    attempt = start(quiz, priya)
    attempt.refresh_from_db()
    assert (attempt.user, attempt.activity, attempt.revision) == (priya, quiz, quiz.live_revision)
    assert (attempt.mode, attempt.number, attempt.state) == ("assessed", 1, "open")
    assert (attempt.next_seq, attempt.started_at, attempt.result) == (1, MONDAY, None)


def test_starting_is_progress_in_the_activity(quiz, priya) -> None:
    start(quiz, priya)
    progress = ActivityProgress.objects.get()
    assert (progress.user, progress.activity, progress.started_at) == (priya, quiz, MONDAY)
    assert progress.finished_at is None


def test_starting_again_joins_the_open_attempt(quiz, priya) -> None:
    first = start(quiz, priya)
    assert start(quiz, priya, at=TUESDAY) == first
    assert start(quiz, priya, AttemptMode.PRACTICE) == first
    assert Attempt.objects.get().started_at == MONDAY


def test_an_open_attempt_stays_on_its_revision(quiz, priya) -> None:
    first = start(quiz, priya)
    publish_revision(quiz, quiz_raw(title="Better"), by=None, at=TUESDAY)
    quiz.refresh_from_db()
    assert start(quiz, priya).revision == first.revision != quiz.live_revision


def test_numbers_go_on_within_a_mode(quiz, priya) -> None:
    made = []
    for mode in (AttemptMode.ASSESSED, AttemptMode.PRACTICE, AttemptMode.ASSESSED):
        attempt = start(quiz, priya, mode)
        made.append((attempt.mode, attempt.number))
        close(attempt)
    assert made == [("assessed", 1), ("practice", 1), ("assessed", 2)]


def test_people_and_activities_do_not_share_attempts(quiz, priya) -> None:
    attempts = {start(quiz, priya), start(quiz, PersonFactory()), start(QuizFactory(), priya)}
    assert len(attempts) == 3


def test_every_attempt_shuffles_in_its_own_way(quiz) -> None:
    seeds = {start(quiz, PersonFactory()).seed for _ in range(5)}
    assert len(seeds) == 5


@pytest.mark.django_db(transaction=True)
def test_twenty_starts_at_the_same_moment_give_one_attempt() -> None:
    quiz, priya = QuizFactory(), PersonFactory()
    started = all_at_once([partial(start, quiz, priya)] * 20)
    assert {getattr(one, "pk", one) for one in started} == {Attempt.objects.get().pk}
    assert ActivityProgress.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_starts_in_different_modes_give_one_attempt() -> None:
    quiz, priya = QuizFactory(), PersonFactory()
    works = [partial(start, quiz, priya, mode) for mode in [*AttemptMode] * 7]
    started = all_at_once(works[:20])
    assert {getattr(one, "pk", one) for one in started} == {Attempt.objects.get().pk}


# Answering


def test_answers_are_numbered_without_a_gap(quiz, priya) -> None:
    attempt = start(quiz, priya)
    assert [answer(attempt, 1), answer(attempt, 2, "B", "second")] == [True, True]
    assert answers_of(attempt) == [(1, "first", {"option": "A"}), (2, "second", {"option": "B"})]
    assert Attempt.objects.get().next_seq == 3
    assert Answer.objects.first().answered_at == TUESDAY


def test_the_same_answer_sent_again_is_one_answer(quiz, priya) -> None:
    attempt = start(quiz, priya)
    answer(attempt, 1)
    answer(attempt, 2, "B")
    assert [answer(attempt, 1), answer(attempt, 2, "B")] == [False, False]
    assert len(answers_of(attempt)) == 2
    assert Attempt.objects.get().next_seq == 3


@pytest.mark.parametrize(("option", "step_id"), [("B", "first"), ("A", "second")])
def test_a_number_that_was_used_for_another_answer_is_refused(quiz, priya, option, step_id) -> None:
    attempt = start(quiz, priya)
    answer(attempt, 1)
    with pytest.raises(AnswerOutOfOrder, match="This went on somewhere else"):
        answer(attempt, 1, option, step_id)
    assert answers_of(attempt) == [(1, "first", {"option": "A"})]


def test_an_answer_that_came_too_early_is_refused(quiz, priya) -> None:
    attempt = start(quiz, priya)
    with pytest.raises(AnswerOutOfOrder, match="An earlier answer has not arrived yet"):
        answer(attempt, 2)
    assert (answers_of(attempt), Attempt.objects.get().next_seq) == ([], 1)


def test_a_closed_attempt_takes_no_more(quiz, priya) -> None:
    attempt = start(quiz, priya)
    answer(attempt, 1)
    close(Attempt.objects.get())
    with pytest.raises(AttemptClosed, match="This is finished, so nothing was changed"):
        answer(attempt, 2)
    assert answers_of(attempt) == [(1, "first", {"option": "A"})]


def test_a_replay_of_an_acknowledged_answer_is_fine_even_after_the_end(quiz, priya) -> None:
    attempt = start(quiz, priya)
    answer(attempt, 1)
    close(Attempt.objects.get())
    assert answer(attempt, 1) is False


def test_another_persons_attempt_does_not_exist(quiz, priya) -> None:
    attempt = start(quiz, priya)
    with pytest.raises(Attempt.DoesNotExist), transaction.atomic():
        locked_attempt(attempt.pk, by=PersonFactory(admin=True), kind=ActivityKind.QUIZ)


def test_an_attempt_of_another_kind_does_not_exist(quiz, priya) -> None:
    attempt = start(quiz, priya)
    with pytest.raises(Attempt.DoesNotExist), transaction.atomic():
        locked_attempt(attempt.pk, by=priya, kind=ActivityKind.SCENARIO)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_cannot_fork_an_attempt() -> None:
    attempt = start(QuizFactory(), PersonFactory())
    outcomes = all_at_once([partial(answer, attempt, 1, option) for option in "ABCD"])
    assert [one for one in outcomes if one is True] == [True]
    assert sum(isinstance(one, AnswerOutOfOrder) for one in outcomes) == 3
    assert len(answers_of(attempt)) == 1


@pytest.mark.django_db(transaction=True)
def test_one_answer_sent_by_ten_tabs_is_one_answer() -> None:
    attempt = start(QuizFactory(), PersonFactory())
    outcomes = all_at_once([partial(answer, attempt, 1)] * 10)
    assert sorted(outcomes) == [False] * 9 + [True]
    assert len(answers_of(attempt)) == 1


# Closing


def test_closing_keeps_the_result_and_writes_it_down(quiz, priya) -> None:
    close(start(quiz, priya))
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.finished_at) == (AttemptState.FINISHED, TUESDAY)
    assert (attempt.result, float(attempt.points), attempt.is_passed) == ({"items": {}}, 75.5, True)
    event = AuditEvent.objects.get(verb="finished")
    assert (event.actor_id, event.subject_kind, event.subject_id, event.at) == (
        priya.pk,
        "assessments.attempt",
        str(attempt.pk),
        TUESDAY,
    )
    assert event.details == {"mode": "assessed", "is_passed": True}


def test_an_attempt_can_run_out_of_time() -> None:
    attempt = AttemptFactory()
    close_attempt(
        attempt,
        at=TUESDAY,
        result={},
        points=None,
        is_passed=False,
        state=AttemptState.EXPIRED,
    )
    assert Attempt.objects.get().state == "expired"
