"""What people do at a practice call and in a quiz, with the mouse, as the pages offer it."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Page, expect

from assessments.models import Attempt
from courses.content.options import Standing
from courses.content.quiz import Quiz
from courses.content.quiz_items import Item, ItemType
from courses.content.scenario_shapes import Choice, Moment, Scenario
from courses.models import Activity
from courses.queries.content import quiz_of, scenario_of

OWN_WORDS = "Tell me which envelope each of them meant."
ONE_RIGHT = frozenset({ItemType.SINGLE_CHOICE, ItemType.TRUE_FALSE, ItemType.MARK_SENTENCE})


# A practice call


def scenario_in(activity: Activity) -> Scenario:
    """Return the call that an activity offers."""
    return scenario_of(activity.live_revision)


def moment_shown(page: Page, scenario: Scenario, card: str) -> Moment:
    """Return the moment of the call that the page shows."""
    moment = page.locator("form.reply input[name=moment]").input_value()
    return scenario.card(card).moments[moment]


def best_choice(moment: Moment) -> Choice:
    """Return the choice that works best at a moment."""
    return max(moment.choices, key=lambda choice: choice.effectiveness.mean)


def say(page: Page, act: Callable[[], None]) -> bool:
    """Answer by `act` and wait for what comes of it; return whether the call goes on."""
    seq = int(page.locator("form.reply").get_attribute("data-seq") or 0)
    with page.expect_response(lambda response: response.url.endswith("/reply/")) as answer:
        act()
    assert answer.value.ok, answer.value.status
    if "x-go-to" in answer.value.headers:
        page.wait_for_url("**/debrief/")
        return False
    expect(page.locator("form.reply")).to_have_attribute("data-seq", str(seq + 1))
    return True


def choose(page: Page, choice: Choice) -> bool:
    """Click a reply; return whether the call goes on."""
    return say(page, lambda: page.locator(f"button.choice[value='{choice.id}']").click())


def type_own_words(page: Page) -> None:
    """Type a reply, as some moments ask for before they offer any."""
    page.get_by_label("Type the one question").fill(OWN_WORDS)
    say(page, lambda: page.get_by_role("button", name="Say it").click())


def asks_for_words(page: Page) -> bool:
    """Whether the moment that is shown wants own words first."""
    return page.locator("form.reply textarea").count() > 0


# A quiz


def quiz_in(activity: Activity) -> Quiz:
    """Return the quiz that an activity offers."""
    return quiz_of(activity.live_revision)


def item_shown(page: Page, quiz: Quiz) -> Item:
    """Return the item of the question that the page shows."""
    item_id = page.locator("#step input[name=item]").input_value()
    return next(item for item in quiz.items if item.id == item_id)


def give_answer(page: Page, item: Item, *, is_right: bool = True) -> None:
    """Fill in the answer to a question, by mouse; only those with one right answer can be wrong."""
    keyed = item.options if is_right else item.options[::-1]
    if item.type in ONE_RIGHT:
        standing = Standing.RIGHT if is_right else Standing.OTHER
        _check(page, [f"option={item.option_that_is(standing)}"])
    elif item.type is ItemType.MULTIPLE_CHOICE:
        _check(page, [f"options={one.shown.id}" for one in keyed if one.is_right])
    elif item.type is ItemType.BEST_WORST:
        best, worst = map(item.option_that_is, (Standing.BEST, Standing.WORST))
        _check(page, [f"best={best}", f"worst={worst}"])
    elif item.type is ItemType.RATE_EACH:
        _check(page, [f"rating-{one.shown.id}={round(one.rating or 0)}" for one in keyed])
    elif item.type is ItemType.ORDERING:
        put_in_order(page, item.option_ids())
    else:
        page.get_by_label("Your words").fill(OWN_WORDS)


def put_in_order(page: Page, order: Iterable[str]) -> None:
    """Move the steps of an ordering up, one place a click, until they stand as given."""
    for place, option in enumerate(order):
        for now in range(order_shown(page).index(option), place, -1):
            step = page.locator("ol.order > li").nth(now)
            step.get_by_role("button", name="Move up").click()


def order_shown(page: Page) -> list[str]:
    """Return the steps of an ordering as the page shows them."""
    return page.locator("ol.order input[name=order]").evaluate_all(
        "(inputs) => inputs.map((input) => input.value)"
    )


def check_answer(page: Page, item: Item) -> None:
    """Send the answer, and wait until the page says what it teaches."""
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#step .callout[role=status]")).to_contain_text(item.rationale)


def _check(page: Page, fields: Iterable[str]) -> None:
    for field in fields:
        name, _, value = field.partition("=")
        page.locator(f"#step input[name='{name}'][value='{value}']").check()


def stored_answers(attempt: Attempt) -> list[tuple[int, str]]:
    """Return the number and the step of each answer that the database holds."""
    return list(attempt.answers.order_by("seq").values_list("seq", "step_id"))
