"""Every factory makes rows that the database and the content's own checks accept."""

import pytest

from assessments.models import AttemptState
from courses.content.kinds import parse_content
from portal.people.queries.scope import people_overseen_by
from tests.factories.assessments import AnswerFactory, AttemptFactory
from tests.factories.courses import (
    CompletionFactory,
    EnrolmentFactory,
    LessonFactory,
    ProgressFactory,
    QuizFactory,
    ScenarioFactory,
)
from tests.factories.people import PASSWORD, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_can_sign_in():
    person = PersonFactory()
    assert person.check_password(PASSWORD)
    assert person.emailaddress_set.get().verified


def test_a_lead_oversees_the_members_of_their_team():
    lead = MembershipFactory(user=PersonFactory(lead=True), is_lead=True)
    member = MembershipFactory(team=lead.team)
    MembershipFactory()
    assert list(people_overseen_by(lead.user)) == [member.user]


@pytest.mark.parametrize("factory", [LessonFactory, QuizFactory, ScenarioFactory])
def test_published_activities_can_be_read(factory):
    activity = factory()
    assert parse_content(activity.kind, activity.live_revision.content).title


def test_an_enrolment_is_due_at_the_end_of_the_day_where_its_person_lives():
    enrolment = EnrolmentFactory(user__time_zone="America/Los_Angeles")
    assert enrolment.due_at.isoformat() == "2026-11-28T07:59:59+00:00"
    assert enrolment.assignment.module == enrolment.module


def test_finished_work_is_consistent():
    user = PersonFactory()
    EnrolmentFactory(user=user, finished=True)
    EnrolmentFactory(user=user, withdrawn=True)
    ProgressFactory(user=user, finished=True)
    CompletionFactory(user=user)
    attempt = AttemptFactory(user=user, finished=True)
    AnswerFactory(attempt=attempt)
    assert (attempt.state, attempt.answers.count()) == (AttemptState.FINISHED, 1)
