"""The product in a browser that runs no scripts: every task can be done, and all of it is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import Attempt
from courses.content.lesson_blocks import QuickCheck, Reflection
from courses.content.quiz_items import Item, ItemType
from courses.models import BlockResponse
from courses.queries.content import lesson_of
from tests.journeys.house import House
from tests.journeys.playing import (
    OWN_WORDS,
    asks_for_words,
    best_choice,
    check_answer,
    give_answer,
    item_shown,
    moment_shown,
    order_shown,
    quiz_in,
    scenario_in,
    stored_answers,
)

pytestmark = pytest.mark.journey

REFLECTION = "She was about to say that the letter had come twice."


@pytest.fixture
def plain_page(open_page: Callable[..., Page]) -> Page:
    """A desktop window whose pages run no script."""
    return open_page(runs_scripts=False)


def test_a_lesson_is_read_checked_reflected_on_and_finished(
    plain_page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    page, step = plain_page, house.step("lesson")
    lesson = lesson_of(step.live_revision)
    sign_in(page, house.priya)
    page.goto(f"{house.module_path}{step.slug}/")

    check = next(block for block in lesson.blocks if isinstance(block, QuickCheck))
    answers = sorted(check.options, key=lambda one: check.judge(one.id).right)
    for option in answers:
        form = page.locator(f"#form-{check.id}")
        form.get_by_label(option.text).check()
        submit(page, form.get_by_role("button"))
        expect(form.locator(".callout")).to_contain_text(check.judge(option.id).feedback)
    reflection = next(block for block in lesson.blocks if isinstance(block, Reflection))
    form = page.locator(f"#form-{reflection.id}")
    form.get_by_label(reflection.prompt).fill(REFLECTION)
    submit(page, form.get_by_role("button", name="Save my words"))
    expect(form.get_by_label(reflection.prompt)).to_have_value(REFLECTION)
    expect(form.get_by_label(reflection.prompt)).to_be_in_viewport()
    expect(form.get_by_role("status")).to_have_text("Saved")
    submit(page, page.get_by_role("button", name="Finish and go on"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Three bills, one visit")
    responses = BlockResponse.objects.filter(user=house.priya)
    assert responses.get(block_id=check.id).option_id == answers[-1].id
    assert responses.get(block_id=reflection.id).text == REFLECTION
    assert house.priya.progress.get(activity=step).finished_at is not None


def test_a_whole_call_is_played_to_its_debrief(
    plain_page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    page, step = plain_page, house.step("scenario")
    sign_in(page, house.priya)
    page.goto(f"/activities/{step.pk}/")
    page.get_by_label("Guided").check()
    submit(page, page.get_by_role("button", name="Take the call"))

    given: list[str] = []
    while "/debrief/" not in page.url:
        moment = moment_shown(page, scenario_in(step), "denise")
        given.append(moment.id)
        if asks_for_words(page):
            page.get_by_label("Type the one question").fill(OWN_WORDS)
            submit(page, page.get_by_role("button", name="Say it"))
            expect(page.locator(".coach-text")).to_contain_text(OWN_WORDS)
        else:
            choice = best_choice(moment)
            submit(page, page.locator(f"button.choice[value='{choice.id}']"))
            feedback = page.locator(".guidance, li.moment").last
            expect(feedback).to_contain_text(choice.felt)

    expect(page.locator(".outcome")).to_contain_text("For Denise")
    run = Attempt.objects.get(activity=step, user=house.priya)
    assert stored_answers(run) == list(enumerate(given, start=1))
    assert run.is_passed


def test_a_quiz_is_answered_one_question_a_page_with_the_ordering(
    plain_page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    page, step = plain_page, house.step("quiz")
    quiz = quiz_in(step)
    sign_in(page, house.priya)
    page.goto(f"/activities/{step.pk}/")
    submit(page, page.get_by_role("button", name="Begin"))

    given: list[str] = []
    for _ in quiz.items:
        item = item_shown(page, quiz)
        given.append(item.id)
        if item.type is ItemType.ORDERING:
            put_in_order_page_by_page(page, item)
        else:
            give_answer(page, item)
        check_answer(page, item)
        if item.type is ItemType.SHORT_TEXT:
            page.get_by_label(item.checklist[0].text).check()
            submit(page, page.get_by_role("button", name="Save my marks"))
            expect(page.get_by_label(item.checklist[0].text)).to_be_checked()
            given.append(item.id)
        following = page.get_by_role("link", name="Next question")
        if following.count():
            submit(page, following)
    submit(page, page.get_by_role("button", name="See my result"))

    expect(page.locator(".result-head")).to_contain_text("Passed")
    attempt = Attempt.objects.get(activity=step, user=house.priya)
    assert stored_answers(attempt) == list(enumerate(given, start=1))
    assert attempt.is_passed


def test_a_lead_looks_at_whom_it_reaches_and_assigns(
    plain_page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    page, due_on = plain_page, house.due_on + timedelta(days=11)
    sign_in(page, house.dana)
    page.goto("/assign/")
    page.get_by_label(house.module.title).check()
    page.get_by_label("Priya Raman").check()
    page.get_by_label("Last day", exact=True).fill(due_on.isoformat())
    submit(page, page.get_by_role("button", name="See who it reaches"))
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Reaches 1 person")
    expect(preview).to_contain_text("Today, when you assign")
    assert not house.priya.enrolments.exists()

    submit(page, page.get_by_role("button", name="Assign to 1 person"))
    expect(page.get_by_role("main")).to_contain_text("Priya Raman")
    enrolment = house.priya.enrolments.get()
    assert (enrolment.module, enrolment.due_on) == (house.module, due_on)
    assert not house.jomar.enrolments.exists()


def submit(page: Page, control: Locator) -> None:
    """Press it, and wait until the page that comes of it is here.

    By Enter: a button that stays in view while the page still scrolls can slip from under a click.
    """
    with page.expect_event("load"):
        control.press("Enter")


def put_in_order_page_by_page(page: Page, item: Item) -> None:
    """Move the steps of an ordering up: each move is a page of its own."""
    for place, option in enumerate(item.option_ids()):
        for now in range(order_shown(page).index(option), place, -1):
            step = page.locator("ol.order > li").nth(now)
            submit(page, step.get_by_role("button", name="Move up"))
    assert order_shown(page) == list(item.option_ids())
