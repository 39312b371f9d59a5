"""A lesson and a quiz with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Attempt
from courses.content.lesson_blocks import QuickCheck, Reflection
from courses.content.options import Standing
from courses.content.quiz_items import Item, ItemType
from courses.models import BlockResponse
from courses.queries.content import lesson_of
from tests.journeys.house import House
from tests.journeys.keyboard import pick, press, write
from tests.journeys.playing import item_shown, order_shown, quiz_in, stored_answers

pytestmark = pytest.mark.journey

REFLECTION = "I would let her finish, 1 thing at a time."


def test_a_lesson_by_keyboard_alone(page: Page, house: House, sign_in: Callable[..., None]) -> None:
    step = house.step("lesson")
    lesson = lesson_of(step.live_revision)
    check = next(block for block in lesson.blocks if isinstance(block, QuickCheck))
    reflection = next(block for block in lesson.blocks if isinstance(block, Reflection))
    right = next(option for option in check.options if check.judge(option.id).right)
    sign_in(page, house.priya)
    page.goto(f"{house.module_path}{step.slug}/")

    form = page.locator(f"#form-{check.id}")
    pick(page, form.locator(f"input[value='{right.id}']"))
    press(page, form.get_by_role("button"))
    expect(form.locator(".callout")).to_contain_text(check.judge(right.id).feedback)
    form = page.locator(f"#form-{reflection.id}")
    write(page, form.locator("textarea"), REFLECTION)
    press(page, form.get_by_role("button", name="Save my words"))
    expect(form.get_by_role("status")).to_have_text("Saved")
    press(page, page.get_by_role("button", name="Finish and go on"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Three bills, one visit")
    assert BlockResponse.objects.get(block_id=reflection.id).text == REFLECTION
    assert house.priya.progress.get(activity=step).finished_at is not None


def test_quiz_questions_by_keyboard_alone(
    page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    step = house.step("quiz")
    quiz = quiz_in(step)
    sign_in(page, house.priya)
    page.goto(f"/activities/{step.pk}/")
    press(page, page.get_by_role("button", name="Begin"))

    given: list[str] = []
    for _ in range(4):
        expect(page.get_by_role("button", name="Check my answer")).to_be_visible()
        item = item_shown(page, quiz)
        answer_by_keyboard(page, item)
        press(page, page.get_by_role("button", name="Check my answer"))
        verdict = page.locator("#step .callout[role=status]")
        expect(verdict).to_contain_text("Yes.")
        expect(verdict).to_contain_text(item.rationale)
        expect(verdict).to_be_focused()
        given.append(item.id)
        press(page, page.get_by_role("link", name="Next question"))

    assert {ItemType.ORDERING, ItemType.SINGLE_CHOICE} <= {
        item.type for item in quiz.items if item.id in given
    }
    attempt = Attempt.objects.get(activity=step, user=house.priya)
    assert stored_answers(attempt) == list(enumerate(given, start=1))


def answer_by_keyboard(page: Page, item: Item) -> None:
    """Give the right answer to one of the first four questions."""
    if item.type is ItemType.ORDERING:
        put_in_order_by_keyboard(page, item)
    elif item.type is ItemType.BEST_WORST:
        for name, standing in (("best", Standing.BEST), ("worst", Standing.WORST)):
            pick_in_question(page, name, item.option_that_is(standing))
    else:
        pick_in_question(page, "option", item.option_that_is(Standing.RIGHT))


def pick_in_question(page: Page, name: str, value: str) -> None:
    pick(page, page.locator(f"#step input[name='{name}'][value='{value}']"))


def put_in_order_by_keyboard(page: Page, item: Item) -> None:
    """Move the steps of an ordering up by Enter on their buttons, which keep the focus."""
    for place, option in enumerate(item.option_ids()):
        steps = page.locator("ol.order > li")
        step = steps.filter(has=page.locator(f"input[value='{option}']"))
        for _ in range(place, order_shown(page).index(option)):
            press(page, step.get_by_role("button", name="Move up"))
    assert order_shown(page) == list(item.option_ids())
