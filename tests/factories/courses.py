"""Courses, published activities, and what people were assigned."""

from datetime import timedelta
from typing import Any

import factory

from courses.actions.publishing import publish_revision
from courses.models import (
    Activity,
    ActivityKind,
    ActivityProgress,
    Assignment,
    Course,
    Enrolment,
    Module,
    ModuleCompletion,
)
from portal.kit.clock import end_of_day
from tests.factories.contents import lesson_raw, quiz_raw
from tests.factories.moments import FRIDAY, MONDAY
from tests.factories.people import PersonFactory
from tests.factories.scenarios import small_raw


class CourseFactory(factory.django.DjangoModelFactory[Course]):
    """A course on listening."""

    class Meta:
        model = Course

    slug = factory.Sequence(lambda number: f"course-{number}")
    title = factory.Sequence(lambda number: f"Course {number}")
    summary = "What this course is about."
    skill = "listening"
    position = factory.Sequence(int)


class ModuleFactory(factory.django.DjangoModelFactory[Module]):
    """A module without activities, in a course of its own unless `course` is given."""

    class Meta:
        model = Module

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda number: f"module-{number}")
    title = factory.Sequence(lambda number: f"Module {number}")
    objective = "What you can do afterwards."
    summary = "What this module is about."
    behaviours = factory.LazyFunction(lambda: ["AL1"])
    minutes = 15
    position = factory.Sequence(int)


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    """An activity that nobody can read yet; the ones below are published."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda number: f"activity-{number}")
    title = factory.Sequence(lambda number: f"Activity {number}")
    kind = ActivityKind.LESSON
    position = factory.Sequence(int)


class _PublishedFactory(ActivityFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Activity], *args: Any, **fields: Any) -> Activity:
        content, media = fields.pop("published"), fields.pop("media", None)
        activity: Activity = super()._create(model_class, *args, **fields)
        publish_revision(activity, content, by=None, at=MONDAY, media=media)
        activity.refresh_from_db()
        return activity


class LessonFactory(_PublishedFactory):
    """A published lesson; `published=lesson_raw(…)` is what it says."""

    kind = ActivityKind.LESSON
    published = factory.LazyFunction(lesson_raw)


class QuizFactory(_PublishedFactory):
    """A published quiz; `published=quiz_raw(…)` is what it asks, `media` what it shows."""

    kind = ActivityKind.QUIZ
    published = factory.LazyFunction(quiz_raw)


class ScenarioFactory(_PublishedFactory):
    """A published practice call; `published=small_raw(…)` is how it goes."""

    kind = ActivityKind.SCENARIO
    published = factory.LazyFunction(small_raw)


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    """A lead's decision; it has enrolled nobody yet."""

    class Meta:
        model = Assignment

    module = factory.SubFactory(ModuleFactory)
    due_on = FRIDAY
    audience = "Somebody"
    made_by = factory.SubFactory(PersonFactory, lead=True)
    made_at = MONDAY


class EnrolmentFactory(factory.django.DjangoModelFactory[Enrolment]):
    """One person's duty, due at the end of Friday in their zone; traits: finished, withdrawn."""

    class Meta:
        model = Enrolment

    class Params:
        finished = factory.Trait(completed_at=MONDAY + timedelta(hours=1))
        withdrawn = factory.Trait(
            withdrawn_at=MONDAY + timedelta(hours=1),
            withdrawn_by=factory.SubFactory(PersonFactory, lead=True),
            withdrawn_as="withdrawn",
        )

    user = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(ModuleFactory)
    assignment = factory.SubFactory(
        AssignmentFactory,
        module=factory.SelfAttribute("..module"),
        due_on=factory.SelfAttribute("..due_on"),
    )
    due_on = FRIDAY
    due_at = factory.LazyAttribute(lambda own: end_of_day(own.due_on, own.user.time_zone))
    created_at = MONDAY


class ProgressFactory(factory.django.DjangoModelFactory[ActivityProgress]):
    """Somebody's way through a lesson, begun on Monday; trait: finished."""

    class Meta:
        model = ActivityProgress

    class Params:
        finished = factory.Trait(finished_at=MONDAY + timedelta(minutes=5))

    user = factory.SubFactory(PersonFactory)
    activity = factory.SubFactory(LessonFactory)
    revision = factory.SelfAttribute("activity.live_revision")
    started_at = MONDAY
    last_seen_at = MONDAY


class CompletionFactory(factory.django.DjangoModelFactory[ModuleCompletion]):
    """Somebody finished a module on Monday."""

    class Meta:
        model = ModuleCompletion

    user = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(ModuleFactory)
    completed_at = MONDAY
