"""A real browser for the journeys, and what people do with it in each of them."""

import os
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from portal.people.models import User
from tests.factories.people import PASSWORD
from tests.journeys.house import House, open_house
from tests.support.browser import (
    DESKTOP,
    NO_BROWSER,
    PHONE,
    SHOTS,
    Watcher,
    accessibility_problems,
    find_browser,
    launch,
    new_page,
)

_HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    path = find_browser()
    if not path and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(NO_BROWSER)
    if not path:
        pytest.skip(NO_BROWSER)
    # Playwright's loop lives in this thread; Django's own calls here stay plain ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture
def open_page(
    _browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a new profile: `open_page()` or `open_page(PHONE)`.

    With `runs_scripts=False` the browser runs none of the product's own.
    Script errors, content that the security policy blocks and missing static files fail the test.
    """
    watcher = Watcher()
    pages: list[Page] = []
    closers: list[Callable[[], None]] = []

    def open_one(viewport: dict[str, int] = DESKTOP, *, runs_scripts: bool = True) -> Page:
        page, close = new_page(
            _browser, live_server.url, viewport, watcher, runs_scripts=runs_scripts
        )
        pages.append(page)
        closers.append(close)
        return page

    yield open_one
    if request.node.stash.get(_HAS_FAILED, False) or watcher.problems:
        _take_pictures(pages, request.node.nodeid)
    for close in closers:
        close()
    assert watcher.problems == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desktop window on this test's own server; addresses may be paths."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone of 390 by 844 pixels on this test's own server."""
    return open_page(PHONE)


@pytest.fixture
def house(live_server: LiveServer) -> House:
    """The real curriculum, two teams, their leads, an agent in each, and an admin."""
    return open_house()


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """A function that signs a person in through the real form: `sign_in(page, user)`."""

    def through_the_form(page: Page, user: User, password: str = PASSWORD) -> None:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return through_the_form


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    """A function that fails on what axe-core finds on a page, in the light and the dark theme."""

    def check(page: Page) -> None:
        assert accessibility_problems(page) == []

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember a failure, for the picture that is taken before the page closes."""
    report = yield
    if call.when == "call":
        item.stash[_HAS_FAILED] = report.failed
    return report


def _take_pictures(pages: list[Page], test: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    name = "".join(sign if sign.isalnum() else "-" for sign in test.removeprefix("tests/"))
    for number, page in enumerate(pages, start=1):
        if page.is_closed():
            continue
        path = SHOTS / f"{name}-{number}.png"
        page.screenshot(path=path, full_page=True)
        sys.stderr.write(f"\nA picture of the page: {path}\n")
