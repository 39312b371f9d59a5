"""An agent takes a module: the lesson, the practice call and the quiz, in several sittings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from courses.content.lesson_blocks import QuickCheck, Reflection
from courses.content.quiz_items import ItemType
from courses.queries.content import lesson_of
from tests.factories.curriculum import LATER_TYPES
from tests.journeys.house import House
from tests.journeys.playing import (
    OWN_WORDS,
    asks_for_words,
    best_choice,
    check_answer,
    choose,
    give_answer,
    item_shown,
    moment_shown,
    quiz_in,
    scenario_in,
    type_own_words,
)

pytestmark = pytest.mark.journey

CALLER = "denise"
# What the page says to the answers below; to ratings it never says right or wrong.
VERDICTS = {
    ItemType.TRUE_FALSE: "Worth another look.",
    ItemType.RATE_EACH: "Close to the key.",
}
REFLECTION = "She was about to say that the letter had come twice."


def test_an_agent_takes_a_module_in_several_sittings(house, open_page, sign_in):
    house.assign_to_priya()
    lead = open_page()
    sign_in(lead, house.dana)

    page = arrive(open_page, sign_in, house)
    assert_progress(page, lead, house, done=0)
    begin_lesson(page, house)
    close_browser(page)

    page = arrive(open_page, sign_in, house)
    assert_lesson_is_where_it_was_left(page)
    finish_lesson(page)
    assert_progress(page, lead, house, done=1)
    begin_call(page, house)
    close_browser(page)

    page = arrive(open_page, sign_in, house)
    go_on_with_call(page, house)
    assert_progress(page, lead, house, done=2)
    begin_quiz(page, house)
    close_browser(page)

    page = arrive(open_page, sign_in, house)
    go_on_with_quiz(page, house)
    assert_progress(page, lead, house, done=3)


# The lesson


def begin_lesson(page: Page, house: House) -> None:
    page.goto("/learning/")
    expect(page.locator(".hero")).to_contain_text(house.module.title)
    expect(page.locator(".hero .status")).to_contain_text("Due")
    page.locator(".hero").get_by_role("link", name="Start").click()
    lesson = lesson_of(house.step("lesson").live_revision)
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
    check = next(block for block in lesson.blocks if isinstance(block, QuickCheck))
    form = page.locator(f"#form-{check.id}")
    for option in sorted(check.options, key=lambda one: check.judge(one.id).right):
        form.get_by_label(option.text).check()
        form.get_by_role("button").click()
        judgement = check.judge(option.id)
        expect(form.locator(".callout")).to_contain_text(judgement.feedback)
        verdict = "Yes." if judgement.right else "Worth another look."
        expect(form.locator(".callout")).to_contain_text(verdict)
    reflection = next(block for block in lesson.blocks if isinstance(block, Reflection))
    form = page.locator(f"#form-{reflection.id}")
    form.get_by_label(reflection.prompt).fill(REFLECTION)
    form.get_by_role("button", name="Save my words").click()
    expect(form.get_by_role("status")).to_have_text("Saved")


def assert_lesson_is_where_it_was_left(page: Page) -> None:
    expect(page.locator(".hero .eyebrow")).to_have_text("Continue where you left off")
    page.locator(".hero").get_by_role("link", name="Continue").click()
    words = page.locator("form.reflect textarea")
    expect(words).to_be_in_viewport()
    expect(words).to_have_value(REFLECTION)
    expect(page.locator("form .opt-right input")).to_be_checked()


def finish_lesson(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Finish and go on")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three bills, one visit")


# The practice call


def begin_call(page: Page, house: House) -> None:
    page.goto(f"/activities/{house.step('scenario').pk}/")
    page.get_by_label("Guided").check()
    page.get_by_role("button", name="Take the call").click()
    expect(page.locator(".caller-id")).to_contain_text("reply 1")
    for _ in range(3):
        assert reply_well(page, house)


def go_on_with_call(page: Page, house: House) -> None:
    page.locator(".hero").get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Go on with the call").click()
    expect(page.locator(".caller-id")).to_contain_text("reply 4")
    expect(page.locator(".turn-you")).to_have_count(3)
    while reply_well(page, house):
        continue
    attempt = house.step("scenario").attempts.get(user=house.priya)
    expect(page.locator("li.moment")).to_have_count(attempt.answers.count() - 1)
    expect(page.locator(".outcome")).to_contain_text("For Denise")
    expect(page.locator("main")).to_contain_text(OWN_WORDS)
    assert attempt.is_passed
    page.get_by_role("link", name="Go on with the module").click()


def reply_well(page: Page, house: House) -> bool:
    """Give the best reply, and look at what it did; return whether the call goes on."""
    moment = moment_shown(page, scenario_in(house.step("scenario")), CALLER)
    if asks_for_words(page):
        type_own_words(page)
        expect(page.locator(".coach-text")).to_contain_text(OWN_WORDS)
    choice = best_choice(moment)
    goes_on = choose(page, choice)
    feedback = page.locator(".guidance" if goes_on else "li.moment:last-child")
    expect(feedback).to_contain_text(choice.felt)
    expect(feedback).to_contain_text(choice.why)
    expect(feedback).to_contain_text(moment.expert)
    return goes_on


# The quiz


def begin_quiz(page: Page, house: House) -> None:
    page.goto(f"/activities/{house.step('quiz').pk}/")
    page.get_by_role("button", name="Begin").click()
    for number in (1, 2, 3):
        expect(page.locator("#step .eyebrow").first).to_contain_text(f"Question {number} of 12")
        answer_question(page, house)
        page.get_by_role("link", name="Next question").click()


def go_on_with_quiz(page: Page, house: House) -> None:
    page.locator(".hero").get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Go on where you stopped").click()
    expect(page.locator("#step .eyebrow").first).to_contain_text("Question 4 of 12")
    types = [answer_question(page, house)]
    while (following := page.get_by_role("link", name="Next question")).count():
        following.click()
        expect(page.get_by_role("button", name="Check my answer")).to_be_visible()
        types.append(answer_question(page, house))
    page.get_by_role("button", name="See my result").click()
    expect(page.locator(".result-head")).to_contain_text("Passed")
    quiz = quiz_in(house.step("quiz"))
    assert {item.type for item in quiz.items} == set(ItemType) - LATER_TYPES
    for item, answer in zip(quiz.items, page.locator("li.answer").all(), strict=True):
        expect(answer.get_by_role("heading")).to_have_text(item.title)
        expect(answer).to_contain_text(item.rationale)
    expect(page.locator("li.answer .status-warn")).to_have_count(1)
    page.get_by_role("link", name="Back to the module").click()


def answer_question(page: Page, house: House) -> ItemType:
    """Answer the question that is shown, each right but the one that is true or false."""
    item = item_shown(page, quiz_in(house.step("quiz")))
    is_right = item.type is not ItemType.TRUE_FALSE
    give_answer(page, item, is_right=is_right)
    check_answer(page, item)
    if item.type is ItemType.SHORT_TEXT:
        page.get_by_label(item.checklist[0].text).check()
        page.get_by_role("button", name="Save my marks").click()
        expect(page.get_by_label(item.checklist[0].text)).to_be_checked()
    else:
        verdict = VERDICTS.get(item.type, "Yes.")
        expect(page.locator("#step .callout[role=status]")).to_contain_text(verdict)
        for option in item.options:
            expect(page.locator("#step .teaches")).to_contain_text(option.feedback)
    return item.type


# Wherever it is shown


def arrive(open_page: Callable[..., Page], sign_in: Callable[..., None], house: House) -> Page:
    """Sign in from a browser that has never been here."""
    page = open_page()
    sign_in(page, house.priya)
    expect(page).to_have_url("/learning/")
    return page


def close_browser(page: Page) -> None:
    page.context.close()


def assert_progress(page: Page, lead: Page, house: House, *, done: int) -> None:
    """Read on every screen, the agent's and the lead's, how many of the three steps are done."""
    in_words = ("Not started", "In progress, 1 of 3", "In progress, 2 of 3", "Finished")[done]
    page.goto("/library/")
    in_library = page.locator(".item", has_text=house.module.title)
    expect(in_library.locator(".item-side")).to_have_text(in_words)
    page.goto(house.module_path)
    expect(page.get_by_role("heading", name=f"{done} of 3 done")).to_be_visible()
    expect(page.locator(".outline-done")).to_have_count(done)
    page.goto("/learning/")
    lead.goto("/team/")
    row = lead.locator("tr", has=lead.get_by_role("link", name="Priya Raman"))
    if done < 3:
        expect(page.locator(".hero")).to_contain_text(f"{done} of 3 done")
        expect(row).to_contain_text(f"{done} of 3 done")
    else:
        expect(page.locator("main")).to_contain_text("You’re all caught up")
        expect(row).to_contain_text("Nothing open")
        expect(lead.locator(".need", has_text="Finished")).to_contain_text("1")
    row.get_by_role("link", name="Priya Raman").click()
    steps = lead.locator("article li.item")
    expect(steps).to_have_count(3)
    expect(steps.filter(has_text="Finished")).to_have_count(done)
