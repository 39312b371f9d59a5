"""The call as its player sees it: what was said, what may be answered, and how the patient is."""

import pytest

from assessments.actions.scenario_runs import keep_typed_reply
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import own_attempts
from assessments.queries.scenario_page import ScenarioPage, Turn, scenario_page
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import OWN_WORDS, begin_run, play, typed_scenario
from tests.factories.scenarios import moment, plain_raw, small_raw

pytestmark = pytest.mark.django_db

HELLO = Turn("them", "This is said at hello.")
SAID_A = Turn("you", "This is what the agent says if they choose A.")
CHECK = Turn("them", "This is said at check.")


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


def page_of(attempt: Attempt) -> ScenarioPage:
    return scenario_page(own_attempts(attempt.user).get(pk=attempt.pk))


def levels(page: ScenarioPage) -> dict[str, tuple[int, str]]:
    return {mood.kind: (mood.level, mood.change) for mood in page.moods}


def test_a_call_opens_with_the_patients_first_line(call, priya) -> None:
    page = page_of(begin_run(call, priya))
    assert page.turns == (HELLO,)
    assert [choice.id for choice in page.choices] == ["A", "B"]
    assert (page.moment.id, page.reply_number, page.typed) == ("hello", 1, None)
    assert (page.asks_for_words, page.asks_for_action) == (False, False)
    assert levels(page) == {"trust": (2, "same"), "distress": (2, "same")}


def test_after_a_reply_the_transcript_has_it_and_the_answer(call, priya) -> None:
    page = page_of(play(begin_run(call, priya), "A"))
    assert page.turns == (HELLO, SAID_A, CHECK)
    assert (page.moment.id, page.reply_number) == ("check", 2)
    assert levels(page) == {"trust": (3, "up"), "distress": (1, "down")}


def test_the_transcript_has_stage_directions_and_replies_on_the_spot(priya) -> None:
    raw = small_raw()
    raw["moments"][0] |= {"direction": "A short breath."}
    raw["moments"][0]["choices"][0] |= {"then_says": "Oh, thank you.", "direction": "Slowly."}
    attempt = play(begin_run(ScenarioFactory(published=raw), priya), "A")
    assert page_of(attempt).turns == (
        Turn("them", "This is said at hello.", "A short breath."),
        Turn("you", SAID_A.text, "Slowly."),
        Turn("them", "Oh, thank you."),
        CHECK,
    )


# What each mode shows


@pytest.mark.parametrize(
    ("mode", "shows"),
    [(AttemptMode.GUIDED, True), (AttemptMode.PRACTICE, True), (AttemptMode.ASSESSED, False)],
)
def test_an_assessed_run_hides_moods_and_hints(priya, mode, shows: bool) -> None:
    raw = small_raw()
    raw["moments"][0] |= {"hint": "Let them finish."}
    page = page_of(begin_run(ScenarioFactory(published=raw), priya, mode))
    assert (page.shows_mood, page.has_hint, page.hint) == (shows, shows, "")


@pytest.mark.parametrize("mode", [AttemptMode.PRACTICE, AttemptMode.ASSESSED])
def test_only_guided_runs_explain_a_reply_at_once(call, priya, mode) -> None:
    assert page_of(play(begin_run(call, priya, mode), "A")).guidance is None


def test_a_guided_run_explains_the_last_reply_and_no_other(call, priya) -> None:
    attempt = begin_run(call, priya, AttemptMode.GUIDED)
    assert page_of(attempt).guidance is None
    guidance = page_of(play(attempt, "A")).guidance
    assert (guidance.felt, guidance.why, guidance.expert) == (
        "Felt something.",
        "There is a reason.",
        "An expert speaks at hello.",
    )


# Own words and actions


def test_a_moment_for_own_words_asks_for_them_first_and_then_for_the_nearest(priya) -> None:
    attempt = begin_run(typed_scenario(), priya)
    page = page_of(attempt)
    assert (page.asks_for_words, page.typed) == (True, None)

    attempt = keep_typed_reply(
        attempt.pk, seq=1, moment="hello", text=OWN_WORDS, by=priya, at=MONDAY
    )
    page = page_of(attempt)
    assert (page.asks_for_words, page.typed) == (False, OWN_WORDS)
    assert page.turns == (HELLO,)


def test_own_words_of_an_earlier_moment_are_not_those_of_this_one(priya) -> None:
    page = page_of(play(begin_run(typed_scenario(), priya), "A"))
    assert (page.moment.id, page.typed) == ("close", None)


def test_a_moment_may_ask_what_one_does(priya) -> None:
    hello = moment("hello", "AL1", answer="action")
    for choice, action in zip(hello["choices"], ("hold", "transfer"), strict=True):
        choice["action"] = action
    raw = plain_raw(hello, behaviours={"AL1": "Lets the story end"})
    assert page_of(begin_run(ScenarioFactory(published=raw), priya)).asks_for_action


def test_the_record_opens_line_by_line(priya) -> None:
    account = [
        {"label": "Name", "value": "Ana Ruiz"},
        {"label": "Balance", "value": "$120", "when": {"flag": "hurried"}},
    ]
    call = ScenarioFactory(published=small_raw(panel={"account": account}))
    attempt = begin_run(call, priya)
    assert [fact.label for fact in page_of(attempt).facts] == ["Name"]
    assert [fact.label for fact in page_of(play(attempt, "B")).facts] == ["Name", "Balance"]


@pytest.mark.parametrize("replies", [0, 2])
def test_a_page_takes_one_query_early_and_late(
    call, priya, replies: int, django_assert_num_queries
) -> None:
    attempt = play(begin_run(call, priya), "AB"[:replies])
    page_of(attempt)
    found = own_attempts(priya).get(pk=attempt.pk)
    with django_assert_num_queries(1):
        assert len(scenario_page(found).turns) == 1 + 2 * replies
