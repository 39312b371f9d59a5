"""Progress: a place is kept, an activity is finished once, and the last one finishes the module."""

from datetime import timedelta
from functools import partial

import pytest

from courses.actions.progress import finish_activity, note_place, save_block_response
from courses.actions.publishing import publish_revision
from courses.models import (
    Activity,
    ActivityProgress,
    BlockResponse,
    Enrolment,
    Module,
    ModuleCompletion,
)
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.contents import lesson_raw
from tests.factories.courses import (
    ActivityFactory,
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def priya() -> User:
    return PersonFactory(name="Priya Raman")


@pytest.fixture
def module() -> Module:
    return ModuleFactory()


def finish(activity: Activity, by: User, at=MONDAY) -> bool:
    return finish_activity(activity, activity.live_revision, by=by, at=at)


def progress_of(user: User) -> list[dict]:
    fields = ("activity", "revision", "place", "started_at", "last_seen_at", "finished_at")
    return list(ActivityProgress.objects.filter(user=user).order_by("pk").values(*fields))


# Where somebody is


def test_the_first_place_is_when_it_started_and_the_latest_is_where_to_go_on(priya) -> None:
    lesson = LessonFactory()
    note_place(lesson, lesson.live_revision, by=priya, at=MONDAY, place="why")
    note_place(lesson, lesson.live_revision, by=priya, at=TUESDAY, place="check")
    assert progress_of(priya) == [
        {
            "activity": lesson.pk,
            "revision": lesson.live_revision_id,
            "place": "check",
            "started_at": MONDAY,
            "last_seen_at": TUESDAY,
            "finished_at": None,
        }
    ]


def test_a_place_in_a_new_revision_moves_the_reader_to_it(priya) -> None:
    lesson = LessonFactory()
    note_place(lesson, lesson.live_revision, by=priya, at=MONDAY, place="why")
    newer = publish_revision(lesson, lesson_raw(title="Better"), by=None, at=TUESDAY)
    note_place(lesson, newer, by=priya, at=TUESDAY, place="why")
    assert [one["revision"] for one in progress_of(priya)] == [newer.pk]


def test_places_of_different_people_and_lessons_stay_apart(priya) -> None:
    lesson, other_lesson, oren = LessonFactory(), LessonFactory(), PersonFactory()
    note_place(lesson, lesson.live_revision, by=priya, at=MONDAY, place="why")
    note_place(lesson, lesson.live_revision, by=oren, at=MONDAY, place="mine")
    note_place(other_lesson, other_lesson.live_revision, by=priya, at=MONDAY, place="check")
    assert [one["place"] for one in progress_of(priya)] == ["why", "check"]
    assert [one["place"] for one in progress_of(oren)] == ["mine"]


def test_looking_again_at_a_finished_lesson_leaves_it_finished(priya) -> None:
    lesson = LessonFactory()
    finish(lesson, priya)
    note_place(lesson, lesson.live_revision, by=priya, at=TUESDAY, place="why")
    assert progress_of(priya)[0]["finished_at"] == MONDAY


# What somebody wrote


def test_the_latest_response_to_a_block_stands(priya) -> None:
    revision = LessonFactory().live_revision
    save_block_response(revision, "mine", by=priya, at=MONDAY, text="On Monday.")
    save_block_response(revision, "check", by=priya, at=MONDAY, option_id="B")
    save_block_response(revision, "mine", by=priya, at=TUESDAY, text="On second thought.")
    fields = ("user", "revision", "block_id", "text", "option_id", "saved_at")
    assert list(BlockResponse.objects.order_by("block_id").values_list(*fields)) == [
        (priya.pk, revision.pk, "check", "", "B", MONDAY),
        (priya.pk, revision.pk, "mine", "On second thought.", "", TUESDAY),
    ]


# Finishing


def test_finishing_without_ever_starting_starts_and_finishes(priya) -> None:
    lesson = LessonFactory()
    finish(lesson, priya)
    assert [(one["started_at"], one["finished_at"]) for one in progress_of(priya)] == [
        (MONDAY, MONDAY)
    ]


def test_the_first_finish_stands(priya) -> None:
    lesson = LessonFactory()
    finish(lesson, priya)
    finish(lesson, priya, at=TUESDAY)
    [progress] = progress_of(priya)
    assert (progress["finished_at"], progress["last_seen_at"]) == (MONDAY, TUESDAY)


def test_a_clock_that_went_back_never_finishes_before_the_start(priya) -> None:
    lesson = LessonFactory()
    note_place(lesson, lesson.live_revision, by=priya, at=TUESDAY)
    finish(lesson, priya, at=MONDAY)
    assert progress_of(priya)[0]["finished_at"] == TUESDAY


def test_the_last_activity_finishes_the_module(priya, module) -> None:
    lesson, quiz = LessonFactory(module=module), QuizFactory(module=module)
    assert finish(lesson, priya) is False
    assert not ModuleCompletion.objects.exists()
    assert finish(quiz, priya, at=TUESDAY) is True
    completion = ModuleCompletion.objects.get()
    assert (completion.user, completion.module, completion.number, completion.completed_at) == (
        priya,
        module,
        1,
        TUESDAY,
    )


def test_the_audit_notes_who_finished_which_module(priya, module) -> None:
    finish(LessonFactory(module=module), priya)
    event = AuditEvent.objects.get(verb="finished")
    completion = ModuleCompletion.objects.get()
    assert (event.actor_id, event.subject_kind, event.subject_id, event.details, event.at) == (
        priya.pk,
        "courses.modulecompletion",
        str(completion.pk),
        {"module": module.pk},
        MONDAY,
    )


def test_what_nobody_can_take_is_not_waited_for(priya, module) -> None:
    ActivityFactory(module=module)  # never published
    QuizFactory(module=module, archived_at=MONDAY)
    assert finish(LessonFactory(module=module), priya) is True


def test_another_persons_progress_does_not_count(priya, module) -> None:
    lesson, quiz = LessonFactory(module=module), QuizFactory(module=module)
    finish(quiz, PersonFactory())
    assert finish(lesson, priya) is False


def test_a_module_is_completed_once(priya, module) -> None:
    lesson = LessonFactory(module=module)
    assert finish(lesson, priya) is True
    assert finish(lesson, priya, at=TUESDAY) is False
    assert ModuleCompletion.objects.get().completed_at == MONDAY


def test_an_activity_added_later_does_not_take_the_completion_back(priya, module) -> None:
    lesson = LessonFactory(module=module)
    finish(lesson, priya)
    quiz = QuizFactory(module=module)
    assert finish(quiz, priya, at=TUESDAY) is False
    assert ModuleCompletion.objects.get().completed_at == MONDAY


# The enrolment that asked for it


def test_finishing_the_module_closes_its_enrolment_and_no_other(priya, module) -> None:
    enrolment = EnrolmentFactory(user=priya, module=module)
    others = EnrolmentFactory(user=priya), EnrolmentFactory(module=module)
    withdrawn = EnrolmentFactory(user=priya, module=module, withdrawn=True)

    finish(LessonFactory(module=module), priya, at=TUESDAY)

    enrolment.refresh_from_db()
    assert enrolment.completed_at == TUESDAY
    still_open = Enrolment.objects.filter(completed_at=None)
    assert set(still_open) == {*others, withdrawn}


def test_an_enrolment_stays_open_until_the_last_activity(priya, module) -> None:
    EnrolmentFactory(user=priya, module=module)
    lesson, _quiz = LessonFactory(module=module), QuizFactory(module=module)
    finish(lesson, priya)
    assert Enrolment.objects.get().completed_at is None


def test_an_enrolment_that_was_closed_keeps_its_time(priya, module) -> None:
    enrolment = EnrolmentFactory(user=priya, module=module)
    lesson = LessonFactory(module=module)
    finish(lesson, priya, at=TUESDAY)
    finish(lesson, priya, at=WEDNESDAY)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == TUESDAY


def test_a_new_enrolment_closes_with_the_next_finish_and_the_old_completion_stays(
    priya, module
) -> None:
    CompletionFactory(user=priya, module=module)
    enrolment = EnrolmentFactory(user=priya, module=module)
    finish(LessonFactory(module=module), priya, at=TUESDAY)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == TUESDAY
    assert ModuleCompletion.objects.get().completed_at == MONDAY


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_two_last_activities_finished_at_the_same_moment_give_one_completion() -> None:
    priya, module = PersonFactory(), ModuleFactory()
    EnrolmentFactory(user=priya, module=module)
    activities = [LessonFactory(module=module), QuizFactory(module=module)]

    finished = all_at_once([partial(finish, activity, priya) for activity in activities])

    assert sorted(finished) == [False, True]
    assert ModuleCompletion.objects.count() == 1
    assert Enrolment.objects.get().completed_at == MONDAY


@pytest.mark.django_db(transaction=True)
def test_the_same_activity_finished_in_eight_tabs_gives_one_completion() -> None:
    priya, lesson = PersonFactory(), LessonFactory()
    finished = all_at_once([partial(finish, lesson, priya)] * 8)
    assert sorted(finished) == [False] * 7 + [True]
    assert (ModuleCompletion.objects.count(), ActivityProgress.objects.count()) == (1, 1)
