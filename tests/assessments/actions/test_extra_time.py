"""Extra time for a person: it lengthens what they begin from then on, and says who agreed on it."""

from datetime import timedelta

import pytest
from django.test import Client

from assessments.actions.extra_time import set_extra_time
from assessments.actions.quiz_attempts import finish_quiz, start_quiz
from assessments.models import ExtraTime
from courses.models import Activity
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.contents import quiz_raw
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> User:
    return MembershipFactory(team=TeamFactory()).user


@pytest.fixture
def dana(priya) -> User:
    """The lead of Priya's team."""
    team = priya.memberships.get().team
    return MembershipFactory(user=PersonFactory(lead=True), team=team, is_lead=True).user


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=quiz_raw(time_limit=15))


def agree(person: User, percent: int, by: User) -> ExtraTime:
    return set_extra_time(person, percent=percent, reason="Agreed in May.", by=by, at=MONDAY)


def minutes_of(quiz: Activity, person: User) -> float:
    """Begin the quiz, end it, and return how long it would have run."""
    attempt = start_quiz(quiz, by=person, at=MONDAY)
    finish_quiz(attempt.pk, by=person, at=MONDAY)
    return (attempt.deadline_at - MONDAY) / timedelta(minutes=1)


def test_the_latest_agreement_lengthens_what_is_begun_from_then_on(quiz, priya, dana) -> None:
    lengths = [minutes_of(quiz, priya)]
    for percent in (50, 25, 200, 0):
        agree(priya, percent, dana)
        lengths.append(minutes_of(quiz, priya))
    assert lengths == [15, 22.5, 18.75, 45, 15]
    assert minutes_of(quiz, PersonFactory()) == 15


def test_a_quiz_that_runs_keeps_its_time(quiz, priya, dana) -> None:
    attempt = start_quiz(quiz, by=priya, at=MONDAY)
    agree(priya, 100, dana)
    assert start_quiz(quiz, by=priya, at=MONDAY).deadline_at == attempt.deadline_at


def test_a_quiz_without_a_limit_stays_without(priya, dana) -> None:
    agree(priya, 100, dana)
    assert start_quiz(QuizFactory(), by=priya, at=MONDAY).deadline_at is None


def test_the_audit_says_how_much_it_was_and_is_and_never_why(priya, dana) -> None:
    agree(priya, 50, dana)
    agree(priya, 0, dana)
    events = AuditEvent.objects.filter(verb="set extra time", subject_id=priya.pk).order_by("pk")
    assert [event.details for event in events] == [
        {"percent": 50, "before": 0},
        {"percent": 0, "before": 50},
    ]
    assert {event.actor_id for event in events} == {dana.pk}


def test_a_lead_agrees_on_it_and_the_person_reads_it_before_the_quiz(
    client: Client, quiz, priya, dana
) -> None:
    client.force_login(dana)
    page = f"/team/people/{priya.pk}/extra-time/"
    response = client.post(page, {"percent": "100", "reason": "She reads\r\nslowly."}, follow=True)
    assert "It counts for quizzes" in html_of(response)
    assert ExtraTime.objects.get().reason == "She reads\nslowly."
    assert "100% more time" in html_of(client.get(page))
    client.force_login(priya)
    brief = html_of(client.get(f"/activities/{quiz.pk}/"))
    assert "You have 30 minutes from when you begin" in brief
    assert "your extra time: 100% more than others have" in brief
    assert "slowly" not in brief


@pytest.mark.parametrize(
    ("percent", "reason", "said"),
    [("50", " ", "Write a few words"), ("33", "So.", "Choose one of these")],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    client: Client, priya, dana, percent, reason, said
) -> None:
    client.force_login(dana)
    sent = {"percent": percent, "reason": reason}
    response = client.post(f"/team/people/{priya.pk}/extra-time/", sent)
    assert response.status_code == 422
    assert said in html_of(response)
    assert not ExtraTime.objects.exists()


def test_the_page_costs_the_same_with_many_agreements(
    client: Client, priya, dana, django_assert_num_queries
) -> None:
    client.force_login(dana)
    for times in (1, 50):
        for _ in range(times):
            agree(priya, 50, dana)
        with django_assert_num_queries(5):
            client.get(f"/team/people/{priya.pk}/extra-time/")
