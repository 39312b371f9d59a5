"""An author who never saw the tool writes a lesson and a quiz by forms; an agent takes both."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from courses.models import Activity
from tests.factories.people import PersonFactory
from tests.journeys.house import House
from tests.journeys.keyboard import press as press_by_key
from tests.journeys.playing import check_answer, give_answer, item_shown, quiz_in

pytestmark = pytest.mark.journey

RIGHT = "You were cut off twice today. I have your number, and I stay on."
ASKED = "Which reply would you give first?"


def test_an_author_writes_by_forms_and_an_agent_learns_from_it(
    house: House, open_page, sign_in, check_accessibility
):
    page = open_page()
    sign_in(page, PersonFactory(name="Mei Tanaka", author=True))
    begin_a_module(page)
    begin(page, "Lesson", "Say the number back")
    write_the_lesson(page)
    check_accessibility(page)
    publish(page, "The first lesson")
    page.goto("/content/")
    page.locator("section", has_text="Calm at the desk").get_by_role("link", name="Outline").click()
    begin(page, "Quiz", "Four questions")
    write_four_questions(page)
    check_accessibility(page)
    publish(page, "The first questions")

    agent = open_page()
    sign_in(agent, house.priya)
    take_the_lesson(agent)
    take_the_quiz(agent)


def begin_a_module(page: Page) -> None:
    page.goto("/content/")
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Calm at the desk")
    page.get_by_label("Summary").fill("Two small things that keep a call calm.")
    page.get_by_label("Skill").select_option("Emotional Intelligence")
    save(page)
    page.get_by_role("link", name="New module").click()
    page.get_by_label("Title").fill("When the line drops")
    page.get_by_label("Objective").fill("Begin again after a call that was cut off.")
    page.get_by_label("Summary").fill("What to say first when somebody calls again.")
    page.get_by_label(re.compile("^EI1 ·")).check()
    save(page)


def begin(page: Page, kind: str, title: str) -> None:
    page.get_by_role("link", name="New activity").click()
    page.get_by_label(re.compile(f"^{kind}")).check()
    page.get_by_label("Title").fill(title)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def write_the_lesson(page: Page) -> None:
    page.get_by_role("link", name="Why it helps").click()
    page.get_by_label("Text").fill('A number is a promise.\n\n- Say it **back**.\n- "I stay on."')
    save(page)
    page.get_by_role("link", name="Note", exact=True).click()
    page.get_by_label("Title").fill("Not ours")
    page.get_by_label("Text").fill("Never say what a symptom means.")
    save(page)
    note = page.get_by_role("listitem").filter(has_text="Not ours")
    press_by_key(page, note.get_by_role("button", name="Move up"))
    page.wait_for_url(re.compile("#block-"))
    expect(page.locator("ol.plain > li .item-title")).to_have_text(
        ["Why it helps", "Try it", "Not ours", "Your turn"]
    )
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("What happened so far").fill("“This is my third call today.”")
    write_replies(page, RIGHT, "The lines are bad today, and we are sorry for that indeed.")
    save(page)
    page.get_by_role("listitem").filter(has_text="Your turn").get_by_role(
        "button", name="Take out"
    ).click()
    expect(page.locator("ol.plain > li")).to_have_count(3)
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.locator("ol.plain > li")).to_have_count(4)
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.locator("main")).to_contain_text("I stay on.")
    page.get_by_role("link", name="Edit").click()


def write_four_questions(page: Page) -> None:
    page.get_by_role("link", name="Name the idea of this question").click()
    fill_question(page, "Cut off")
    write_replies(page, RIGHT, "One wrong reply here", "Another wrong reply")
    save(page)
    add_question(page, "True or false", "A number")
    page.get_by_label("The sentence is").select_option("True")
    page.get_by_label("Feedback on “true”").fill("It is; say it back.")
    page.get_by_label("Feedback on “false”").fill("It is one to the caller.")
    save(page)
    add_question(page, "Best and worst reply", "Third call")
    for number, (text, standing) in enumerate(
        (("Wait.", "Neither"), (RIGHT, "The best"), ("Again?", "The worst"), ("Hm.", "Neither")), 1
    ):
        row = row_of(page, number)
        row.get_by_label("Reply", exact=True).fill(text)
        row.get_by_label("Feedback", exact=True).fill("The caller hears who cares.")
        row.get_by_label("In the key", exact=True).select_option(standing)
    save(page)
    add_question(page, "Put in order", "What comes first")
    for number, text in enumerate(("Say the number.", "Ask what happened.", "Say who calls."), 1):
        row = page.get_by_role("group", name=f"Step {number}", exact=True)
        row.get_by_label("Step", exact=True).fill(text)
        row.get_by_label("Feedback", exact=True).fill("In this order nothing is lost.")
    page.get_by_role("button", name="Move down: Step 1").click()
    second = page.get_by_role("group", name="Step 2", exact=True)
    expect(second.get_by_label("Step", exact=True)).to_have_value("Say the number.")
    save(page)
    expect(page.locator("ol.plain > li")).to_have_count(4)


def add_question(page: Page, kind: str, name: str) -> None:
    page.locator("#add").get_by_role("link", name=kind, exact=True).click()
    fill_question(page, name)


def fill_question(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Behavior", exact=True).select_option("EI1")
    page.get_by_label("Question", exact=True).fill(f"{name}: {ASKED}")
    page.get_by_label("What to remember").fill("A number said back is a promise kept.")


def write_replies(page: Page, *texts: str) -> None:
    for number, text in enumerate(texts, 1):
        row = row_of(page, number)
        row.get_by_label("Reply", exact=True).fill(text)
        row.get_by_label("Feedback", exact=True).fill(f"What “{text[:9]}” does to the caller.")


def row_of(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Reply {number}", exact=True)


def publish(page: Page, note: str) -> None:
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_label("New content").check()
    page.get_by_label("What changed").fill(note)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#toasts")).to_contain_text("Published as revision 1.")


def take_the_lesson(agent: Page) -> None:
    agent.goto("/library/")
    agent.get_by_role("link", name="When the line drops").click()
    agent.get_by_role("link", name="Say the number back").first.click()
    expect(agent.locator("main li q")).to_have_text("I stay on.")
    agent.get_by_label(RIGHT).check()
    agent.get_by_role("button", name="Check this reply").click()
    expect(agent.locator("main")).to_contain_text("does to the caller.")
    agent.get_by_role("button", name=re.compile("Finish")).click()


def take_the_quiz(agent: Page) -> None:
    activity = Activity.objects.select_related("live_revision").get(title="Four questions")
    quiz = quiz_in(activity)
    agent.goto(f"/activities/{activity.pk}/")
    agent.get_by_role("button", name="Begin").click()
    for number in range(1, 5):
        expect(agent.locator("#step .eyebrow").first).to_contain_text(f"Question {number} of 4")
        item = item_shown(agent, quiz)
        give_answer(agent, item)
        check_answer(agent, item)
        if number < 4:
            agent.get_by_role("link", name="Next question").click()
    agent.get_by_role("button", name="See my result").click()
    expect(agent.locator(".result-head")).to_contain_text("Passed")


def save(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Save", exact=True).last.click()
