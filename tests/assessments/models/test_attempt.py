"""What the database keeps of attempts, whatever code forgets."""

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Attempt, AttemptState
from tests.factories.assessments import AnswerFactory, AttemptFactory
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_one_attempt_is_open_at_a_time() -> None:
    first = AttemptFactory()
    with refused("one_open_attempt_per_person_and_activity"), transaction.atomic():
        AttemptFactory(user=first.user, activity=first.activity)
    AttemptFactory(user=first.user)
    AttemptFactory(activity=first.activity)
    AttemptFactory(user=first.user, activity=first.activity, finished=True)


def test_a_number_is_used_once_for_each_mode() -> None:
    first = AttemptFactory(finished=True, number=1)
    same = {"user": first.user, "activity": first.activity, "finished": True, "number": 1}
    with refused("attempt_number_is_unique"), transaction.atomic():
        AttemptFactory(**same)
    AttemptFactory(**same, mode="assessed")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": AttemptState.OPEN, "finished_at": MONDAY},
        {"state": AttemptState.OPEN, "result": {}},
        {"state": AttemptState.FINISHED, "result": {}},
        {"state": AttemptState.EXPIRED, "finished_at": MONDAY},
    ],
)
def test_an_end_has_a_time_and_a_result(fields) -> None:
    with refused("attempt_finished_fields_together"), transaction.atomic():
        AttemptFactory(**fields)


def test_an_answer_has_its_own_number() -> None:
    answer = AnswerFactory()
    with refused("answer_number_is_unique_in_its_attempt"), transaction.atomic():
        AnswerFactory(attempt=answer.attempt)


def test_attempts_and_answers_say_what_they_are() -> None:
    answer = AnswerFactory(attempt__user__name="Priya Raman", attempt__activity__title="Two bills")
    attempt = answer.attempt
    assert str(attempt) == f"Priya Raman: Two bills (practice {attempt.number})"
    assert str(answer) == f"{attempt.pk} #1"
    assert list(Attempt.objects.open()) == [attempt]
    assert attempt.is_open
