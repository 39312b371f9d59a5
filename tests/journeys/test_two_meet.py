"""A lead plans a session, both prepare, meet on one page, and agree on something."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.coaching.models import FeedbackSession
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from tests.factories.coaching import planned
from tests.journeys.house import House
from tests.support.browser import PHONE
from tests.support.smtp import MailServer

pytestmark = pytest.mark.journey


def test_two_people_plan_prepare_meet_and_agree(
    house: House,
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
    mail_server: MailServer,
) -> None:
    lead = open_page()
    sign_in(lead, house.dana)
    lead.goto("/feedback/")
    check_accessibility(lead)
    lead.get_by_role("main").get_by_role("link", name="Plan a session").first.click()
    check_accessibility(lead)
    lead.get_by_label("With").select_option(label=house.priya.name)
    lead.get_by_role("button", name="Find times").click()
    check_accessibility(lead)
    lead.get_by_role("radio").first.check()
    lead.get_by_label("Place").fill("Room 4")
    lead.get_by_role("button", name="Plan and invite").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(f"Session with {house.priya.name}")
    check_accessibility(lead)

    deliver_due_emails(clock=now)
    invited = {message["To"]: message for message in mail_server.messages}
    assert set(invited) == {house.dana.email, house.priya.email}
    text = invited[house.priya.email].get_body(("plain",)).get_content()
    links = [word for word in text.split() if "/feedback/" in word]
    reply, address = (link[link.index("/feedback/") :] for link in links)

    agent = open_page(PHONE)
    agent.goto(reply)
    check_accessibility(agent)
    agent.get_by_role("button", name="Accept").click()
    expect(agent.get_by_role("heading", level=1)).to_have_text("Thank you")
    sign_in(agent, house.priya)
    agent.goto(address)
    check_accessibility(agent)
    expect(agent.get_by_role("main")).to_contain_text("You said: Accepted")
    agent.get_by_role("link", name="Get ready").click()
    check_accessibility(agent)
    agent.get_by_label("Before you meet").fill("It was a long week.")
    agent.get_by_role("button", name="Save").first.click()
    agent.get_by_label("Add something to talk about").fill("Calls that go in circles")
    agent.get_by_role("button", name="Add to the agenda").click()

    lead.reload()
    expect(lead.get_by_role("main")).to_contain_text(f"{house.priya.first_name} accepted")
    lead.get_by_role("button", name="Begin session").click()
    check_accessibility(lead)
    lead.get_by_label("What was agreed").fill("Say a time on five call-backs")
    lead.get_by_label("By").fill((now() + timedelta(days=14)).date().isoformat())
    lead.get_by_role("button", name="Add", exact=True).click()
    expect(lead.locator("#live-actions")).to_contain_text("Say a time on five call-backs")
    lead.get_by_role("button", name="Close and send the summary").click()

    agent.reload()
    agent.get_by_role("button", name="I’ve read it").click()
    expect(agent.get_by_role("main")).to_contain_text("read it on")
    check_accessibility(agent)


def test_one_of_two_on_one_page_is_away_for_a_while_and_nothing_is_lost(
    house: House, open_page: Callable[..., Page], sign_in: Callable[..., None]
) -> None:
    session = planned(house.dana, house.priya, starts_at=now() + timedelta(days=2), at=now())
    address = f"/feedback/{session.pk}/"
    lead, agent = open_page(), open_page()
    sign_in(lead, house.dana)
    sign_in(agent, house.priya)
    lead.goto(address)
    lead.get_by_role("button", name="Begin session").click()
    agent.goto(address)

    agent.context.set_offline(True)
    agent.get_by_label(f"Shared with {house.dana.first_name}").fill("From Priya, in the tunnel")
    lead.get_by_label(f"Shared with {house.priya.first_name}").fill("From Dana, at her desk")
    lead.get_by_role("button", name="Save the shared note").click()
    agent.context.set_offline(False)
    agent.get_by_role("button", name="Save the shared note").click()

    expect(agent.get_by_role("alert")).to_contain_text("changed this note since you opened it")
    expect(agent.get_by_role("main")).to_contain_text("From Dana, at her desk")
    note = agent.get_by_label(f"Shared with {house.dana.first_name}")
    expect(note).to_have_value("From Priya, in the tunnel")
    note.fill("From both of us")
    agent.get_by_role("button", name="Save mine in place of theirs").click()
    expect(note).to_have_value("From both of us")
    assert FeedbackSession.objects.get().shared_note == "From both of us"

    agent.get_by_label("Add something to talk about").fill("Night shifts")
    agent.get_by_role("button", name="Add to the agenda").click()
    expect(lead.locator("#live-agenda")).to_contain_text("Night shifts")
