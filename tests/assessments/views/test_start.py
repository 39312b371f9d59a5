"""Before an attempt: what it is about, and the button that begins or joins one."""

import pytest
from django.test import Client

from assessments.models import Attempt, AttemptMode
from courses.models import Activity
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.courses import ActivityFactory, LessonFactory, QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, finished_run
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

CARDS = [
    {"id": "ana", "name": "Ana Ruiz", "age": 40, "about": "Runs a bakery."},
    {"id": "ben", "name": "Ben Osei", "age": 71, "holds_back": "CANARY-HELD-BACK"},
]
GUIDED_ANA = {"mode": "guided", "card": "ana"}


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(time_zone="America/New_York")
    client.force_login(person)
    return person


def brief_url(activity: Activity) -> str:
    return f"/activities/{activity.pk}/"


def start(client: Client, activity: Activity, **sent: str):
    return client.post(f"{brief_url(activity)}start/", sent)


# The brief


def test_a_call_says_what_comes_who_calls_and_who_can_see_it(client, priya) -> None:
    notice = "This call touches on money."
    call = ScenarioFactory(published=small_raw(cards=CARDS, content_notice=notice, minutes=8))
    html = html_of(client.get(brief_url(call)))
    assert "Practice chat · about 8 min" in html
    assert "You answer." in html
    assert notice in html
    assert "Ana Ruiz, 40" in html
    assert "Ben Osei, 71" in html
    assert html.count("Only you can see this run.") == 2
    assert html.count("You and your team lead can see this run.") == 1
    assert 'value="guided" checked' in html


def test_a_brief_keeps_the_patients_secrets(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(cards=CARDS))
    assert "CANARY-HELD-BACK" not in client.get(brief_url(call)).content.decode()


def test_a_quiz_says_what_it_takes_and_who_can_see_it(client, priya) -> None:
    html = html_of(client.get(brief_url(QuizFactory())))
    assert "Quiz · about 2 min" in html
    assert "2 questions, 50% of the points to pass" in html
    assert "You and your team lead can see the result." in html
    assert "Begin</button>" in html


def test_an_open_call_waits_to_be_gone_on_with(client, priya) -> None:
    call = ScenarioFactory()
    attempt = begin_run(call, priya)
    html = html_of(client.get(brief_url(call)))
    assert f'href="/attempts/{attempt.pk}/call/"' in html
    assert "You have a call open since Monday 23 Nov, 10:00 am EST." in html
    assert "Join the chat" not in html


def test_an_open_quiz_waits_to_be_gone_on_with(client, priya) -> None:
    quiz = QuizFactory()
    attempt = AttemptFactory(user=priya, activity=quiz)
    html = html_of(client.get(brief_url(quiz)))
    assert f'href="/attempts/{attempt.pk}/quiz/"' in html
    assert "Go on where you stopped" in html


def test_earlier_runs_can_be_looked_back_on_and_practice_is_suggested(client, priya) -> None:
    call = ScenarioFactory()
    run = finished_run(call, priya, mode=AttemptMode.GUIDED)
    html = html_of(client.get(brief_url(call)))
    assert f'href="/attempts/{run.pk}/debrief/">Monday 23 Nov, 10:00 am EST</a>' in html
    assert '<div class="meta">Guided</div>' in html
    assert 'value="practice" checked' in html


def test_earlier_quizzes_say_how_they_went(client, priya) -> None:
    quiz = QuizFactory()
    AttemptFactory(user=priya, activity=quiz, finished=True)
    failed = AttemptFactory(user=priya, activity=quiz, finished=True, is_passed=False)
    html = html_of(client.get(brief_url(quiz)))
    assert f'href="/attempts/{failed.pk}/results/"' in html
    assert html.count(">Passed<") == html.count(">Not passed yet<") == 1
    assert "Take it again</button>" in html


@pytest.mark.parametrize("count", [1, 50])
def test_a_brief_takes_four_queries(client, priya, count, django_assert_num_queries) -> None:
    quiz = QuizFactory()
    for _ in range(count - 1):
        LessonFactory(module=quiz.module)
    AttemptFactory.create_batch(count, user=priya, activity=quiz, finished=True)
    client.get(brief_url(quiz))
    with django_assert_num_queries(4):
        client.get(brief_url(quiz))


# Beginning


def test_a_call_begins_in_the_chosen_way_with_the_chosen_patient(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(cards=CARDS))
    response = start(client, call, mode="assessed", card="ben")
    attempt = Attempt.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/attempts/{attempt.pk}/call/")
    assert (attempt.user, attempt.mode, attempt.card) == (priya, "assessed", "ben")


def test_a_quiz_begins_assessed(client, priya) -> None:
    response = start(client, QuizFactory())
    attempt = Attempt.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/attempts/{attempt.pk}/quiz/")
    assert (attempt.user, attempt.mode) == (priya, "assessed")


@pytest.mark.parametrize("make", [QuizFactory, ScenarioFactory])
def test_beginning_twice_joins(client, priya, make) -> None:
    activity = make()
    first, second = (start(client, activity, **GUIDED_ANA)["Location"] for _ in range(2))
    assert first == second
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"mode": "guided"}, {"card": "ana"}, {"mode": "easy", "card": "ana"}],
)
def test_without_a_mode_and_a_patient_nothing_begins_and_the_page_says_why(
    client, priya, sent
) -> None:
    response = start(client, ScenarioFactory(), **sent)
    assert response.status_code == 422
    assert "Choose who is calling and how you want to play." in html_of(response)
    assert not Attempt.objects.exists()


def test_beginning_needs_a_post(client, priya) -> None:
    assert client.get(f"{brief_url(QuizFactory())}start/").status_code == 405


# Who and what


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (LessonFactory, {}),
        (ActivityFactory, {"kind": "quiz"}),
        (QuizFactory, {"archived_at": MONDAY}),
        (QuizFactory, {"module__archived_at": MONDAY}),
        (ScenarioFactory, {"module__course__archived_at": MONDAY}),
    ],
)
def test_what_cannot_be_attempted_is_not_found(client, priya, make, fields) -> None:
    activity = make(**fields)
    assert client.get(brief_url(activity)).status_code == 404
    assert start(client, activity, **GUIDED_ANA).status_code == 404
    assert not Attempt.objects.exists()


def test_a_signed_out_reader_is_asked_to_sign_in(client) -> None:
    quiz = QuizFactory()
    for response in (client.get(brief_url(quiz)), start(client, quiz)):
        assert response["Location"].startswith("/accounts/login/")
    assert not Attempt.objects.exists()


# The limit of assessed runs


def test_a_brief_says_how_many_assessed_runs_are_left_and_which_one_counts(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(assessed_attempts=2))
    finished_run(call, priya, mode=AttemptMode.ASSESSED)
    finished_run(call, priya, mode=AttemptMode.PRACTICE)
    html = html_of(client.get(brief_url(call)))
    assert "1 assessed run left. Only the first one counts as evidence." in html
    assert 'value="assessed" disabled' not in html


def test_beyond_the_limit_no_assessed_run_begins_and_practice_still_does(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(assessed_attempts=1))
    finished_run(call, priya, mode=AttemptMode.ASSESSED)
    response = start(client, call, mode="assessed", card="ana")
    assert response.status_code == 422
    html = html_of(response)
    assert "You have no assessed runs left here." in html
    assert 'value="assessed" disabled' in html
    assert Attempt.objects.count() == 1
    assert start(client, call, mode="practice", card="ana").status_code == 302
    assert Attempt.objects.filter(mode=AttemptMode.PRACTICE).count() == 1


def test_an_open_assessed_run_is_joined_even_when_it_is_the_last(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(assessed_attempts=1))
    attempt = begin_run(call, priya, AttemptMode.ASSESSED)
    response = start(client, call, mode="assessed", card="ana")
    assert response.url == f"/attempts/{attempt.pk}/call/"


def test_another_persons_assessed_runs_take_nothing_away(client, priya) -> None:
    call = ScenarioFactory(published=small_raw(assessed_attempts=1))
    finished_run(call, PersonFactory(), mode=AttemptMode.ASSESSED)
    assert start(client, call, mode="assessed", card="ana").status_code == 302
