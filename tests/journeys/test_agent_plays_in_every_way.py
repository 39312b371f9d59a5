"""The practice call in its three modes: by mouse, by keyboard alone, and on a phone offline."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from assessments.models import Attempt, AttemptMode
from courses.content.scenario_shapes import Choice, Moment
from tests.journeys.house import House
from tests.journeys.keyboard import pick, press, tab_to, write
from tests.journeys.playing import (
    OWN_WORDS,
    asks_for_words,
    choose,
    moment_shown,
    say,
    scenario_in,
    stored_answers,
    type_own_words,
)

pytestmark = pytest.mark.journey

# Each digit is a shortcut of the player, and so is the letter.
WORDS_FULL_OF_SHORTCUTS = "1, 2, 3, 4 or 5: which bill has to be paid, and how? H"


def test_a_guided_call_by_mouse_says_after_each_choice_how_it_landed(
    page: Page,
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    sign_in(page, house.priya)
    open_brief(page, house)
    page.locator("input[name=card][value=denise]").check()
    page.get_by_label("Guided").check()
    page.get_by_role("button", name="Take the call").click()
    expect(page.locator(".moods")).to_be_visible()

    goes_on, replies = True, 0
    while goes_on:
        if asks_for_words(page):
            type_own_words(page)
        moment, choice = best_offered(page, house, "denise")
        goes_on = choose(page, choice)
        replies += 1
        feedback = page.locator(".guidance" if goes_on else "li.moment:last-child")
        expect(feedback).to_contain_text(choice.felt)
        expect(feedback).to_contain_text(choice.why)
        expect(feedback).to_contain_text(moment.expert)
        if replies == 1:
            check_accessibility(page)

    expect(page.locator("li.moment")).to_have_count(replies)
    check_accessibility(page)
    assert the_run(house).mode == AttemptMode.GUIDED


def test_a_practice_call_by_keyboard_alone_and_no_shortcut_fires_while_typing(
    page: Page,
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    sign_in(page, house.priya)
    open_brief(page, house)
    pick(page, page.locator("input[name=card][value=denise]"))
    pick(page, page.locator("input[name=mode][value=practice]"))
    press(page, page.get_by_role("button", name="Take the call"))
    page.wait_for_url("**/call/")
    expect(page.locator("[data-hint]")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("[data-hint]")).to_be_focused()
    expect(page.locator("p.hint")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("p.hint")).to_be_focused()
    check_accessibility(page)

    goes_on, replies, has_typed = True, 0, False
    while goes_on:
        if asks_for_words(page):
            type_by_keyboard(page)
            has_typed = True
        _, choice = best_offered(page, house, "denise")
        button = page.locator(f"button.choice[value='{choice.id}']")
        digit = str(button.get_attribute("data-key"))
        if replies == 1:
            tab_to(page, button)
            digit = "Enter"
        goes_on = say(page, lambda key=digit: page.keyboard.press(key))
        replies += 1
        if goes_on:
            expect(page.locator(".turn-now")).to_be_focused()
            expect(page.locator(".guidance")).to_have_count(0)

    assert has_typed
    expect(page.locator("li.moment")).to_have_count(replies)
    expect(page.locator(".coach-text mark")).to_have_text(
        WORDS_FULL_OF_SHORTCUTS.removesuffix(" H")
    )
    check_accessibility(page)
    assert the_run(house).mode == AttemptMode.PRACTICE
    press(page, page.get_by_role("link", name="Go on with the module"))
    expect(page).to_have_url(house.module_path)


def test_an_assessed_call_on_a_phone_survives_a_network_that_comes_and_goes(
    phone: Page,
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    sign_in(phone, house.priya)
    open_brief(phone, house)
    phone.locator("input[name=card][value=denise]").check()
    phone.get_by_label("Assessed").check()
    phone.get_by_role("button", name="Take the call").click()
    expect(phone.locator("form.reply")).to_be_visible()
    check_accessibility(phone)

    given: list[str] = []
    goes_on = True
    while goes_on:
        assert_nothing_is_given_away(phone)
        given.append(phone.locator("form.reply input[name=moment]").input_value())
        if asks_for_words(phone):
            type_own_words(phone)
            continue
        _, choice = best_offered(phone, house, "denise")
        if len(given) == 3:
            reply_without_network(phone, choice, the_run(house))
        elif len(given) == 5:
            reply_and_lose_the_acknowledgement(phone, choice)
        else:
            goes_on = choose(phone, choice)

    assert stored_answers(the_run(house)) == list(enumerate(given, start=1))
    assert the_run(house).mode == AttemptMode.ASSESSED
    expect(phone.locator("main")).to_contain_text(OWN_WORDS)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(phone)


def open_brief(page: Page, house: House) -> None:
    page.goto(f"/activities/{house.step('scenario').pk}/")


def the_run(house: House) -> Attempt:
    """Return the only run of the call."""
    return house.step("scenario").attempts.get(user=house.priya)


def best_offered(page: Page, house: House, card: str) -> tuple[Moment, Choice]:
    """Return the moment that is shown, and the best of the choices that the page offers."""
    moment = moment_shown(page, scenario_in(house.step("scenario")), card)
    offered = page.locator("button.choice").evaluate_all("(all) => all.map((one) => one.value)")
    choices = [choice for choice in moment.choices if choice.id in offered]
    return moment, max(choices, key=lambda choice: choice.effectiveness.mean)


def type_by_keyboard(page: Page) -> None:
    """Type a reply that is full of shortcuts: each is a letter and nothing else."""
    seq = str(page.locator("form.reply").get_attribute("data-seq"))
    box = page.locator("form.reply textarea")
    write(page, box, WORDS_FULL_OF_SHORTCUTS)
    expect(box).to_have_value(WORDS_FULL_OF_SHORTCUTS)
    expect(box).to_be_focused()
    expect(page.locator("form.reply")).to_have_attribute("data-seq", seq)
    expect(page.locator("p.hint")).to_have_count(0)
    say(page, lambda: press(page, page.get_by_role("button", name="Say it")))


def assert_nothing_is_given_away(page: Page) -> None:
    """Neither a hint, nor the caller's mood, nor how the last reply landed."""
    expect(page.locator(".moods, [data-hint], .hint, .guidance")).to_have_count(0)


def reply_without_network(page: Page, choice: Choice, run: Attempt) -> None:
    """Reply in a tunnel: it is kept, a second try adds nothing, and it is sent when out again."""
    before = stored_answers(run)
    page.context.set_offline(True)
    click_reply(page, choice)
    status = page.locator("[data-save-status]")
    expect(status).to_be_visible()
    expect(status).to_have_text("Offline: kept here")
    expect(page.locator("form.reply")).to_have_attribute("aria-busy", "true")
    click_reply(page, choice)
    assert stored_answers(run) == before

    seq = shown_seq(page)
    page.context.set_offline(False)
    expect(page.locator("form.reply")).to_have_attribute("data-seq", str(seq + 1))
    expect(status).to_have_text("Saved")
    assert len(stored_answers(run)) == len(before) + 1


def reply_and_lose_the_acknowledgement(page: Page, choice: Choice) -> None:
    """Reply, and lose the network when the server has the reply and the page does not know it."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    seq = shown_seq(page)
    page.route("**/reply/", lose, times=1)
    click_reply(page, choice)
    expect(page.locator("[data-save-status]")).to_have_text("Offline: kept here")
    expect(page.locator("form.reply")).to_have_attribute("data-seq", str(seq + 1))
    expect(page.locator("[data-save-status]")).to_have_text("Saved")


def click_reply(page: Page, choice: Choice) -> None:
    page.locator(f"button.choice[value='{choice.id}']").click()


def shown_seq(page: Page) -> int:
    """Return the number that the next reply will carry."""
    return int(page.locator("form.reply").get_attribute("data-seq") or 0)
