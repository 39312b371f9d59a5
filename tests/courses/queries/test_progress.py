"""How far somebody is: finished steps, the next one, and a percentage that never says too much."""

from datetime import timedelta

import pytest

from courses.actions.publishing import publish_revision
from courses.queries.progress import ModuleProgress, Step, activities_on_offer, progress_in
from tests.factories.contents import lesson_raw
from tests.factories.courses import (
    ActivityFactory,
    LessonFactory,
    ModuleFactory,
    ProgressFactory,
    QuizFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

TUESDAY = MONDAY + timedelta(days=1)


def step(number: int, *, started=None, finished=None) -> Step:
    return Step(number, f"step-{number}", "lesson", f"Step {number}", 5, started, finished)


DONE = {"started": MONDAY, "finished": TUESDAY}


def test_a_module_without_steps_is_neither_started_nor_finished() -> None:
    progress = ModuleProgress(())
    assert (progress.total, progress.done, progress.percent, progress.minutes_left) == (0, 0, 0, 0)
    assert (progress.is_started, progress.is_finished) == (False, False)
    assert (progress.next_step, progress.last_seen_at) == (None, None)


def test_halfway_through() -> None:
    begun = step(2, started=TUESDAY)
    progress = ModuleProgress((step(1, **DONE), begun, step(3)))
    assert (progress.total, progress.done, progress.percent, progress.minutes_left) == (
        3,
        1,
        33,
        10,
    )
    assert (progress.is_started, progress.is_finished) == (True, False)
    assert (progress.next_step, progress.next_number, progress.last_seen_at) == (begun, 2, TUESDAY)


def test_everything_finished() -> None:
    progress = ModuleProgress((step(1, **DONE), step(2, **DONE)))
    assert (progress.percent, progress.is_finished, progress.next_step) == (100, True, None)
    assert (progress.next_number, progress.minutes_left) == (2, 0)


@pytest.mark.parametrize(("total", "percents"), [(3, [0, 33, 66, 100]), (7, [0, 14, 28, 42])])
def test_percent_is_rounded_down_so_that_100_means_all(total: int, percents: list[int]) -> None:
    counted = [
        ModuleProgress(
            tuple(step(n, **(DONE if n < done else {})) for n in range(total)),
        ).percent
        for done in range(len(percents))
    ]
    assert counted == percents


def test_the_next_step_is_the_first_gap() -> None:
    gap = step(1)
    progress = ModuleProgress((gap, step(2, **DONE)))
    assert (progress.next_step, progress.next_number) == (gap, 1)


@pytest.mark.parametrize(
    ("times", "is_started", "is_finished"),
    [({}, False, False), ({"started": MONDAY}, True, False), (DONE, False, True)],
)
def test_a_step_is_started_until_it_is_finished(times, is_started, is_finished) -> None:
    one = step(1, **times)
    assert (one.is_started, one.is_finished) == (is_started, is_finished)
    assert one.kind_name == "Lesson"


# From the database


@pytest.mark.django_db
def test_only_what_learners_can_take_is_on_offer_in_the_order_of_the_module() -> None:
    module = ModuleFactory()
    second, first = (LessonFactory(module=module, position=place) for place in (2, 1))
    ActivityFactory(module=module)
    LessonFactory(module=module, archived_at=MONDAY)
    assert list(activities_on_offer()) == [first, second]


@pytest.mark.django_db
def test_progress_is_ones_own() -> None:
    priya = PersonFactory()
    lesson = LessonFactory(position=1)
    quiz = QuizFactory(module=lesson.module, position=2)
    ProgressFactory(user=priya, activity=lesson, finished=True)
    ProgressFactory(activity=quiz, finished=True)  # somebody else's

    found = progress_in([lesson.module_id], user=priya)

    assert found == {
        lesson.module_id: ModuleProgress(
            (
                Step(
                    lesson.pk,
                    lesson.slug,
                    "lesson",
                    lesson.title,
                    lesson.minutes,
                    MONDAY,
                    MONDAY + timedelta(minutes=5),
                ),
                Step(quiz.pk, quiz.slug, "quiz", quiz.title, quiz.minutes, None, None),
            )
        )
    }


@pytest.mark.django_db
def test_a_new_revision_does_not_take_the_finish_away() -> None:
    progress = ProgressFactory(finished=True)
    publish_revision(progress.activity, lesson_raw(title="Better"), by=None, at=TUESDAY)
    module = progress.activity.module_id
    assert progress_in([module], user=progress.user)[module].is_finished


@pytest.mark.django_db
@pytest.mark.parametrize("modules", [1, 50])
def test_any_number_of_modules_takes_one_query(modules: int, django_assert_num_queries) -> None:
    priya = PersonFactory()
    lessons = [LessonFactory() for _ in range(modules)]
    with django_assert_num_queries(1):
        found = progress_in([lesson.module_id for lesson in lessons], user=priya)
    assert len(found) == modules


@pytest.mark.django_db
def test_no_modules_take_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert progress_in([], user=PersonFactory.build(pk=1)) == {}
