"""The rules of a quiz on its pages: what is left, what is shown, and that time can run out."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt, SpacedCard
from courses.models import Activity
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.people import PersonFactory
from tests.factories.quizzes import POINTS, RIGHT, TYPES, WRONG, every_type_raw, secrets_of
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}
MARKED = [one for one in TYPES if one != "short-text"]


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory()
    client.force_login(person)
    return person


def quiz_with(**rules: Any) -> Activity:
    return QuizFactory(published=every_type_raw(**rules))


def begin(client: Client, quiz: Activity) -> Attempt:
    client.post(f"/activities/{quiz.pk}/start/")
    return Attempt.objects.get(activity=quiz, state="open")


def url_of(attempt: Attempt, page: str = "quiz") -> str:
    return f"/attempts/{attempt.pk}/{page}/"


def answer(client: Client, attempt: Attempt, item_id: str, sent: dict[str, Any]) -> HttpResponse:
    seq = Attempt.objects.get(pk=attempt.pk).next_seq
    url = url_of(attempt, f"quiz/{TYPES.index(item_id) + 1}/answer")
    return client.post(url, {"seq": seq, "item": item_id} | sent[item_id], **FETCHED)


def let_time_pass(attempt: Attempt, **span: float) -> None:
    """Put the deadline so far back in time."""
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=now() - timedelta(**span))


# How often


def test_the_brief_says_how_often_and_for_how_long(client, priya) -> None:
    html = html_of(client.get(f"/activities/{quiz_with(attempts=2, time_limit=15).pk}/"))
    assert "You can begin it 2 more times." in html
    assert "You have 15 minutes from when you begin; they run on while you are away." in html


def test_a_quiz_without_a_pass_mark_says_so_before_and_after(client, priya) -> None:
    quiz = quiz_with(attempts=1, pass_mark=0, feedback="at_end")
    brief = html_of(client.get(f"/activities/{quiz.pk}/"))
    assert "and nothing to pass" in brief
    assert "You take it once." in brief
    attempt = begin(client, quiz)
    assert "Save my answer" in html_of(client.get(url_of(attempt, "quiz"), follow=True))
    client.post(url_of(attempt, "finish"))
    result = html_of(client.get(url_of(attempt, "results")))
    assert "That’s where you begin" in result
    assert "See your skills" in result
    afterwards = html_of(client.get(f"/activities/{quiz.pk}/"))
    assert "You have taken this. What it told you stays here." in afterwards
    assert "Passed" not in result + afterwards


def test_when_none_are_left_there_is_nothing_to_press_and_a_post_is_told_why(client, priya) -> None:
    quiz = quiz_with(attempts=1)
    attempt = begin(client, quiz)
    client.post(url_of(attempt, "finish"))
    for page in (f"/activities/{quiz.pk}/", url_of(attempt, "results")):
        html = html_of(client.get(page))
        assert "You have taken this as often as it allows." in html
        assert "Take it again" not in html
    response = client.post(f"/activities/{quiz.pk}/start/", follow=True)
    assert "You have taken this as often as it allows." in html_of(response)
    assert Attempt.objects.count() == 1


# For how long


def test_a_page_carries_the_seconds_that_the_server_counts(client, priya) -> None:
    attempt = begin(client, quiz_with(time_limit=15))
    html = html_of(client.get(url_of(attempt)))
    [seconds] = [int(part.split('"')[0]) for part in html.split('data-clock="')[1:]]
    assert 15 * 60 - 5 <= seconds <= 15 * 60
    assert "js/clock" in html
    assert "data-clock=" in html_of(answer(client, attempt, "single-choice", RIGHT))


def test_without_a_limit_there_is_no_clock(client, priya) -> None:
    html = html_of(client.get(url_of(begin(client, quiz_with()))))
    assert "data-clock" not in html
    assert "js/clock" not in html


@pytest.mark.parametrize("extra", [{}, FETCHED])
def test_when_time_is_up_no_question_is_shown_and_a_look_writes_nothing(
    client, priya, extra
) -> None:
    attempt = begin(client, quiz_with(time_limit=15))
    let_time_pass(attempt, seconds=1)
    html = html_of(client.get(url_of(attempt, "quiz/2"), **extra))
    assert "Time is up" in html
    assert "What now" not in html
    assert Attempt.objects.get().is_open


def test_an_answer_on_its_way_counts_and_a_late_one_is_told_why(client, priya) -> None:
    attempt = begin(client, quiz_with(time_limit=15))
    let_time_pass(attempt, seconds=5)
    assert answer(client, attempt, "single-choice", RIGHT).status_code == 200
    let_time_pass(attempt, minutes=1)
    response = answer(client, attempt, "true-false", RIGHT)
    assert response.status_code == 409
    assert "The time is up. Everything you saved before counts." in response.content.decode()


def test_an_answer_on_its_way_brings_no_further_question(client, priya) -> None:
    attempt = begin(client, quiz_with(time_limit=15, feedback="at_end"))
    let_time_pass(attempt, seconds=5)
    response = answer(client, attempt, "single-choice", RIGHT)
    assert (response.status_code, response["X-Go-To"]) == (204, url_of(attempt))


def test_a_result_says_that_the_time_ran_out(client, priya) -> None:
    attempt = begin(client, quiz_with(time_limit=15))
    let_time_pass(attempt, minutes=1)
    response = client.post(url_of(attempt, "finish"), follow=True)
    assert "The time ran out. Every answer you had saved counts." in html_of(response)


# What is shown when


def secrets_in(response: HttpResponse) -> set[str]:
    text = response.content.decode()
    return {one for item_id in TYPES for one in secrets_of(item_id) if one in text}


@pytest.mark.parametrize("item_id", MARKED)
def test_right_or_not_at_once_says_just_that_and_the_answer_stands(client, priya, item_id) -> None:
    attempt = begin(client, quiz_with(shown_at_once="right_or_not"))
    response = answer(client, attempt, item_id, WRONG)
    said = "Partly." if item_id == "rate-each" else "Worth another look."
    assert said in html_of(response)
    assert secrets_in(response) == set()
    assert answer(client, attempt, item_id, RIGHT).status_code == 409


def test_right_or_not_at_the_end_marks_each_question_and_explains_none(client, priya) -> None:
    rules = {"feedback": "at_end", "shown_at_end": "right_or_not"}
    attempt = begin(client, quiz_with(**rules))
    for item_id in TYPES:
        answer(client, attempt, item_id, WRONG if item_id == "true-false" else RIGHT)
    client.post(url_of(attempt, "finish"))
    response = client.get(url_of(attempt, "results"))
    html = html_of(response)
    assert (html.count("Strong"), html.count("Worth another look")) == (POINTS - 1, 1)
    assert "What now, single-choice?" in html
    assert secrets_in(response) == set()


def test_nothing_at_the_end_shows_the_score_and_ones_own_answers(client, priya) -> None:
    attempt = begin(client, quiz_with(feedback="at_end", shown_at_end="nothing"))
    answer(client, attempt, "single-choice", RIGHT)
    client.post(url_of(attempt, "finish"))
    response = client.get(url_of(attempt, "results"))
    html = html_of(response)
    assert "Text A of single-choice." in html
    assert not any(word in html for word in ("Strong", "Worth another look"))
    assert secrets_in(response) == set()


HELD_BACK = {
    "feedback": "at_end",
    "shown_at_end": "right_or_not",
    "shown_once_settled": "full",
    "pass_mark": 50,
}


def taken(client: Client, quiz: Activity, sent: Any) -> Attempt:
    attempt = begin(client, quiz)
    for item_id in TYPES:
        answer(client, attempt, item_id, sent)
    client.post(url_of(attempt, "finish"))
    return attempt


def test_what_answers_teach_waits_until_the_quiz_is_passed(client, priya) -> None:
    quiz = quiz_with(**HELD_BACK, attempts=3)
    first = taken(client, quiz, WRONG)
    response = client.get(url_of(first, "results"))
    assert secrets_in(response) == set()
    assert "shown once you have passed, or taken it as often as it allows." in html_of(response)
    assert not SpacedCard.objects.exists()

    second = taken(client, quiz, RIGHT)
    for attempt in (first, second):
        response = client.get(url_of(attempt, "results"))
        assert secrets_in(response)
        assert "shown once you have passed" not in html_of(response)


def test_what_answers_teach_is_shown_when_no_attempt_is_left(client, priya) -> None:
    quiz = quiz_with(**HELD_BACK, attempts=2)
    first = taken(client, quiz, WRONG)
    begin(client, quiz)
    assert secrets_in(client.get(url_of(first, "results"))) == set()

    client.post(url_of(Attempt.objects.get(state="open"), "finish"))
    assert secrets_in(client.get(url_of(first, "results")))
    taken_last = Attempt.objects.get(number=2)
    assert secrets_in(client.get(url_of(taken_last, "results")))
    assert not SpacedCard.objects.filter(attempt=first).exists()
