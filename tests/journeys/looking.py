"""Looking at one page in both themes, on a desktop, a phone and the narrowest of screens."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

from tests.support.browser import DESKTOP, PHONE, accessibility_problems

NARROWEST = {"width": 320, "height": 640}
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Eye:
    """Looks at pages in one window and remembers every flaw, so that a test tells them all."""

    page: Page
    flaws: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)

    def look(self, name: str) -> None:
        """Note what is wrong with the page that is open now."""
        for size in (DESKTOP, PHONE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]  # two numbers by name
            self._note(name, size, accessibility_problems(self.page))
            self._note_sideways(name, size)
        self.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]  # two numbers by name
        self._note_sideways(name, NARROWEST)
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # two numbers by name

    def _note_sideways(self, name: str, size: dict[str, int]) -> None:
        if wide := self.page.evaluate(_SIDEWAYS):
            self._note(name, size, [f"{wide} px too wide"])

    def _note(self, name: str, size: dict[str, int], problems: list[str]) -> None:
        self.flaws += [f"{name} ({self.page.url}) at {size['width']}: {one}" for one in problems]

    def _note_console(self, message: ConsoleMessage) -> None:
        # Chromium writes down each answer over 399; whether a page may have one, the test says.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.flaws.append(f"console ({self.page.url}): {message.text}")
