"""A lesson as its reader sees it: what was read, written and chosen so far."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from courses.actions.progress import finish_activity, note_place, save_block_response
from courses.actions.publishing import publish_revision
from courses.models import Activity
from courses.queries.lesson import LessonPage, lesson_page
from portal.people.models import User
from tests.factories.contents import lesson_raw
from tests.factories.courses import LessonFactory, QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def lesson() -> Activity:
    return LessonFactory()


def page_of(lesson: Activity, user: User) -> LessonPage:
    found = Activity.objects.select_related("live_revision", "module__course").get(pk=lesson.pk)
    return lesson_page(found, user)


def outline(page: LessonPage) -> list[tuple[str, bool, bool]]:
    return [(step.title, step.is_read, step.is_current) for step in page.steps]


def read_to(lesson: Activity, place: str, *, by: User) -> None:
    note_place(lesson, lesson.live_revision, by=by, at=MONDAY, place=place)


# Where the reader is


def test_an_unread_lesson_begins_at_its_first_step(lesson, priya) -> None:
    page = page_of(lesson, priya)
    assert (page.place, page.percent) == ("", 0)
    assert outline(page) == [("Why", False, True), ("You", False, False), ("Try it", False, False)]


def test_the_place_says_what_was_read(lesson, priya) -> None:
    read_to(lesson, "mine", by=priya)
    page = page_of(lesson, priya)
    assert (page.place, page.percent) == ("mine", 33)
    assert outline(page) == [("Why", True, False), ("You", False, True), ("Try it", False, False)]


def test_a_finished_lesson_is_read_as_a_whole(lesson, priya) -> None:
    finish_activity(lesson, lesson.live_revision, by=priya, at=MONDAY)
    page = page_of(lesson, priya)
    assert page.percent == 100
    assert outline(page) == [("Why", True, False), ("You", True, False), ("Try it", True, False)]


def test_a_place_that_a_new_revision_no_longer_has_is_forgotten(lesson, priya) -> None:
    read_to(lesson, "check", by=priya)
    publish_revision(lesson, lesson_raw(blocks=lesson_raw()["blocks"][:2]), by=None, at=TUESDAY)
    page = page_of(lesson, priya)
    assert (page.place, page.percent) == ("", 0)


def test_what_comes_before_and_after(priya) -> None:
    first = LessonFactory(position=1)
    second = LessonFactory(module=first.module, position=2)
    third = QuizFactory(module=first.module, position=3)
    around = {
        page.number: (
            page.previous and page.previous.activity_id,
            page.own_step.activity_id,
            page.following and page.following.activity_id,
        )
        for page in (page_of(first, priya), page_of(second, priya))
    }
    assert around == {1: (None, first.pk, second.pk), 2: (first.pk, second.pk, third.pk)}


# What the reader wrote and chose


def test_before_choosing_a_view_of_a_quick_check_holds_no_judgement(lesson, priya) -> None:
    page = page_of(lesson, priya)
    view = page.view_of(page.lesson.block("check"))
    assert (view.judgement, view.text, view.is_saved) == (None, "", False)
    assert view.template == "courses/blocks/quick_check.html"


def test_after_choosing_it_holds_the_judgement_of_that_option_only(lesson, priya) -> None:
    save_block_response(lesson.live_revision, "check", by=priya, at=MONDAY, option_id="B")
    page = page_of(lesson, priya)
    judgement = page.view_of(page.lesson.block("check")).judgement
    assert asdict(judgement) == {
        "option_id": "B",
        "right": False,
        "feedback": "This is what B does.",
    }


def test_words_are_shown_to_their_writer_only(lesson, priya) -> None:
    save_block_response(lesson.live_revision, "mine", by=priya, at=MONDAY, text="At the dentist.")
    views = []
    for reader in (priya, PersonFactory()):
        page = page_of(lesson, reader)
        views.append(page.view_of(page.lesson.block("mine")))
    assert [(view.text, view.is_saved) for view in views] == [
        ("At the dentist.", True),
        ("", False),
    ]


def test_words_that_could_not_be_saved_stand_before_those_that_were(lesson, priya) -> None:
    save_block_response(lesson.live_revision, "mine", by=priya, at=MONDAY, text="Short.")
    page = page_of(lesson, priya)
    view = page.view_of(page.lesson.block("mine"), unsaved="Too long.", error="Shorten it.")
    assert (view.text, view.is_saved, view.error) == ("Too long.", False, "Shorten it.")


def test_words_belong_to_the_revision_they_were_written_for(lesson, priya) -> None:
    save_block_response(lesson.live_revision, "mine", by=priya, at=MONDAY, text="Then.")
    publish_revision(lesson, lesson_raw(title="Better"), by=None, at=TUESDAY)
    assert page_of(lesson, priya).responses == {}


@pytest.mark.parametrize("count", [1, 50])
def test_any_lesson_takes_two_queries(priya, count: int, django_assert_num_queries) -> None:
    block = {"type": "reflection", "prompt": "When did you wait?"}
    blocks = [{"id": f"b-{n}", "heading": f"Step {n}"} | block for n in range(count)]
    lesson = LessonFactory(published=lesson_raw(blocks=blocks))
    for one in blocks:
        save_block_response(lesson.live_revision, one["id"], by=priya, at=MONDAY, text="So.")
    page_of(lesson, priya)  # parses the content, once for each process
    found = Activity.objects.select_related("live_revision").get(pk=lesson.pk)
    with django_assert_num_queries(2):
        page = lesson_page(found, priya)
        assert len(page.steps) == count
