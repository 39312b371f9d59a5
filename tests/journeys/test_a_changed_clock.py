"""A clock changed in the browser changes nothing: limits are kept by the server's own."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Attempt, AttemptState
from courses.models import Activity
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.courses import QuizFactory
from tests.factories.people import PersonFactory
from tests.factories.quizzes import every_type_raw
from tests.journeys.playing import stored_answers

pytestmark = pytest.mark.journey

MINUTES = 180
# A slow machine may take a while to get here.
NEARLY_ALL = re.compile(r"(180|1[67]\d) min left")


@pytest.fixture
def priya(live_server: LiveServer) -> User:
    """An agent."""
    return PersonFactory(name="Priya Raman")


@pytest.fixture
def quiz(priya: User) -> Activity:
    """A quiz that may be taken once, for three hours, and tells nothing before the end."""
    raw = every_type_raw(time_limit=MINUTES, attempts=1, feedback="at_end")
    activity: Activity = QuizFactory(published=raw)
    return activity


def begin(page: Page, quiz: Activity) -> Attempt:
    page.goto(f"/activities/{quiz.pk}/")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#step .eyebrow")).to_contain_text("Question 1 of")
    return Attempt.objects.get(activity=quiz)


def test_a_clock_set_ahead_takes_no_time_away(
    page: Page, priya: User, quiz: Activity, sign_in: Callable[..., None]
) -> None:
    sign_in(page, priya)
    page.clock.install(time=now() + timedelta(days=400))
    attempt = begin(page, quiz)
    clock = page.locator("[data-clock-text]")
    expect(clock).to_have_text(NEARLY_ALL)

    # The page thinks that the time is over, sends what was begun, and asks the server
    page.locator("input[name=option][value=A]").check()
    with page.expect_response(lambda answer: answer.url.endswith("/quiz/1/answer/")) as sent:
        page.clock.fast_forward(timedelta(minutes=MINUTES + 1).total_seconds() * 1000)
    assert sent.value.status == 200
    page.clock.run_for(3000)
    page.goto(f"/attempts/{attempt.pk}/quiz/")
    expect(page.locator("#step .eyebrow")).to_contain_text("Question 2 of")
    expect(clock).to_have_text(NEARLY_ALL)
    attempt.refresh_from_db()
    assert attempt.is_open
    assert stored_answers(attempt) == [(1, "single-choice")]


def test_a_clock_that_is_set_back_and_stands_still_gives_no_time(
    page: Page, priya: User, quiz: Activity, sign_in: Callable[..., None]
) -> None:
    sign_in(page, priya)
    page.clock.install(time=now() - timedelta(days=400))
    page.clock.pause_at(now() - timedelta(days=399))
    attempt = begin(page, quiz)
    Attempt.objects.update(deadline_at=now() - timedelta(minutes=1))

    page.locator("input[name=option][value=A]").check()
    with page.expect_response(lambda answer: answer.url.endswith("/quiz/1/answer/")) as sent:
        page.get_by_role("button", name="Save my answer").click()
    assert sent.value.status == 409
    expect(page.get_by_role("heading", name="Time is up")).to_be_visible()
    assert stored_answers(attempt) == []
    page.get_by_role("button", name="See my result").click()
    expect(page.locator(".result-head")).to_contain_text("The time ran out.")

    page.goto(f"/activities/{quiz.pk}/")
    expect(page.get_by_text("You have taken this as often as it allows.")).to_be_visible()
    assert list(Attempt.objects.values_list("state", flat=True)) == [AttemptState.EXPIRED]
