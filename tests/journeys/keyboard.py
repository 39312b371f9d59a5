"""What people do who have a keyboard and no mouse: nothing here clicks, fills or checks."""

from playwright.sync_api import Locator, Page

_LONGEST_WAY = 60


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until the focus is at a place, or at one of several."""
    for _ in range(_LONGEST_WAY):
        if _has_focus(place):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {place}")


def press(page: Page, button: Locator) -> None:
    """Go to a button or a link, and press Enter."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def pick(page: Page, option: Locator) -> None:
    """Go to a radio button by Tab and arrow, and to a checkbox by Tab alone, and pick it."""
    if option.get_attribute("type") == "checkbox":
        tab_to(page, option)
        page.keyboard.press("Space")
        return
    group = page.locator(f"input[name='{option.get_attribute('name')}']")
    tab_to(page, group.and_(option.locator("xpath=ancestor::form").locator("input")))
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if option.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow picks {option}")


def write(page: Page, box: Locator, text: str) -> None:
    """Go to a box, and type."""
    tab_to(page, box)
    page.keyboard.type(text)


def _has_focus(place: Locator) -> bool:
    return bool(place.evaluate_all("(all) => all.includes(document.activeElement)"))
