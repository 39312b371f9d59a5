"""Five minutes with cards: on a phone by keyboard alone, and in a browser without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import CardReview, SpacedCard
from assessments.queries.refreshers import CARDS_A_DAY
from tests.journeys.cards import miss_everything_in
from tests.journeys.house import House
from tests.journeys.keyboard import press, write
from tests.support.browser import PHONE

pytestmark = pytest.mark.journey


@pytest.fixture
def priya_missed(house: House) -> House:
    """Priya, whose module went badly two days ago."""
    miss_everything_in(house.module, house.priya)
    return house


def test_five_minutes_by_keyboard_on_a_phone(
    phone: Page, priya_missed: House, sign_in: Callable[..., None], check_accessibility
) -> None:
    sign_in(phone, priya_missed.priya)
    press(phone, phone.get_by_role("link", name="Five minutes"))
    for number in range(1, CARDS_A_DAY + 1):
        expect(phone.locator(".eyebrow").first).to_contain_text(f"Card {number} of {CARDS_A_DAY}")
        if number == 1:
            check_accessibility(phone)
        answer_by_keyboard(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("That’s it for today")
    expect(phone.locator("main")).to_contain_text("Next: ")
    assert CardReview.objects.filter(card__user=priya_missed.priya).count() == CARDS_A_DAY
    press(phone, phone.get_by_role("link", name="Back to my learning"))
    expect(phone.get_by_role("link", name="Five minutes")).to_have_count(0)


def answer_by_keyboard(page: Page) -> None:
    """Answer the card that is shown with whatever stands first, and go on."""
    turn = page.get_by_role("button", name="Turn the card")
    if turn.count():
        write(page, page.get_by_label("Your words"), "I hear you.")
        press(page, turn)
        expect(page.get_by_text("On the back")).to_be_visible()
        press(page, page.get_by_role("button", name="I had it"))
        expect(page.get_by_role("button", name="I had it")).to_have_count(0)
        return
    fill_in_by_keyboard(page)
    press(page, page.get_by_role("button", name="Check my answer"))
    onward = page.get_by_role("link", name="Next card").or_(page.get_by_role("link", name="Finish"))
    expect(page.locator("#step .callout[role=status]")).to_be_focused()
    press(page, onward)
    expect(onward).to_have_count(0)


def fill_in_by_keyboard(page: Page) -> None:
    """Give some whole answer to a question of any type that the module has."""
    names = page.locator("#step input[type=radio]").evaluate_all(
        "(all) => [...new Set(all.map((one) => one.name))]"
    )
    for place, name in enumerate(names):
        group = page.locator(f"#step input[name='{name}']")
        page.keyboard.press("Tab")
        while not group.evaluate_all("(all) => all.includes(document.activeElement)"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        if place and name == "worst":
            page.keyboard.press("ArrowDown")
    boxes = page.locator("#step input[type=checkbox]")
    if boxes.count():
        while not boxes.evaluate_all("(all) => all.includes(document.activeElement)"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    for box in page.locator("#step input[type=text]").all():
        write(page, box, "word")


def test_five_minutes_without_scripts(
    open_page: Callable[..., Page], priya_missed: House, sign_in: Callable[..., None]
) -> None:
    page = open_page(PHONE, runs_scripts=False)
    sign_in(page, priya_missed.priya)
    SpacedCard.objects.exclude(kind="recall").update(due_on=None)
    page.get_by_role("link", name="Five minutes").click()
    page.get_by_role("button", name="I don’t need this one").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_label("Your words").fill("I hear you.")
    page.get_by_role("button", name="Turn the card").click()
    expect(page.get_by_text("I hear you.")).to_be_visible()
    page.get_by_role("button", name="Nearly").click()

    expect(page.locator(".eyebrow").first).to_contain_text("Card 2 of 3")
    review = CardReview.objects.get()
    assert (review.grade, review.response) == (2, {"text": "I hear you."})
