"""A draft takes over questions that learners are asked now, by their address."""

import pytest

from courses.forms.author import DraftForm
from courses.models import Activity
from courses.queries.reuse import question_at
from tests.factories.contents import quiz_raw
from tests.factories.courses import LessonFactory, QuizFactory

pytestmark = pytest.mark.django_db


def address_of(activity: Activity, item_id: str = "first") -> str:
    module = activity.module
    return f"{module.course.slug}/{module.slug}/{activity.slug}#{item_id}"


def test_a_question_is_found_at_its_address() -> None:
    quiz = QuizFactory(published=quiz_raw())
    assert question_at(address_of(quiz)) == quiz_raw()["items"][0]


def test_what_is_no_question_of_a_live_quiz_is_not_found() -> None:
    quiz, lesson = QuizFactory(published=quiz_raw()), LessonFactory()
    wrong = [address_of(quiz, "third"), address_of(lesson), "a/b", "", "a/b/c\x00#first"]
    assert [question_at(one) for one in wrong] == [None] * len(wrong)


def test_a_draft_is_saved_with_the_question_written_out() -> None:
    address = address_of(QuizFactory(published=quiz_raw()))
    form = DraftForm({"text": f"title: Mine\nitems:\n  - use: {address}\n", "version": 0})
    assert form.is_valid()
    assert form.content["items"] == [quiz_raw()["items"][0] | {"origin": address}]


def test_a_draft_with_an_address_that_leads_nowhere_is_told_so_beside_the_text() -> None:
    form = DraftForm({"text": "items:\n  - use: a/b/c#d\n", "version": 0})
    assert not form.is_valid()
    assert "items[0].use: There is no question “a/b/c#d”" in form.errors["text"][0]
