"""A lead assigns the module, sees beforehand what that does, and follows how people get on."""

import re
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from courses.actions.reminders import plan_learning_reminders
from portal.kit.clock import end_of_day, now
from tests.factories.courses import EnrolmentFactory
from tests.journeys.house import House
from tests.journeys.mails import (
    first_path_in,
    html_of,
    mails_to,
    path_of,
    text_of,
    wait_for_mail,
)

pytestmark = pytest.mark.journey

NOTE = "You said billing calls run long. This one helps."


def test_a_lead_assigns_the_module_and_the_mail_leads_to_it(
    house, page, open_page, sign_in, mail_server, celery_worker
):
    sign_in(page, house.dana)
    choose_what_and_when(page, house)
    page.get_by_label("Priya Raman").check()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Reaches 1 person")
    expect(preview.locator(".reach")).to_contain_text("Priya Raman")
    expect(preview).to_contain_text("Today, when you assign")
    expect(preview).to_contain_text("Reminder to 1 person, only if not finished")
    expect(preview).to_contain_text("Overdue note to 1 person, only if not finished")
    preview.get_by_text("Read the e-mail to Priya").click()
    letter = preview.locator("details")
    expect(letter).to_contain_text(NOTE)
    assert mail_server.messages == []
    promised = letter.locator(".well").inner_text().split()
    page.get_by_role("button", name="Assign to 1 person").click()
    expect(page.locator("#toasts")).to_contain_text("Assigned to 1 person.")

    mail = wait_for_mail(mail_server, house.priya.email)
    assert mail.get_content_type() == "multipart/alternative"
    assert mail["Reply-To"].addresses[0].addr_spec == house.dana.email
    assert mail["Message-ID"]
    assert mail["List-Unsubscribe"] is None
    assert house.module.title in html_of(mail)
    assert set(promised) <= set(text_of(mail).split())

    agent = open_page()
    agent.goto(first_path_in(mail))
    agent.locator("input[name=login]").fill(house.priya.email)
    agent.locator("input[name=password]").fill("a calm first word")
    agent.get_by_role("button", name="Sign in").click()
    expect(agent).to_have_url(house.module_path)
    expect(agent.locator("aside.stack")).to_contain_text(f"Dana wrote: “{NOTE}”")
    expect(agent.locator("aside.stack")).to_contain_text("Assigned by")


def test_a_lead_assigns_to_a_team_follows_its_people_and_takes_it_back(
    house, page, open_page, sign_in
):
    house.assign_to_priya()
    sign_in(page, house.dana)
    choose_what_and_when(page, house)
    page.get_by_label("All of Scheduling Blue").check()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Reaches 1 person")
    expect(preview).to_contain_text("Jomar Santos")
    expect(preview.locator(".reach li", has_text="Priya Raman")).to_contain_text("Already assigned")
    page.get_by_role("button", name="Assign to 1 person").click()
    expect(page.locator("tbody tr")).to_have_text([re.compile("Jomar Santos")])

    agent = open_page()
    sign_in(agent, house.jomar)
    expect(agent.locator(".hero")).to_contain_text(house.module.title)
    page.goto("/team/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Jomar Santos")).to_contain_text("0 of 3 done")
    expect(page.locator("main")).not_to_contain_text("Imani Brooks")
    assert_unknown(page, f"/team/people/{house.imani.pk}/")
    assert_unknown(page, f"/team/people/{house.samuel.pk}/")

    page.goto("/team/")
    page.locator("section", has_text="Assigned by you lately").get_by_role("link").first.click()
    page.get_by_role("button", name="Undo for everybody").click()
    expect(page.locator("#toasts")).to_contain_text("Undone for 1 person.")
    agent.goto("/learning/")
    expect(agent.locator("main")).to_contain_text("You’re all caught up")
    assert house.priya.enrolments.get().withdrawn_at is None

    other_lead = open_page()
    sign_in(other_lead, house.samuel)
    expect(other_lead.locator("tbody tr")).to_have_count(1)
    expect(other_lead.locator("tbody tr")).to_contain_text("Imani Brooks")
    assert_unknown(other_lead, f"/team/people/{house.priya.pk}/")


def test_a_reminder_comes_by_mail_and_one_click_turns_it_off(
    house, page, mail_server, celery_worker
):
    priya = house.priya
    priya.working_days, priya.work_starts, priya.work_ends = list(range(7)), time(0), time(23, 59)
    priya.save()
    due_at = end_of_day(house.due_on, priya.time_zone)
    moments = {"due_at": due_at, "remind_at": now() - timedelta(minutes=5)}
    EnrolmentFactory(user=priya, module=house.module, due_on=house.due_on, **moments)

    assert plan_learning_reminders(now=now()) == 1
    mail = wait_for_mail(mail_server, priya.email)
    assert "There’s still time" in text_of(mail)
    assert first_path_in(mail) == house.module_path
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(path_of(mail["List-Unsubscribe"]))
    page.get_by_role("button", name="Turn these mails off").click()
    expect(page.get_by_role("heading")).to_have_text("You won’t get these mails any more")
    assert plan_learning_reminders(now=now()) == 0
    assert len(mails_to(mail_server, priya.email)) == 1


def choose_what_and_when(page: Page, house: House) -> None:
    """Open the form, and say everything but who."""
    page.goto("/assign/")
    page.get_by_label(house.module.title).check()
    page.get_by_label("Last day", exact=True).fill(in_two_weeks(house).isoformat())
    page.get_by_label("Note to the people").fill(NOTE)


def in_two_weeks(house: House) -> date:
    return house.due_on + timedelta(days=11)


def assert_unknown(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 404
