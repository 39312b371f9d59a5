"""Authors see all content with what learners read, archived or not."""

from datetime import timedelta

import pytest

from courses.actions.publishing import publish_revision
from courses.queries.authoring import content_outline, revisions_of
from tests.factories.contents import lesson_raw
from tests.factories.courses import (
    ActivityFactory,
    CourseFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


def outline() -> dict[str, dict[str, list[tuple[str, int | None, int]]]]:
    """Return course → module → activity, number of the live revision, number of revisions."""
    return {
        course.title: {
            module.title: [
                (
                    one.title,
                    one.live.number if one.live else None,
                    one.revision_count,
                )
                for one in module.activities
            ]
            for module in course.modules
        }
        for course in content_outline()
    }


def test_everything_is_listed_in_its_order_with_its_revisions() -> None:
    course = CourseFactory(title="Listening")
    module = ModuleFactory(course=course, title="First")
    lesson = LessonFactory(module=module, title="A lesson", position=1)
    publish_revision(lesson, lesson_raw(title="Better"), by=None, at=TUESDAY)
    ActivityFactory(module=module, title="A draft", position=3)
    QuizFactory(module=module, title="An old quiz", position=2, archived_at=MONDAY)
    ModuleFactory(course=course, title="Empty")
    CourseFactory(title="Archived", archived_at=MONDAY)

    assert outline() == {
        "Listening": {
            "First": [("A lesson", 2, 2), ("An old quiz", 1, 1), ("A draft", None, 0)],
            "Empty": [],
        },
        "Archived": {},
    }


@pytest.mark.parametrize("count", [1, 50])
def test_any_outline_takes_one_query(count: int, django_assert_num_queries) -> None:
    author = PersonFactory(author=True)
    for number in range(count):
        lesson = LessonFactory()
        publish_revision(lesson, lesson_raw(title=f"{number}"), by=author, at=TUESDAY)
    with django_assert_num_queries(1):
        names = [
            activity.live and activity.live.published_by
            for course in content_outline()
            for module in course.modules
            for activity in module.activities
        ]
    assert names == [author.name] * count


def test_revisions_come_newest_first_without_their_content(django_assert_num_queries) -> None:
    author = PersonFactory(author=True)
    lesson = LessonFactory()
    LessonFactory()
    publish_revision(lesson, lesson_raw(title="Better"), by=author, at=TUESDAY)
    with django_assert_num_queries(1):
        found = list(revisions_of(lesson))
        assert [(one.number, one.published_by) for one in found] == [(2, author), (1, None)]
    assert {"content", "media"} <= found[0].get_deferred_fields()
