"""Looking back on a call: a rewind to another ending, a comparison, and a lead's comment."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from assessments.models import Attempt
from courses.content.bots import PLAYERS
from courses.content.scenario_shapes import Scenario
from tests.factories.runs import begin_run, play_out
from tests.journeys.house import House
from tests.journeys.playing import (
    asks_for_words,
    best_choice,
    choose,
    moment_shown,
    scenario_in,
    type_own_words,
)


def play_well_to_the_end(page: Page, scenario: Scenario) -> None:
    """Choose the best reply at each moment with Denise."""
    goes_on = True
    while goes_on:
        if asks_for_words(page):
            type_own_words(page)
        goes_on = choose(page, best_choice(moment_shown(page, scenario, "denise")))


def test_an_agent_rewinds_compares_and_shares_and_the_lead_comments(
    page: Page,
    open_page: Callable[..., Page],
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    call = house.step("scenario")
    weak = play_out(begin_run(call, house.priya, card="denise"), PLAYERS["worst"])
    sign_in(page, house.priya)
    debrief = f"/attempts/{weak.pk}/debrief/"
    page.goto(debrief)
    expect(page.get_by_text("Only you can see this.", exact=True)).to_be_visible()
    check_accessibility(page)

    # Reflecting: what is typed is kept without a click
    with page.expect_response(lambda answer: answer.url.endswith("/reflection/")):
        page.get_by_label("What will you say differently").fill("I will ask first.")
    page.reload()
    expect(page.get_by_label("What will you say differently")).to_have_value("I will ask first.")

    # Rewinding to the first moment, and playing to another ending
    page.locator("li.moment").first.get_by_role("button", name="Rewind to this moment").click()
    page.wait_for_url("**/call/")
    play_well_to_the_end(page, scenario_in(call))
    branch = Attempt.objects.get(branched_from=weak)
    assert branch.result is not None
    assert weak.result is not None
    assert branch.result["ending"] != weak.result["ending"]
    check_accessibility(page)

    # Comparing the two
    page.get_by_role("link", name="Compare with another run of this call").click()
    page.get_by_label("The other run").select_option(str(weak.pk))
    page.get_by_role("button", name="Compare these runs").click()
    expect(page.get_by_text("Here they part")).to_have_count(1)
    check_accessibility(page)

    # Sharing, and what the lead does with it
    page.goto(debrief)
    page.get_by_role("button", name="Share it with your team lead").click()
    expect(page.get_by_text("You and your team lead can see this.", exact=True)).to_be_visible()
    lead = open_page()
    sign_in(lead, house.dana)
    lead.goto(f"/team/people/{house.priya.pk}/")
    lead.get_by_role("link", name="Calls").click()
    check_accessibility(lead)
    rows = lead.locator("a.item-title")
    expect(rows).to_have_count(1)
    rows.click()
    expect(lead.get_by_text("I will ask first.")).to_be_visible()
    second = lead.locator("li.moment").nth(1)
    second.get_by_text("Comment on this moment").click()
    second.get_by_label("Your comment on reply 2").fill("What did she want to know here?")
    second.get_by_role("button", name="Pin the comment").click()
    expect(lead.locator("li.moment").nth(1)).to_contain_text("What did she want to know here?")
    check_accessibility(lead)

    # The agent sees the mark and the words
    page.goto(f"/activities/{call.pk}/")
    expect(page.get_by_text("1 comment")).to_be_visible()
    page.goto(debrief)
    expect(page.locator("li.moment").nth(1)).to_contain_text("Dana Whitfield")


def test_looking_back_fits_a_phone(phone: Page, house: House, sign_in: Callable[..., None]) -> None:
    call = house.step("scenario")
    first, second = (
        play_out(begin_run(call, house.priya, card=card), PLAYERS[bot])
        for card, bot in (("denise", "worst"), ("lurdes", "best"))
    )
    sign_in(phone, house.priya)
    for path in (
        f"/attempts/{first.pk}/debrief/",
        f"/activities/{call.pk}/compare/?first={first.pk}&second={second.pk}",
        f"/attempts/{first.pk}/rewind/1/",
        f"/people/{house.priya.pk}/runs/",
    ):
        phone.goto(path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= phone.evaluate("innerWidth"), path
