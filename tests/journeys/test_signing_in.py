"""Signing in, in a real browser: by password, and what stands in the way of guessing one."""

import pytest
from playwright.sync_api import expect

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.journey


def test_an_agent_signs_in_and_is_at_their_learning(page, sign_in, check_accessibility):
    page.goto("/")
    expect(page.locator("input[name=login]")).to_be_visible()
    check_accessibility(page)
    sign_in(page, PersonFactory(name="Priya Raman"))
    expect(page).to_have_url("/learning/")
    check_accessibility(page)


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(page, phone):
    answers = []
    known = PersonFactory()
    for window, address in ((page, known.email), (phone, "nobody@example.org")):
        window.goto("/accounts/login/")
        window.locator("input[name=login]").fill(address)
        window.locator("input[name=password]").fill("not this one at all")
        window.locator("input[name=password]").press("Enter")
        answers.append(window.locator(".error-summary, [role=alert]").first.inner_text())
    assert answers[0] == answers[1] != ""
