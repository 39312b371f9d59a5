"""A gap is contested and answered, and becomes a program for three: with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.models import OtherView
from assessments.skill_estimate import Source
from courses.content.skills import Skill
from courses.models import Enrolment
from portal.kit.clock import now
from portal.people.models import User
from portal.programmes.models import GivenProgramme
from tests.factories.people import MembershipFactory
from tests.journeys.house import House
from tests.journeys.keyboard import pick, press, tab_to, write

pytestmark = pytest.mark.journey

WORDS = "Two of these calls came with a new form nobody had shown us."
ANSWER = "You are right about the form. Let us listen to one together on Thursday."


def show_a_gap(person: User) -> None:
    """Let somebody show in three events that listening is a likely gap."""
    for number, source in enumerate((Source.SCENARIO, Source.SCENARIO, Source.QUIZ)):
        origin = Origin(source, now().date(), proof=f"journey:{person.pk}:{number}")
        finding = Finding(Skill.LISTENING, 0.1, 0.03, 4, {"AL1": (0.1, 1)})
        take_in([finding], origin, user=person, at=now())


def test_an_agent_contests_a_gap_and_the_lead_answers(
    open_page: Callable[..., Page],
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    show_a_gap(house.priya)
    agent, lead = open_page(), open_page()
    sign_in(agent, house.priya)
    agent.goto("/skills/listening/")
    expect(agent.get_by_text("Likely gap").first).to_be_visible()
    check_accessibility(agent)
    press(agent, agent.get_by_role("link", name="I see this differently").first)
    expect(agent.get_by_role("heading", level=1)).to_have_text("I see this differently")
    write(agent, agent.get_by_role("textbox"), WORDS)
    check_accessibility(agent)
    press(agent, agent.get_by_role("button", name="Send to my lead"))
    expect(agent.get_by_role("heading", level=1)).to_have_text("Active Listening")

    sign_in(lead, house.dana)
    lead.goto("/team/skills/")
    press(lead, lead.locator("a[href='/team/views/']").first)
    expect(lead.get_by_role("heading", level=1)).to_have_text("Waiting for your answer")
    check_accessibility(lead)
    press(lead, lead.locator("main a[href^='/team/views/']").first)
    expect(lead.get_by_text(WORDS)).to_be_visible()
    write(lead, lead.get_by_role("textbox"), ANSWER)
    press(lead, lead.get_by_role("button", name="Answer Priya"))
    expect(lead.get_by_role("textbox")).to_have_count(0)
    expect(lead.get_by_text(ANSWER)).to_be_visible()

    agent.reload()
    expect(agent.get_by_text(ANSWER)).to_be_visible()
    view = OtherView.objects.get()
    assert (view.words, view.answer, view.answered_by) == (WORDS, ANSWER, house.dana)


def test_a_lead_gives_three_agents_what_is_proposed(
    open_page: Callable[..., Page],
    house: House,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
) -> None:
    noor = MembershipFactory(team=house.blue, user__name="Noor Haddad").user
    three = [house.priya, house.jomar, noor]
    for person in three:
        show_a_gap(person)
    lead = open_page()
    sign_in(lead, house.dana)
    lead.goto("/team/skills/")
    tab_to(lead, lead.get_by_label("Skill", exact=True))
    lead.keyboard.type("Active")
    tab_to(lead, lead.get_by_label("What can be said of it"))
    lead.keyboard.type("Likely gap")
    press(lead, lead.get_by_role("button", name="Apply"))
    expect(lead.get_by_role("row")).to_have_count(4)
    for person in three:
        pick(lead, lead.locator(f"input[name=person][value='{person.pk}']"))
    press(lead, lead.get_by_role("button", name="Propose a program"))
    expect(lead.get_by_role("heading", name="Why")).to_be_visible()
    check_accessibility(lead)
    press(lead, lead.get_by_role("button", name="Give it to 3 people"))
    lead.wait_for_url("**/team/programmes/")
    check_accessibility(lead)

    given = GivenProgramme.objects.all()
    assert {one.user for one in given} == set(three)
    assert len({one.programme_id for one in given}) == 1
    assert all(one.reasons for one in given)
    assert Enrolment.objects.filter(user=house.priya, module=house.module).exists()
    agent = open_page()
    sign_in(agent, house.priya)
    agent.goto("/programmes/")
    press(agent, agent.locator("main a[href^='/programmes/']").first)
    expect(agent.get_by_text("Active Listening").first).to_be_visible()
    check_accessibility(agent)
