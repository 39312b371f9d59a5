"""A patient who waits for an answer: told calmly, heard once, and never for whom wants no limit."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from assessments.models import Attempt
from assessments.queries.answers import replies_of
from courses.content.scenario_graph import Reply
from portal.kit.clock import now
from tests.factories.courses import ScenarioFactory
from tests.factories.runs import begin_run
from tests.factories.scenarios import small_raw
from tests.journeys.house import House
from tests.journeys.playing import say

ASKS = "You have gone quiet. Are you there?"


def call_that_waits(house: House) -> Attempt:
    """Begin a chat whose patient waits five minutes for the first answer."""
    raw = small_raw()
    raw["moments"][0] |= {
        "think_time": {"seconds": 300, "then_says": ASKS, "effects": {"distress": 1}},
        "hint": "What would you want to hear?",
    }
    return begin_run(ScenarioFactory(published=raw), house.priya)


def open_with_a_clock_of_its_own(page: Page, run: Attempt) -> None:
    """Open a call in a browser whose time can be made to pass."""
    page.clock.install(time=now())
    page.goto(f"/attempts/{run.pk}/call/")


def pass_seconds(page: Page, seconds: int) -> None:
    """Let so many seconds pass in the page."""
    page.clock.run_for(seconds * 1000)


def test_the_caller_speaks_again_once_and_a_hint_does_not_start_the_time_anew(
    page: Page,
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    run = call_that_waits(house)
    sign_in(page, house.priya)
    open_with_a_clock_of_its_own(page, run)
    line, status = page.locator("[data-wait-line]"), page.locator("[data-wait-status]")
    expect(page.get_by_text("waits about 5 minutes, then speaks again")).to_be_visible()
    check_accessibility(page)

    pass_seconds(page, 100)
    expect(line).to_be_hidden()
    page.get_by_role("button", name="Hint").click()
    expect(page.get_by_text("What would you want to hear?")).to_be_visible()
    pass_seconds(page, 250)
    expect(line).to_be_visible()
    expect(status).to_contain_text(ASKS)
    check_accessibility(page)

    say(page, lambda: page.locator("button.choice[value=A]").click())
    assert replies_of(run) == [Reply("A", waited=True)]
    expect(page.locator(".transcript").get_by_text(ASKS)).to_be_visible()
    expect(page.get_by_text("No timer. Take the time you need.")).to_be_visible()


def test_whoever_wants_no_limit_takes_it_off_in_the_call_by_keyboard(
    phone: Page, house: House, sign_in: Callable[..., None]
) -> None:
    run = call_that_waits(house)
    sign_in(phone, house.priya)
    open_with_a_clock_of_its_own(phone, run)
    phone.get_by_role("button", name="No limit for me").focus()
    phone.keyboard.press("Enter")
    words = phone.get_by_text("You have set no limit, so nothing happens after that.")
    expect(words).to_be_focused()
    pass_seconds(phone, 600)
    expect(phone.get_by_text(ASKS)).to_have_count(0)
    say(phone, lambda: phone.locator("button.choice[value=A]").click())
    assert replies_of(run) == [Reply("A")]


def test_an_answer_in_time_is_only_an_answer(
    page: Page, house: House, sign_in: Callable[..., None]
) -> None:
    run = call_that_waits(house)
    sign_in(page, house.priya)
    open_with_a_clock_of_its_own(page, run)
    pass_seconds(page, 60)
    say(page, lambda: page.locator("button.choice[value=A]").click())
    assert replies_of(run) == [Reply("A")]
    expect(page.get_by_text(ASKS)).to_have_count(0)
