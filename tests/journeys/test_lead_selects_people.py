"""A lead finds people by name or picks them in the team; each answer counts and can be undone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from courses.models import Assignment, Enrolment, Module
from portal.kit.clock import now
from portal.people.models import Team, User
from tests.factories.courses import EnrolmentFactory, LessonFactory, ModuleFactory
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.journey


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    lead = PersonFactory(lead=True, name="Dana Whitfield")
    MembershipFactory(user=lead, team=blue, is_lead=True)
    return lead


@pytest.fixture
def module() -> Module:
    return LessonFactory(module=ModuleFactory(title="Plain words")).module


def member(team: Team, name: str) -> User:
    person = PersonFactory(name=name)
    MembershipFactory(user=person, team=team)
    return person


def test_the_preview_follows_each_answer_until_it_is_assigned_and_undone(
    page: Page,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
    blue: Team,
    dana: User,
    module: Module,
) -> None:
    tomas, _priya = member(blue, "Tomás Rivera"), member(blue, "Priya Raman")
    EnrolmentFactory(user=member(blue, "Marcus Bell"), module=module)
    sign_in(page, dana)
    page.goto("/assign/")

    page.get_by_label("Plain words").check()
    expect(page.locator("#preview")).to_contain_text("Choose people or teams.")
    page.get_by_label("Find people and teams").press_sequentially("tom")
    expect(page.get_by_label("Priya Raman")).to_have_count(0)
    page.get_by_label("Tomás Rivera").check()
    expect(page.get_by_role("button", name="Assign to 1 person")).to_be_visible()
    page.get_by_label("Find people and teams").fill("")
    page.get_by_label("All of Scheduling Blue").check()
    expect(page.get_by_role("button", name="Assign to 2 people")).to_be_visible()
    expect(page.locator("#preview-said")).to_have_text("Reaches 2 people")
    expect(page.locator("#preview")).to_contain_text("Leaves 1 person as they are")
    check_accessibility(page)

    page.get_by_role("button", name="Assign to 2 people").click()
    expect(page.get_by_role("heading", name="Plain words")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Assigned to 2 people.")
    check_accessibility(page)
    assert tomas.enrolments.open().count() == 1

    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Undone for 2 people.")
    undone = Assignment.objects.get(made_by=dana)
    assert undone.undone_at is not None
    assert not Enrolment.objects.open().filter(assignment=undone).exists()


def test_people_chosen_on_the_team_page_are_chosen_already(
    phone: Page,
    sign_in: Callable[..., None],
    check_accessibility: Callable[[Page], None],
    blue: Team,
    dana: User,
    module: Module,
) -> None:
    late = EnrolmentFactory(
        user=member(blue, "Priya Raman"), module=module, due_on=(now() - timedelta(days=3)).date()
    )
    member(blue, "Tomás Rivera")
    sign_in(phone, dana)
    phone.goto("/team/")
    check_accessibility(phone)
    phone.get_by_label("Select Tomás Rivera").check()
    phone.get_by_role("button", name="Assign to selected").click()
    expect(phone.get_by_label("Tomás Rivera")).to_be_checked()

    phone.goto(f"/team/people/{late.user_id}/")
    check_accessibility(phone)
    phone.get_by_role("link", name="More time, or not at all Plain words").click()
    check_accessibility(phone)
    phone.get_by_label("Take it off their list: it can be assigned again").check()
    phone.get_by_label("Reason").fill("She moves to another team.")
    phone.get_by_role("button", name="Save and tell Priya").click()
    expect(phone.locator("#toasts")).to_contain_text("Saved, and Priya is told.")
    expect(phone.get_by_role("main")).to_contain_text("Nothing is open")
