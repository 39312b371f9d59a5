"""Published content is parsed once per process, and read from the database only then."""

import pytest

from courses.content.parsing import ContentError
from courses.models import ContentRevision
from courses.queries.content import content_of
from tests.factories.contents import lesson_raw, quiz_raw
from tests.factories.courses import LessonFactory, QuizFactory

pytestmark = pytest.mark.django_db


def stored(activity) -> ContentRevision:
    return ContentRevision.objects.defer("content").get(pk=activity.live_revision_id)


def test_the_same_revision_is_the_same_content() -> None:
    lesson = LessonFactory(published=lesson_raw(title="Read once"))
    content = content_of(stored(lesson), "lesson")
    assert content.title == "Read once"
    assert content_of(stored(lesson), "lesson") is content


def test_the_content_is_fetched_by_the_first_request_only(django_assert_num_queries) -> None:
    lesson = LessonFactory(published=lesson_raw(title="Fetched once"))
    first, second = stored(lesson), stored(lesson)
    with django_assert_num_queries(1):
        content_of(first, "lesson")
    with django_assert_num_queries(0):
        content_of(second, "lesson")


def test_other_content_is_other_content() -> None:
    lesson = LessonFactory(published=lesson_raw(title="One thing"))
    quiz = QuizFactory(published=quiz_raw(title="Another"))
    assert content_of(stored(lesson), "lesson").title == "One thing"
    assert content_of(stored(quiz), "quiz").title == "Another"


def test_content_is_never_read_as_another_kind() -> None:
    lesson = LessonFactory(published=lesson_raw(title="A lesson"))
    content_of(stored(lesson), "lesson")
    with pytest.raises(ContentError):
        content_of(stored(lesson), "quiz")
