"""A chat, a message and a call read aloud, each played on a screen of its own size."""

import pytest
from playwright.sync_api import expect

from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run
from tests.factories.scenarios import small_raw
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("channel", ["chat", "message"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_written_channel_can_be_played(
    live_server, open_page, sign_in, check_accessibility, channel, size
):
    priya = PersonFactory()
    attempt = begin_run(ScenarioFactory(published=small_raw(channel=channel)), priya)
    page = open_page(size)
    sign_in(page, priya)
    page.goto(f"/attempts/{attempt.pk}/call/")
    page.locator("button.choice").first.click()
    expect(page.locator(".turn-now")).to_contain_text("This is said at check.")
    expect(page.locator(".turn-now")).to_be_focused()
    expect(page.locator("[data-voice]")).to_have_count(0)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]
    check_accessibility(page)


def test_reading_aloud_is_off_until_asked_for_and_remembered(
    live_server, open_page, sign_in, check_accessibility
):
    priya = PersonFactory()
    attempt = begin_run(ScenarioFactory(published=small_raw(channel="phone")), priya)
    page = open_page()
    sign_in(page, priya)
    page.goto(f"/attempts/{attempt.pk}/call/")
    voice = page.get_by_role("button", name="Read aloud")
    expect(voice).to_have_attribute("aria-pressed", "false")
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(voice).to_have_attribute("aria-pressed", "true")
    check_accessibility(page)
