"""The outline: parts begin, move, leave and come back, and no learner loses anything."""

import pytest

from assessments.models import AttemptMode
from courses.actions.drafting import publish_draft
from courses.actions.outlining import (
    InUse,
    archive,
    create_activity,
    create_course,
    create_module,
    move,
    restore,
    reword,
)
from courses.models import ChangeKind, Course, Module, ModuleCompletion
from courses.queries.catalogue import library_for
from courses.queries.usage import usage_of
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.courses import (
    AssignmentFactory,
    CompletionFactory,
    CourseFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    ProgressFactory,
    QuizFactory,
)
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

COURSE = {"title": "Calm at the desk", "summary": "How to stay calm.", "skill": "eq"}
MODULE = {
    "title": "Breathe first",
    "objective": "Take a breath before you answer.",
    "summary": "One breath.",
    "content_notice": "",
    "minutes": 10,
    "behaviours": ["EI1"],
}


@pytest.fixture
def mei() -> User:
    return PersonFactory(author=True, name="Mei Tanaka")


def titles(course: Course) -> list[str]:
    return [one.title for one in course.modules.order_by("position", "pk")]


def test_what_an_author_begins_reaches_learners_only_when_it_is_published(mei):
    course = create_course(COURSE, by=mei, at=MONDAY)
    module = create_module(course, MODULE, by=mei, at=MONDAY)
    lesson = create_activity(module, kind="lesson", title="One breath", by=mei, at=MONDAY)
    assert (course.slug, module.slug, lesson.slug) == (
        *("calm-at-the-desk", "breathe-first"),
        "one-breath",
    )
    assert (lesson.title, lesson.draft["title"], lesson.live_revision) == (
        *("One breath", "One breath"),
        None,
    )
    assert library_for(mei) == ()
    publish_draft(
        lesson, version=1, change_kind=ChangeKind.NEW_CONTENT, note="First", by=mei, at=MONDAY
    )
    assert [one.course for one in library_for(mei)] == [course]


def test_a_name_that_is_taken_gets_an_address_of_its_own(mei):
    slugs = [create_course(COURSE, by=mei, at=MONDAY).slug for _ in range(3)]
    assert slugs == ["calm-at-the-desk", "calm-at-the-desk-2", "calm-at-the-desk-3"]
    assert create_course(COURSE | {"title": "…"}, by=mei, at=MONDAY).slug == "new"


def test_a_new_name_keeps_the_address_and_is_recorded_once(mei):
    course = CourseFactory(title="Old")
    for _ in range(2):
        reword(course, {"title": "New", "summary": course.summary}, by=mei, at=MONDAY)
        course.refresh_from_db()
    assert course.title == "New"
    assert [one.details for one in AuditEvent.objects.filter(verb="reworded")] == [
        {"before": {"title": "Old"}}
    ]


def test_parts_move_by_one_among_those_that_are_shown(mei):
    course = CourseFactory()
    first, hidden, last = (
        ModuleFactory(course=course, title=title, position=3) for title in ("a", "b", "c")
    )
    archive(hidden, by=mei, at=MONDAY)
    assert move(last, -1, by=mei, at=MONDAY)
    assert titles(course) == ["c", "a", "b"]
    assert not move(last, -1, by=mei, at=MONDAY)
    assert not move(hidden, 1, by=mei, at=MONDAY)
    assert move(Module.objects.get(pk=last.pk), 1, by=mei, at=MONDAY)
    assert titles(course) == ["a", "c", "b"]
    assert first.course == course


def test_what_somebody_still_has_to_finish_is_not_archived(mei):
    duty = EnrolmentFactory()
    module = duty.module
    with pytest.raises(InUse, match="still has to finish"):
        archive(module, by=mei, at=MONDAY)
    assert usage_of(module).holds == ("1 person still has to finish it.",)
    assert usage_of(module.course).holds == usage_of(module).holds
    module.refresh_from_db()
    assert module.archived_at is None


def test_a_rule_holds_its_module_and_its_course(mei):
    rule = AssignmentFactory(reaches_later=True)
    sentence = "1 assignment goes on and would give it to more people."
    assert usage_of(rule.module).holds == (sentence,)
    AssignmentFactory(reaches_later=True, module=None, course=rule.module.course)
    assert usage_of(rule.module.course).holds == (
        "2 assignments go on and would give it to more people.",
    )


def test_the_last_activity_of_a_duty_stays_and_others_may_go(mei):
    lesson = LessonFactory()
    quiz = QuizFactory(module=lesson.module)
    EnrolmentFactory(module=lesson.module)
    archive(quiz, by=mei, at=MONDAY)
    with pytest.raises(InUse):
        archive(lesson, by=mei, at=MONDAY)


def test_archiving_resets_nobody_and_restoring_brings_it_back(mei):
    lesson = LessonFactory()
    quiz = QuizFactory(module=lesson.module)
    done = ProgressFactory(activity=lesson, finished=True)
    halfway = ProgressFactory(activity=quiz, user=done.user)
    ProgressFactory(activity=quiz, finished=True)
    archive(quiz, by=mei, at=MONDAY)
    archive(quiz, by=mei, at=MONDAY)
    assert [one.user for one in ModuleCompletion.objects.all()] == [done.user]
    halfway.refresh_from_db()
    assert halfway.finished_at is None
    restore(quiz, by=mei, at=MONDAY)
    quiz.refresh_from_db()
    assert quiz.archived_at is None
    assert ModuleCompletion.objects.count() == 1


def test_who_is_in_the_middle_and_who_finished_is_said(mei):
    quiz = QuizFactory()
    AttemptFactory(revision=quiz.live_revision, mode=AttemptMode.ASSESSED)
    CompletionFactory(module=quiz.module)
    assert usage_of(quiz).holds == ()
    assert usage_of(quiz).notes == (
        "1 person is in the middle of it, and can finish.",
        "It was finished 1 time. That record stays.",
    )
