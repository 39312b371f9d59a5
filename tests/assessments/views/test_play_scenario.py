"""Playing a call: replies by script and by plain form, refusals that change nothing, a debrief."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Attempt, AttemptMode
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import (
    BEST_CHOICES,
    OWN_WORDS,
    WORST_CHOICES,
    begin_run,
    finished_run,
    play,
    stored,
    typed_scenario,
)
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"headers": {"X-Requested-With": "fetch"}}
STALE = "This went on somewhere else, perhaps in another tab. Here is where it stands now."
NOT_OPEN = "This answer is not open here. Here is where the call stands now."
CLOSED = "This is finished, so nothing was changed."


@pytest.fixture
def priya(client: Client) -> User:
    """An agent, signed in."""
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory(published=small_raw(title="A small call"))


def call_url(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/call/"


def debrief_url(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/debrief/"


def without_tokens(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html_of(response))


def reply(client: Client, attempt: Attempt, *, fetched: bool = True, **sent: Any):
    fields = {"seq": 1, "moment": "hello"} | sent
    return client.post(f"/attempts/{attempt.pk}/reply/", fields, **(FETCHED if fetched else {}))


# The call


def test_a_call_shows_the_line_the_choices_and_the_number_of_the_reply(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    html = html_of(client.get(call_url(attempt)))
    assert "Practice chat with Ana Ruiz" in html
    assert "In chat · reply 1" in html
    assert "This is said at hello." in html
    assert 'name="choice" value="A" data-key="1"' in html
    assert '<input type="hidden" name="seq" value="1">' in html
    assert f'data-keep="attempt-{attempt.pk}" data-seq="1" data-target="#call"' in html


def test_a_reply_by_script_is_answered_with_the_call_alone(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    response = reply(client, attempt, choice="A")
    html = html_of(response)
    assert response.status_code == 200
    assert html.startswith('<div class="sim sim-chat" id="call">')
    assert "This is said at check." in html
    assert 'data-seq="2"' in html
    assert stored(attempt)["next_seq"] == 2


def test_a_reply_by_plain_form_leads_back_to_the_call(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    response = reply(client, attempt, choice="A", fetched=False)
    assert (response.status_code, response["Location"]) == (302, call_url(attempt))
    assert "This is said at check." in html_of(client.get(call_url(attempt)))


def test_the_same_reply_sent_again_is_answered_the_same(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    first, second = (reply(client, attempt, choice="A") for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert without_tokens(first) == without_tokens(second)
    assert len(stored(attempt)["answers"]) == 1


@pytest.mark.parametrize(
    ("sentence", "sent"),
    [
        (STALE, {"choice": "B"}),
        (STALE, {"choice": "A", "moment": "check"}),
        (
            "An earlier answer has not arrived yet. Here is where it stands now.",
            {"choice": "A", "seq": 3, "moment": "check"},
        ),
        (NOT_OPEN, {"choice": "Z", "seq": 2, "moment": "check"}),
        (NOT_OPEN, {"choice": "A", "seq": 2, "moment": "close"}),
        (NOT_OPEN, {"text": "Hello?", "seq": 2, "moment": "check"}),
    ],
)
def test_a_reply_that_is_stale_early_or_not_on_offer_changes_nothing_and_says_so(
    client, priya, call, sentence, sent
) -> None:
    attempt = play(begin_run(call, priya), "A")
    before = stored(attempt)

    response = reply(client, attempt, **sent)
    assert (response.status_code, response.content.decode()) == (409, sentence)
    assert response["Content-Type"] == "text/plain; charset=utf-8"

    plain = client.post(f"/attempts/{attempt.pk}/reply/", {"seq": 1, "moment": "hello"} | sent)
    assert plain["Location"] == call_url(attempt)
    assert sentence in html_of(client.get(call_url(attempt)))
    assert stored(attempt) == before


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"seq": "", "choice": "A"},
        {"seq": "one", "choice": "A"},
        {"seq": 0, "choice": "A"},
        {"seq": -1, "choice": "A"},
        {"moment": "", "choice": "A"},
        {"choice": "x" * 65},
        {"choice": "\0"},
        {"moment": "x" * 65, "choice": "A"},
    ],
)
@pytest.mark.parametrize("fetched", [True, False])
def test_a_reply_that_cannot_be_read_changes_nothing_and_says_so(
    client, priya, call, sent, fetched: bool
) -> None:
    attempt = begin_run(call, priya)
    before = stored(attempt)
    response = reply(client, attempt, fetched=fetched, **sent)
    html = html_of(response)
    assert response.status_code == 422
    assert html.startswith('<div class="sim sim-chat" id="call">' if fetched else "<!doctype html>")
    assert "That could not be read. Choose your answer again." in html
    assert stored(attempt) == before


def test_a_choice_in_a_number_beyond_the_database_is_only_early(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    assert reply(client, attempt, choice="A", seq=10**30).status_code == 409


def test_two_tabs_cannot_fork_a_call(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    tabs = [reply(client, attempt, choice=choice).status_code for choice in "AB"]
    assert tabs == [200, 409]
    assert stored(attempt)["run_state"]["trust"] == 3


def test_a_call_goes_on_at_the_same_moment_on_another_device(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    reply(client, attempt, choice="A")
    phone = Client()
    phone.force_login(priya)
    assert call_url(attempt) in html_of(phone.get(f"/activities/{call.pk}/"))
    assert 'name="moment" value="check"' in html_of(phone.get(call_url(attempt)))
    assert reply(phone, attempt, seq=2, moment="check", choice="B").status_code == 200
    assert 'name="moment" value="close"' in html_of(client.get(call_url(attempt)))


# Own words


def test_own_words_come_first_and_then_the_nearest(client, priya) -> None:
    attempt = begin_run(typed_scenario(), priya)
    html = html_of(client.get(call_url(attempt)))
    assert "Say hello." in html
    assert 'name="choice"' not in html

    html = html_of(reply(client, attempt, text=OWN_WORDS))
    assert "Which of these is nearest to what you wrote?" in html
    assert OWN_WORDS in html
    assert 'name="choice" value="A"' in html

    html = html_of(reply(client, attempt, choice="A", seq=2))
    assert "This is said at close." in html


def test_the_nearest_choice_waits_after_a_break(client, priya) -> None:
    attempt = begin_run(typed_scenario(), priya)
    reply(client, attempt, text=OWN_WORDS)
    html = html_of(client.get(call_url(attempt)))
    assert OWN_WORDS in html
    assert "nearest to what you wrote" in html


@pytest.mark.parametrize("fetched", [True, False])
def test_without_words_nothing_is_taken(client, priya, fetched: bool) -> None:
    attempt = begin_run(typed_scenario(), priya)
    response = reply(client, attempt, text="  \r\n ", fetched=fetched)
    assert response.status_code == 422
    assert "Write what you would say first." in html_of(response)
    assert stored(attempt)["answers"] == []


@pytest.mark.parametrize("fetched", [True, False])
def test_too_many_words_stay_in_the_box(client, priya, fetched: bool) -> None:
    attempt = begin_run(typed_scenario(), priya)
    text = "é" * 2001
    response = reply(client, attempt, text=text, fetched=fetched)
    html = html_of(response)
    assert response.status_code == 422
    assert f">{text}</textarea>" in html
    assert "This is longer than 2000 characters (2001)." in html
    assert "maxlength" not in html
    assert stored(attempt)["answers"] == []


@pytest.mark.parametrize(
    "text", ["é" * 2000, "ñ\r\n" * 666, "請再說一次。", "<b>&amp;</b>", "\0So."]
)
def test_words_in_any_script_are_taken(client, priya, text: str) -> None:
    attempt = begin_run(typed_scenario(), priya)
    assert reply(client, attempt, text=text).status_code == 200
    kept = text.replace("\r\n", "\n").replace("\0", "").strip()
    assert stored(attempt)["answers"][0]["payload"] == {"text": kept}


# What each mode shows


@pytest.mark.parametrize("mode", [AttemptMode.GUIDED, AttemptMode.PRACTICE])
def test_moods_are_shown_in_practice(client, priya, call, mode) -> None:
    assert '<dl class="moods">' in html_of(client.get(call_url(begin_run(call, priya, mode))))


def test_an_assessed_call_shows_neither(client, priya) -> None:
    raw = small_raw()
    for one in raw["moments"]:
        one |= {"hint": "CANARY-HINT"}
    attempt = begin_run(ScenarioFactory(published=raw), priya, AttemptMode.ASSESSED)
    pages = [client.get(call_url(attempt)), reply(client, attempt, choice="A")]
    for html in map(html_of, pages):
        assert '<dl class="moods">' not in html
        assert "CANARY-HINT" not in html
        assert "Trust" not in html


def secret_call() -> Activity:
    """Return a call whose feedback, keys and endings can be told apart in any page."""
    raw = small_raw(catch="CANARY-CATCH")
    raw["cards"][0] |= {"holds_back": "CANARY-CARD", "wants": "CANARY-CARD"}
    for one in raw["moments"]:
        one["expert"] = f"CANARY-EXPERT-{one['id']}"
        for answer in one["choices"]:
            for field in ("felt", "why"):
                answer[field] = f"CANARY-{field}-{one['id']}-{answer['id']}"
    for ending in raw["endings"]:
        ending |= {"for_patient": f"CANARY-END-{ending['id']}", "title": f"CANARY-{ending['id']}"}
    return ScenarioFactory(published=raw)


@pytest.mark.parametrize("mode", [AttemptMode.PRACTICE, AttemptMode.ASSESSED])
def test_nothing_of_an_open_call_tells_how_good_a_reply_is(client, priya, mode) -> None:
    attempt = begin_run(secret_call(), priya, mode)
    pages = [client.get(f"/activities/{attempt.activity_id}/"), client.get(call_url(attempt))]
    pages += [reply(client, attempt, choice="A"), client.get(call_url(attempt))]
    pages += [client.get(debrief_url(attempt), follow=True)]
    pages += [reply(client, attempt, choice="Z", seq=2, moment="check")]
    pages += [reply(client, attempt, seq="")]
    for page in pages:
        assert b"CANARY" not in page.content
        assert b"effectiveness" not in page.content


def test_a_guided_call_explains_the_reply_that_was_given_and_no_other(client, priya) -> None:
    attempt = begin_run(secret_call(), priya, AttemptMode.GUIDED)
    assert b"CANARY" not in client.get(call_url(attempt)).content
    html = html_of(reply(client, attempt, choice="A"))
    for secret in ("CANARY-felt-hello-A", "CANARY-why-hello-A", "CANARY-EXPERT-hello"):
        html = html.replace(secret, "")
    assert "CANARY" not in html


# The end


@pytest.mark.parametrize("fetched", [True, False])
def test_the_last_reply_leads_to_the_debrief(client, priya, call, fetched: bool) -> None:
    attempt = play(begin_run(call, priya), BEST_CHOICES[:2])
    for _ in range(2):  # and so it does when it is sent again
        response = reply(client, attempt, seq=3, moment="close", choice="B", fetched=fetched)
        status, header = (204, "X-Go-To") if fetched else (302, "Location")
        assert (response.status_code, response[header]) == (status, debrief_url(attempt))


def test_a_call_that_ended_leads_to_its_debrief(client, priya, call) -> None:
    attempt = finished_run(call, priya)
    assert client.get(call_url(attempt))["Location"] == debrief_url(attempt)


def test_a_call_that_ended_takes_no_more_replies(client, priya, call) -> None:
    attempt = finished_run(call, priya)
    before = stored(attempt)
    response = reply(client, attempt, seq=4, moment="close", choice="A")
    assert (response.status_code, response.content.decode()) == (409, CLOSED)
    plain = reply(client, attempt, seq=4, moment="close", choice="A", fetched=False)
    assert plain["Location"] == call_url(attempt)
    unreadable = reply(client, attempt, seq="")
    assert (unreadable.status_code, unreadable["X-Go-To"]) == (204, debrief_url(attempt))
    assert stored(attempt) == before


def test_a_debrief_before_the_end_leads_to_the_call(client, priya, call) -> None:
    attempt = begin_run(call, priya)
    assert client.get(debrief_url(attempt))["Location"] == call_url(attempt)


def test_a_debrief_shows_how_it_ended_and_every_decision(client, priya) -> None:
    attempt = finished_run(secret_call(), priya)
    html = html_of(client.get(debrief_url(attempt)))
    for secret in ("CANARY-calm", "CANARY-END-calm", "CANARY-felt-hello-A", "CANARY-why-close-B"):
        assert secret in html
    assert "CANARY-felt-hello-B" not in html
    assert "Only you can see this." in html
    assert "The turning point" in html
    assert "Safety step met" in html


def test_a_debrief_of_a_call_gone_wrong_invites_to_try_again(client, priya, call) -> None:
    attempt = finished_run(call, priya, WORST_CHOICES)
    html = html_of(client.get(debrief_url(attempt)))
    assert f'href="/activities/{call.pk}/"' in html
    assert "Try this call again" in html
    assert "Safety step missed" in html


def test_own_words_are_in_the_debrief(client, priya) -> None:
    attempt = play(begin_run(typed_scenario(), priya), "AB")
    assert OWN_WORDS in html_of(client.get(debrief_url(attempt)))


# What it costs


@pytest.mark.parametrize("replies", [0, 2])
def test_a_call_takes_three_queries(
    client, priya, call, replies: int, django_assert_num_queries
) -> None:
    attempt = play(begin_run(call, priya), BEST_CHOICES[:replies])
    client.get(call_url(attempt))
    with django_assert_num_queries(3):
        client.get(call_url(attempt))


@pytest.mark.parametrize("replies", [0, 1])
def test_a_reply_takes_seven_queries(
    client, priya, call, replies: int, django_assert_num_queries
) -> None:
    attempt = play(begin_run(call, priya), BEST_CHOICES[:replies])
    moment = stored(attempt)["run_state"]["moment"]
    with django_assert_num_queries(7):
        reply(client, attempt, seq=replies + 1, moment=moment, choice="A")


def test_a_debrief_takes_four_queries(client, priya, call, django_assert_num_queries) -> None:
    attempt = finished_run(call, priya)
    client.get(debrief_url(attempt))
    with django_assert_num_queries(4):
        client.get(debrief_url(attempt))
