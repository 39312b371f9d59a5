"""How one looks at a page: as whom, where, and what to do there first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.everything import Everything

Path = Callable[[Everything], str]
VIEWERS = ("visitor", "priya", "jomar", "nia", "dana", "lone_lead", "mei", "alex")


@dataclass(frozen=True)
class Look:
    """One look at a page: as whom, where, what to do there first, and what it answers."""

    who: str
    path: Path
    first: Callable[[Page], None] | None = None
    status: int = 200


def at(name: str, **values: Callable[[Everything], object]) -> Path:
    """Return where a page is, its parameters taken from everything there is."""
    return lambda there: reverse(name, kwargs={key: of(there) for key, of in values.items()})


def asking(path: Path, query: str) -> Path:
    """Add a query to an address."""
    return lambda there: f"{path(there)}?{query}"


def everybody(path: Path, *viewers: str) -> list[Look]:
    """Let several people look at one page."""
    return [Look(who, path) for who in viewers]


def press(name: str) -> Callable[[Page], None]:
    """Press a button, and wait for what is wrong with the form."""

    def act(page: Page) -> None:
        page.locator("main").get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".error-summary, [role=alert], .field-error").first).to_be_visible()

    return act


def type_a_reply(page: Page) -> None:
    """Type words that the coach can see something in, and wait for what it says."""
    page.locator("form.reply textarea").fill("Is it the copay? What did each of them say?")
    page.locator("form.reply").get_by_role("button", name="Say it", exact=True).click()
    page.locator(".coach details summary").first.click()


def wait_for_preview(page: Page) -> None:
    """Wait until the form has asked for what would happen."""
    expect(page.locator("#preview").get_by_role("button", name="Assign to")).to_be_visible()
    page.locator("#preview summary").click()


def everybody_in_the_preview(page: Page) -> None:
    """Ask for each person and each e-mail, once the form has asked for what would happen."""
    page.locator("#preview").get_by_role("button", name="Each person and each e-mail").click()
    expect(page.get_by_role("heading", name="Each person and each e-mail")).to_be_visible()


def with_a_typing_error(page: Page) -> None:
    """Save a draft that cannot be read."""
    page.get_by_label("Content", exact=True).fill("title: [")
    press("Save the draft")(page)


def make_an_address(page: Page) -> None:
    """Let a calendar follow."""
    page.get_by_role("button", name="Make my address").click()
    expect(page.get_by_role("link", name="Open in my calendar")).to_be_visible()


def open_the_notes(page: Page) -> None:
    """Read notes that were kept for their author alone."""
    page.get_by_role("button", name="Open the notes").click()
    expect(page.get_by_role("button", name="Answer the request")).to_be_visible()


def take_in_a_course(page: Page) -> None:
    """Send a course out, choose that archive, and see what it would change."""
    page.goto(page.url.removesuffix("import/"))
    with page.expect_download() as sent:
        page.get_by_role("link", name="Export").first.click()
    page.get_by_role("link", name="Import a course").click()
    page.get_by_label("Archive of a course").set_input_files(sent.value.path())
    page.get_by_role("button", name="Read and check").click()
    expect(page.get_by_role("button", name="Import and publish")).to_be_visible()


def save_too_early(page: Page) -> None:
    """Save a block or question of which nothing was written yet."""
    press("Save")(page)


def rate_without_a_quote(page: Page) -> None:
    """Rate something and leave out the sentence that shows it."""
    page.locator("input[name=AL1][value='3']").check()
    press("Keep these ratings")(page)


def without_words(page: Page) -> None:
    """Send a comment that says nothing."""
    page.get_by_label("A comment").check()
    press("Say it to Jomar")(page)


def without_a_name(page: Page) -> None:
    """Save the profile without what it needs."""
    page.get_by_label("Name", exact=True).fill("")
    press("Save profile")(page)


def show_tabs(page: Page) -> None:
    """Take the hint and open the last tab of the side panel."""
    page.locator("[data-hint]").click()
    expect(page.locator("p.hint")).to_be_visible()
    page.get_by_role("tab", name="Knowledge").click()


def as_in_a_mail_program(page: Page) -> None:
    """Show a mail's own page without its sandbox, in which no script can look at it."""
    html = page.content()
    page.goto("about:blank")
    page.set_content(html)


def module_page(name: str, **more: Callable[[Everything], object]) -> Path:
    """Return where a page of the module is."""
    return at(
        name,
        course=lambda there: there.house.module.course.slug,
        module=lambda there: there.house.module.slug,
        **more,
    )


def activity_page(name: str, kind: str) -> Path:
    """Return where a page of one step of the module, by its kind is."""
    return at(name, activity=lambda there: there.house.step(kind).pk)


def attempt_page(name: str, which: str) -> Path:
    """Return where a page of an attempt is."""
    return at(name, attempt=lambda there: getattr(there, which).pk)


def card_page(which: str) -> Path:
    """Return where a refresher card is."""
    return at("assessments:refresh-card", card=lambda there: there.cards[which].pk)


def marked_page(which: str) -> Path:
    """Return the result of a quiz with words that a lead marks."""
    return at("assessments:quiz-results", attempt=lambda there: there.marks[which].attempt_id)


def question_page(which: str, number: int) -> Path:
    """Return where one question of a quiz that is open is."""
    # The types of the first questions are spread over the quiz; a look for each of them.
    return at(
        "assessments:take-question",
        attempt=lambda there: getattr(there, which).pk,
        number=lambda there: there.questions[number],
    )


def session_page(name: str, which: str) -> Path:
    """Return where a page of a feedback session is."""
    return at(name, session=lambda there: there.sessions[which].pk)


def heard_page(which: str) -> Path:
    """Return where the form for what a lead heard is."""
    return at(
        "coaching:observe",
        session=lambda there: there.sessions[which].pk,
        skill=lambda there: "listening",
    )


def mail_page(name: str, which: str) -> Path:
    """Return where a page of a mail is."""
    return at(name, email_id=lambda there: there.mails[which].pk)


def person_page(name: str, who: str, parameter: str) -> Path:
    """Return where a page of a person is."""

    def of(there: Everything) -> object:
        return getattr(there if hasattr(there, who) else there.house, who).pk

    return at(name, **{parameter: of})
