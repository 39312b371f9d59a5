"""The bank follows what is published, and a question keeps its row as long as it keeps its id."""

import pytest

from courses.actions.publishing import publish_revision
from courses.models import BankQuestion
from tests.factories.contents import quiz_raw
from tests.factories.courses import LessonFactory, QuizFactory
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db


def test_publishing_a_quiz_puts_its_questions_into_the_bank() -> None:
    first, _second = quiz_raw()["items"]
    quiz = QuizFactory(published=quiz_raw(items=[first | {"tags": ["b", "a"]}, _second]))
    found = BankQuestion.objects.filter(activity=quiz).order_by("position")
    facts = found.values_list("step_id", "type", "behaviour", "skill", "difficulty", "tags")
    assert list(facts) == [
        ("first", "single_choice", "AL1", "listening", 0.7, ["a", "b"]),
        ("second", "true_false", _second["behaviour"], "listening", _second["difficulty"], []),
    ]


def test_another_revision_changes_rows_and_drops_what_is_not_asked_any_more() -> None:
    quiz = QuizFactory(published=quiz_raw())
    before = BankQuestion.objects.get(activity=quiz, step_id="first")
    first, _second = quiz_raw()["items"]
    made = publish_revision(quiz, quiz_raw(items=[first | {"title": "Other"}]), by=None, at=MONDAY)

    [after] = BankQuestion.objects.filter(activity=quiz)
    assert (after.pk, after.title, after.revision_id) == (before.pk, "Other", made.pk)
    assert after.shape == before.shape


def test_a_lesson_has_no_questions() -> None:
    LessonFactory()
    assert not BankQuestion.objects.exists()
