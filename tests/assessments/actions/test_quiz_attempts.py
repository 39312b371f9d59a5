"""Quizzes: each answer is kept on its own, and finishing scores exactly what was kept."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.actions.attempts import AnswerOutOfOrder, AttemptClosed, start_attempt
from assessments.actions.quiz_attempts import answer_item, finish_quiz
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import latest_responses
from assessments.queries.quiz_taken import quiz_taken
from assessments.responses import InvalidResponse
from assessments.scoring import score_quiz
from courses.models import Activity, ActivityProgress, ModuleCompletion
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, POINTS, TYPES, every_type_raw
from tests.factories.runs import stored
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(minutes=7)
WRONG = {"option": "B"}
RIGHT = {"option": "A"}


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory()


@pytest.fixture
def at_end() -> Activity:
    """A quiz of every type that keeps its feedback for the end."""
    return QuizFactory(published=every_type_raw(feedback="at_end"))


def begin(quiz: Activity, user: User) -> Attempt:
    return start_attempt(quiz, by=user, at=MONDAY, mode=AttemptMode.ASSESSED)


def answer(
    attempt: Attempt, item_id: str, payload: dict[str, Any], seq: int | None = None
) -> Attempt:
    return answer_item(
        attempt.pk,
        seq=seq or Attempt.objects.get(pk=attempt.pk).next_seq,
        item_id=item_id,
        payload=payload,
        by=attempt.user,
        at=LATER,
    )


def finish(attempt: Attempt) -> Attempt:
    return finish_quiz(attempt.pk, by=attempt.user, at=LATER)


def is_finished(quiz: Activity, user: User) -> bool:
    return ActivityProgress.objects.get(user=user, activity=quiz).finished_at is not None


# Answering


@pytest.mark.parametrize("item_type", TYPES)
def test_an_answer_of_each_type_is_kept_in_plain_values(at_end, priya, item_type: str) -> None:
    attempt = answer(begin(at_end, priya), item_type, KEPT[item_type])
    assert stored(attempt)["answers"] == [
        {"seq": 1, "step_id": item_type, "payload": KEPT[item_type], "answered_at": LATER}
    ]
    assert Attempt.objects.get().next_seq == 2


@pytest.mark.parametrize(
    ("item_type", "sent", "kept"),
    [
        ("multiple-choice", {"options": ["C", "A", "A"]}, {"options": ["A", "C"]}),
        ("single-choice", {"option": "A", "extra": "x" * 10_000}, {"option": "A"}),
        ("short-text", {"text": "  So. "}, {"text": "So.", "held": []}),
        ("short-text", {"text": "So.", "held": ["heard"]}, {"text": "So.", "held": ["heard"]}),
    ],
)
def test_only_the_answer_itself_is_kept(at_end, priya, item_type, sent, kept) -> None:
    attempt = answer(begin(at_end, priya), item_type, sent)
    assert stored(attempt)["answers"][0]["payload"] == kept


@pytest.mark.parametrize(
    ("item_id", "payload"),
    [("first", {}), ("first", {"option": "Z"}), ("nothing", RIGHT), ("second", {"option": "A"})],
)
def test_an_answer_that_cannot_be_used_changes_nothing(quiz, priya, item_id, payload) -> None:
    attempt = begin(quiz, priya)
    before = stored(attempt)
    with pytest.raises(InvalidResponse):
        answer(attempt, item_id, payload)
    assert stored(attempt) == before


def test_the_same_answer_sent_again_is_one_answer(at_end, priya) -> None:
    attempt = begin(at_end, priya)
    for _ in range(3):
        answer(attempt, "multiple-choice", {"options": ["B", "A"]}, seq=1)
    assert len(stored(attempt)["answers"]) == 1
    assert Attempt.objects.get().next_seq == 2


@pytest.mark.parametrize("seq", [1, 3, 99])
def test_a_stale_or_early_answer_changes_nothing(at_end, priya, seq: int) -> None:
    attempt = answer(begin(at_end, priya), "single-choice", RIGHT)
    before = stored(attempt)
    with pytest.raises(AnswerOutOfOrder):
        answer(attempt, "single-choice", WRONG, seq=seq)
    assert stored(attempt) == before


def test_while_feedback_waits_for_the_end_an_answer_may_change(at_end, priya) -> None:
    attempt = begin(at_end, priya)
    answer(attempt, "single-choice", WRONG)
    answer(attempt, "true-false", {"option": "true"})
    answer(attempt, "single-choice", RIGHT)
    assert latest_responses(attempt) == {"single-choice": RIGHT, "true-false": {"option": "true"}}
    assert len(stored(attempt)["answers"]) == 3


def test_once_feedback_was_seen_the_answer_stands(quiz, priya) -> None:
    attempt = answer(begin(quiz, priya), "first", WRONG)
    before = stored(attempt)
    with pytest.raises(AttemptClosed, match="so its answer stands"):
        answer(attempt, "first", RIGHT)
    assert stored(attempt) == before


def test_own_words_are_marked_by_their_writer_after_seeing_others(priya) -> None:
    attempt = begin(QuizFactory(published=every_type_raw()), priya)
    answer(attempt, "short-text", {"text": "I hear you."})
    answer(attempt, "short-text", {"text": "I hear you.", "held": ["heard"]})
    assert latest_responses(attempt) == {"short-text": {"text": "I hear you.", "held": ["heard"]}}


def test_another_persons_attempt_does_not_exist(quiz, priya) -> None:
    attempt = begin(quiz, priya)
    stranger = PersonFactory(admin=True)
    with pytest.raises(Attempt.DoesNotExist):
        answer_item(attempt.pk, seq=1, item_id="first", payload=RIGHT, by=stranger, at=LATER)
    with pytest.raises(Attempt.DoesNotExist):
        finish_quiz(attempt.pk, by=stranger, at=LATER)


# Finishing


def test_finishing_scores_what_was_answered(quiz, priya) -> None:
    attempt = begin(quiz, priya)
    answer(attempt, "first", RIGHT)
    answer(attempt, "second", {"option": "false"})

    finish(attempt)

    found = Attempt.objects.get()
    assert (found.state, found.finished_at, found.points, found.is_passed) == (
        "finished",
        LATER,
        50,
        True,
    )
    assert found.result == {
        "points": 1.0,
        "out_of": 2,
        "items": {
            "first": {"answered": True, "points": 1.0, "right": True},
            "second": {"answered": True, "points": 0.0, "right": False},
        },
    }


def test_what_was_not_answered_earns_nothing(quiz, priya) -> None:
    attempt = finish(begin(quiz, priya))
    assert (float(attempt.points), attempt.is_passed) == (0, False)
    assert attempt.result["items"]["first"] == {"answered": False, "points": 0.0, "right": None}


def test_own_words_count_neither_way(at_end, priya) -> None:
    attempt = begin(at_end, priya)
    for item_type in TYPES:
        answer(attempt, item_type, KEPT[item_type])
    attempt = finish(attempt)
    assert (attempt.result["points"], attempt.result["out_of"], attempt.points) == (
        POINTS,
        POINTS,
        100,
    )
    assert attempt.result["items"]["short-text"] == {
        "answered": True,
        "points": None,
        "right": None,
    }


def test_the_last_answer_is_what_counts(at_end, priya) -> None:
    attempt = begin(at_end, priya)
    answer(attempt, "single-choice", WRONG)
    answer(attempt, "single-choice", RIGHT)
    assert finish(attempt).result["items"]["single-choice"]["points"] == 1


def test_passing_finishes_the_activity_and_the_module(quiz, priya) -> None:
    attempt = begin(quiz, priya)
    answer(attempt, "first", RIGHT)
    assert not is_finished(quiz, priya)
    finish(attempt)
    assert is_finished(quiz, priya)
    assert ModuleCompletion.objects.get().user == priya


def test_not_passing_leaves_it_open_for_another_try(quiz, priya) -> None:
    finish(begin(quiz, priya))
    assert not is_finished(quiz, priya)
    second = begin(quiz, priya)
    assert second.number == 2
    answer(second, "first", RIGHT)
    finish(second)
    assert is_finished(quiz, priya)


def test_finishing_twice_changes_nothing(quiz, priya) -> None:
    attempt = begin(quiz, priya)
    finish(attempt)
    before = stored(attempt)
    finish_quiz(attempt.pk, by=priya, at=LATER + timedelta(days=1))
    assert stored(attempt) == before
    assert AuditEvent.objects.filter(subject_kind="assessments.attempt").count() == 1


def test_a_finished_quiz_takes_no_answer_but_acknowledges_old_ones(quiz, priya) -> None:
    attempt = answer(begin(quiz, priya), "first", RIGHT)
    finish(attempt)
    before = stored(attempt)
    with pytest.raises(AttemptClosed):
        answer(attempt, "second", {"option": "true"}, seq=2)
    assert not answer(attempt, "first", RIGHT, seq=1).is_open
    assert stored(attempt) == before


@pytest.mark.django_db(transaction=True)
def test_answers_and_the_finish_at_the_same_moment_leave_a_score_of_what_is_kept() -> None:
    quiz = QuizFactory(published=every_type_raw(feedback="at_end"))
    attempt = begin(quiz, PersonFactory())
    works = [partial(answer, attempt, "single-choice", RIGHT, 1), partial(finish, attempt)] * 4
    outcomes = all_at_once(works)
    assert all(isinstance(one, Attempt | AttemptClosed) for one in outcomes)
    attempt.refresh_from_db()
    found = score_quiz(quiz_taken(attempt), latest_responses(attempt))
    assert attempt.result["points"] == found.points
    assert AuditEvent.objects.filter(subject_kind="assessments.attempt").count() == 1


# Any answers

PAYLOADS = {
    "single-choice": st.fixed_dictionaries({"option": st.sampled_from("ABC")}),
    "multiple-choice": st.fixed_dictionaries(
        {"options": st.lists(st.sampled_from("ABC"), min_size=1, unique=True)}
    ),
    "true-false": st.fixed_dictionaries({"option": st.sampled_from(["true", "false"])}),
    "ordering": st.fixed_dictionaries({"order": st.permutations("ABC")}),
    "best-worst": st.permutations("ABC").map(lambda one: {"best": one[0], "worst": one[1]}),
    "rate-each": st.fixed_dictionaries(
        {"ratings": st.fixed_dictionaries({one: st.integers(1, 5) for one in "ABC"})}
    ),
    "short-text": st.fixed_dictionaries({"text": st.text(min_size=1).filter(str.strip)}),
}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_answers_are_scored_exactly_as_scoring_does(db, data) -> None:
    quiz = QuizFactory(published=every_type_raw(feedback="at_end"))
    attempt = begin(quiz, PersonFactory())
    for item_type in data.draw(st.lists(st.sampled_from([*PAYLOADS]), max_size=12)):
        answer(attempt, item_type, data.draw(PAYLOADS[item_type]))

    attempt = finish(attempt)

    found = score_quiz(quiz_taken(attempt), latest_responses(attempt))
    not_kept = {"awaits_marking": False}
    items = [{"item_id": one, **score} | not_kept for one, score in attempt.result["items"].items()]
    assert items == [asdict(one) for one in found.items]
    assert attempt.result["points"] == found.points
    assert (attempt.is_passed, attempt.points) == (found.passed, round(found.percent, 3))


@pytest.mark.parametrize("answers", [0, 40])
def test_an_answer_takes_four_queries_early_and_late(
    at_end, priya, answers: int, django_assert_num_queries
) -> None:
    attempt = begin(at_end, priya)
    for seq in range(answers):
        answer(attempt, "single-choice", [RIGHT, WRONG][seq % 2])
    with django_assert_num_queries(4):
        answer_item(
            attempt.pk,
            seq=answers + 1,
            item_id="true-false",
            payload=KEPT["true-false"],
            by=priya,
            at=LATER,
        )
