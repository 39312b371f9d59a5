"""Finding Chromium, starting it the way that works as root, and looking at pages with axe."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Response,
    expect,
)

NO_BROWSER = (
    "No browser found, so the journeys cannot run: install chromium, or set CHROMIUM to its path."
)
SHOTS = Path(__file__).resolve().parents[2] / "var" / "test" / "shots"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
THEMES = ("light", "dark")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Preloading would read every style sheet a second time, as inline styles, which the page forbids.
# A frame that runs no script never answers axe; what it shows is looked at by its own address.
_AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False, "iframes": False}
# Between themes only colors change, so the second look at a page is at these alone.
_ABOUT_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Chromium itself says so when it skips the cross-fade between two pages, as on a busy machine.
_CROSS_FADE_GIVEN_UP = "Transition was aborted"
# Only a test that fails waits for so long; a busy machine must not make one fail.
_WAIT_MILLISECONDS = 30_000
_FIRST_ERROR = 400


def find_browser() -> str | None:
    """Return the path of the Chromium to drive, None when this machine has none."""
    wanted = os.environ.get("CHROMIUM")
    return shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, _NAMES)), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the Chromium at `path` without a window."""
    return playwright.chromium.launch(executable_path=path, headless=True, args=_FLAGS)


@dataclass
class Watcher:
    """Notes what a person would not see: script errors, blocked content, missing files."""

    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("pageerror", self._note_script_error)
        page.on("console", self._note_console)
        page.on("response", self._note_missing_file)

    def _note_script_error(self, error: Error) -> None:
        if _CROSS_FADE_GIVEN_UP in str(error):
            return
        self.problems.append(f"script error: {error}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.problems.append(f"blocked: {message.text}")

    def _note_missing_file(self, response: Response) -> None:
        if response.status >= _FIRST_ERROR and "/static/" in response.url:
            self.problems.append(f"{response.status} for {response.url}")


def new_page(
    browser: Browser,
    base_url: str,
    viewport: dict[str, int],
    watcher: Watcher,
    *,
    runs_scripts: bool = True,
) -> tuple[Page, Callable[[], None]]:
    """Open a page in a profile of its own; return it, and how to close the profile."""
    context = browser.new_context(
        base_url=base_url,
        viewport=viewport,
        locale="en-US",
        timezone_id="America/New_York",
        java_script_enabled=runs_scripts,
    )
    context.set_default_timeout(_WAIT_MILLISECONDS)
    expect.set_options(timeout=_WAIT_MILLISECONDS)
    page = context.new_page()
    watcher.watch(page)
    return page, context.close


def accessibility_problems(page: Page) -> list[str]:
    """Look at the page with axe-core in both themes; return each violation with its places."""
    shown = page.locator("html").get_attribute("data-bs-theme")
    first, *others = THEMES
    problems = _problems_in(page, first, _AXE_OPTIONS)
    for theme in others:
        problems += _problems_in(page, theme, _AXE_OPTIONS | _ABOUT_COLORS)
    _set_theme(page, shown)
    return problems


def _problems_in(page: Page, theme: str, options: dict[str, Any]) -> list[str]:
    _set_theme(page, theme)
    return [
        f"{theme}: {violation['id']} ({violation['help']}) at {' '.join(map(str, node['target']))}"
        for violation in _run_axe(page, options)["violations"]
        for node in violation["nodes"]
    ]


def _run_axe(page: Page, options: dict[str, Any]) -> dict[str, Any]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return found


def _set_theme(page: Page, theme: str | None) -> None:
    # Mails follow the system's theme, our own pages what the server wrote on them.
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.evaluate(
        """async (theme) => {
            const html = document.documentElement;
            if (theme === null) html.removeAttribute("data-bs-theme");
            else html.setAttribute("data-bs-theme", theme);
            // Colors on their way from one theme to the other have no contrast to measure.
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            document.getAnimations().forEach((one) => {
                if (one.effect.getComputedTiming().iterations !== Infinity) one.finish();
            });
        }""",
        theme,
    )
