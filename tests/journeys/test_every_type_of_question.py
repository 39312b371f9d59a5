"""One quiz with a question of every type: by mouse, by keyboard alone, and on a phone."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Attempt, AttemptState
from courses.content.options import Standing
from courses.content.quiz import parse_quiz
from courses.content.quiz_items import PUT_IN_ORDER, Item, ItemType
from courses.models import Activity
from courses.queries.content import quiz_of
from portal.people.models import User
from tests.factories.coaching import a_pair
from tests.factories.courses import QuizFactory
from tests.factories.marks import LETTER
from tests.factories.media import stored_media
from tests.factories.quizzes import sample_raw
from tests.journeys.keyboard import pick, press, tab_to
from tests.journeys.playing import ONE_RIGHT, item_shown, order_shown

pytestmark = pytest.mark.journey

OWN_WORDS = {"patterns": "What did I miss?", "letter": LETTER}


@dataclass(frozen=True)
class Hand:
    """A way to work a page."""

    press: Callable[[Page, Locator], None]
    pick: Callable[[Page, Locator], None]
    write: Callable[[Page, Locator, str], None]
    select: Callable[[Page, Locator, int], None]


def _write_by_keyboard(page: Page, box: Locator, text: str) -> None:
    tab_to(page, box)
    page.keyboard.insert_text(text)


def _select_by_keyboard(page: Page, box: Locator, place: int) -> None:
    tab_to(page, box)
    for _ in range(place):
        page.keyboard.press("ArrowDown")


KEYBOARD = Hand(press, pick, _write_by_keyboard, _select_by_keyboard)
MOUSE = Hand(
    press=lambda _, button: button.click(),
    pick=lambda _, option: option.check(),
    write=lambda _, box, text: box.fill(text),
    select=lambda _, box, place: box.select_option(index=place) and None,
)


@pytest.fixture
def pair(live_server: LiveServer) -> tuple[User, User]:
    """A lead and an agent of their team."""
    return a_pair()


@pytest.fixture
def quiz(pair: tuple[User, User]) -> Activity:
    """A quiz with a question of every type, some with media, some asking how sure one is."""
    raw = sample_raw()
    activity: Activity = QuizFactory(published=raw, media=stored_media(parse_quiz(raw).files))
    return activity


def test_by_mouse_until_a_lead_has_marked_it(
    page: Page,
    open_page: Callable[..., Page],
    pair: tuple[User, User],
    quiz: Activity,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    dana, priya = pair
    sign_in(page, priya)
    attempt = play(page, quiz, MOUSE, look=check_accessibility)
    check_accessibility(page)

    lead = open_page()
    sign_in(lead, dana)
    lead.goto("/team/")
    lead.get_by_role("link", name="Read and mark").click()
    lead.get_by_role("link", name=priya.name).click()
    expect(lead.get_by_text("Lena looks into it by Friday.")).to_be_visible()
    lead.get_by_label("Three times, and strangers opened it.").check()
    lead.get_by_label("One step, without a name or a day.").check()
    lead.get_by_label("Your words").fill("Say who Lena is.")
    check_accessibility(lead)
    lead.get_by_role("button", name="Keep this mark").click()
    expect(lead.get_by_text("Nothing waits for you")).to_be_visible()

    page.reload()
    expect(page.locator(".result-head")).to_contain_text("Passed")
    expect(page.get_by_text("Say who Lena is.")).to_be_visible()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.is_passed) == (AttemptState.FINISHED, True)


def test_by_keyboard_alone(
    page: Page, pair: tuple[User, User], quiz: Activity, sign_in: Callable[..., None]
) -> None:
    sign_in(page, pair[1])
    play(page, quiz, KEYBOARD)


def test_on_a_phone(
    phone: Page,
    pair: tuple[User, User],
    quiz: Activity,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    def fits(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)

    sign_in(phone, pair[1])
    play(phone, quiz, MOUSE, look=fits)


def play(
    page: Page, quiz: Activity, hand: Hand, look: Callable[[Page], None] = lambda page: None
) -> Attempt:
    """Answer everything right, and finish; the result then waits for a mark."""
    content = quiz_of(quiz.live_revision)
    page.goto(f"/activities/{quiz.pk}/")
    hand.press(page, page.get_by_role("button", name="Begin"))
    for number, _ in enumerate(content.items, 1):
        expect(page.locator("#step .eyebrow")).to_contain_text(f"Question {number} of")
        item = item_shown(page, content)
        look(page)
        answer(page, item, hand)
        if item.rubric:
            hand.press(page, page.get_by_role("button", name="Save my answer"))
            continue
        hand.press(page, page.get_by_role("button", name="Check my answer"))
        expect(page.locator("#step .callout[role=status]")).to_contain_text(item.rationale)
        look(page)
        hand.press(page, page.get_by_role("link", name="Next question"))
    finish = page.get_by_role("button", name="See my result")
    expect(finish).to_be_visible()
    hand.press(page, finish)

    expect(page.get_by_role("heading", level=1)).to_have_text("Handed in")
    attempt = Attempt.objects.get(activity=quiz)
    assert attempt.state == AttemptState.MARKING
    assert attempt.result is not None
    scored = [one["points"] for one in attempt.result["items"].values()]
    assert [points for points in scored if points is not None] == [pytest.approx(1)] * 11
    assert list(attempt.answers.order_by("seq").values_list("step_id", flat=True)) == [
        item.id for item in content.items
    ]
    return attempt


def answer(page: Page, item: Item, hand: Hand) -> None:
    """Give the right answer to a question, and say how sure one is where it asks."""
    for name, value in _picked(item):
        hand.pick(page, page.locator(f"#step input[name='{name}'][value='{value}']"))
    if item.type in PUT_IN_ORDER:
        _put_in_order(page, [option.shown.id for option in item.explained().options], hand)
    elif item.type is ItemType.MATCHING:
        for option in item.options:
            box = page.locator(f"#step select[name='pair-{option.shown.id}']")
            shown = box.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
            hand.select(page, box, shown.index(option.goes_with))
    elif item.type is ItemType.FILL_GAP:
        for gap in item.options:
            box = page.locator(f"#step input[name='gap-{gap.shown.id}']")
            hand.write(page, box, gap.accepted[0].upper())
    elif item.type in (ItemType.SHORT_TEXT, ItemType.LONG_TEXT):
        hand.write(page, page.get_by_label("Your words"), OWN_WORDS.get(item.id, "I hear you."))
    if item.asks_confidence:
        hand.pick(page, page.locator("#step input[name='confidence'][value='3']"))


def _picked(item: Item) -> list[tuple[str, str]]:
    """Return the fields that the right answer picks, where it picks any."""
    if item.type in ONE_RIGHT:
        return [("option", item.option_that_is(Standing.RIGHT))]
    if item.type is ItemType.MULTIPLE_CHOICE:
        return [("options", one.shown.id) for one in item.options if one.is_right]
    if item.type is ItemType.BEST_WORST:
        return [(one.value, item.option_that_is(one)) for one in (Standing.BEST, Standing.WORST)]
    if item.type is ItemType.RATE_EACH:
        return [(f"rating-{one.shown.id}", str(round(one.rating or 0))) for one in item.options]
    return []


def _put_in_order(page: Page, order: list[str], hand: Hand) -> None:
    """Move what is to be put in order up, one place a press, until it stands as given."""
    for place, option in enumerate(order):
        row = page.locator("ol.order > li").filter(has=page.locator(f"input[value='{option}']"))
        for _ in range(place, order_shown(page).index(option)):
            hand.press(page, row.get_by_role("button", name="Move up"))
    assert order_shown(page) == order
