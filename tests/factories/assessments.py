"""Attempts to test with."""

from datetime import timedelta
from decimal import Decimal

import factory

from assessments.models import Answer, Attempt, AttemptMode, AttemptState, CoachReport
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory


class AttemptFactory(factory.django.DjangoModelFactory[Attempt]):
    """An open practice run at a quiz, begun on Monday; trait: finished."""

    class Meta:
        model = Attempt

    class Params:
        finished = factory.Trait(
            state=AttemptState.FINISHED,
            finished_at=MONDAY + timedelta(minutes=5),
            result=factory.LazyFunction(dict),
            points=Decimal(100),
            is_passed=True,
        )

    user = factory.SubFactory(PersonFactory)
    activity = factory.SubFactory(QuizFactory)
    revision = factory.SelfAttribute("activity.live_revision")
    mode = AttemptMode.PRACTICE
    number = factory.Sequence(lambda number: number + 1)
    started_at = MONDAY


class AnswerFactory(factory.django.DjangoModelFactory[Answer]):
    """The first answer of an attempt; the attempt's own count does not move."""

    class Meta:
        model = Answer

    attempt = factory.SubFactory(AttemptFactory)
    seq = 1
    step_id = "first"
    payload = factory.LazyFunction(lambda: {"option": "A"})
    answered_at = MONDAY + timedelta(minutes=1)


class CoachReportFactory(factory.django.DjangoModelFactory[CoachReport]):
    """An open report that a listed word was no jargon."""

    class Meta:
        model = CoachReport

    answer = factory.SubFactory(AnswerFactory)
    rule = "jargon"
    start = factory.Sequence(lambda number: number)
    end = factory.LazyAttribute(lambda report: report.start + 5)
    words = "copay"
    reported_by = factory.SelfAttribute("answer.attempt.user")
    reported_at = MONDAY
