"""A patient who waits: said calmly, kept with the answer where it matters, and never in the way."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import replies_of
from courses.content.scenario_graph import Reply
from courses.models import Activity
from portal.people.models import User
from portal.people.models.user import CallersWait
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, play, stored
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}
ASKS = "Are you still there, please?"
STATED = (
    "Ana Ruiz waits about 40 seconds, then speaks again. After that: Distress goes up a little."
)
NO_TIMER = "No timer. Take the time you need."


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    """Ana waits at the first moment, and gets uneasy; at the second she only speaks again."""
    raw = small_raw()
    raw["moments"][0]["think_time"] = {
        "seconds": 40,
        "then_says": ASKS,
        "effects": {"distress": 1},
    }
    raw["moments"][1]["think_time"] = {"seconds": 30, "then_says": "Hello?"}
    return ScenarioFactory(published=raw)


def answer(client: Client, run: Attempt, choice: str = "A", **sent: Any):
    fields = {"seq": 1, "moment": "hello", "choice": choice} | sent
    return client.post(f"/attempts/{run.pk}/reply/", fields, headers=FETCHED)


def page(client: Client, run: Attempt, name: str = "call") -> str:
    return html_of(client.get(f"/attempts/{run.pk}/{name}/"))


@pytest.mark.parametrize("mode", list(AttemptMode))
def test_how_long_and_what_then_is_said_before_anything_happens(client, call, priya, mode) -> None:
    html = page(client, begin_run(call, priya, mode))
    assert STATED in html
    assert 'data-wait="40"' in html
    assert "so nobody counts: take the time you need" in html  # without scripts
    assert NO_TIMER not in html
    assert 'data-wait-line hidden><span class="turn-who">Ana Ruiz</span>' in html


def test_a_moment_without_one_has_no_timer(client, priya) -> None:
    html = page(client, begin_run(ScenarioFactory(), priya))
    assert NO_TIMER in html
    assert "data-wait" not in html


def test_a_long_wait_is_kept_with_the_answer_and_told_from_then_on(client, call, priya) -> None:
    run = begin_run(call, priya, AttemptMode.GUIDED)
    html = html_of(answer(client, run, waited="1"))
    assert replies_of(run) == [Reply("A", waited=True)]
    assert stored(run)["run_state"]["distress"] == 2  # up by the wait, down by the reply
    assert html.index(ASKS) < html.index("if they choose A")
    run.refresh_from_db()
    play(run, "BB")
    debrief = page(client, run, "debrief")
    assert f"While you thought: “{ASKS}” Distress goes up a little." in debrief
    assert debrief.count("While you thought:") == 1


def test_the_same_answer_sent_again_changes_nothing(client, call, priya) -> None:
    run = begin_run(call, priya)
    first = answer(client, run, waited="1")
    before = stored(run)
    assert (first.status_code, answer(client, run, waited="1").status_code) == (200, 200)
    assert answer(client, run).status_code == 409  # another answer with this number
    assert stored(run) == before


@pytest.mark.parametrize("setting", [CallersWait.UNLIMITED, CallersWait.OFF])
def test_a_person_without_a_limit_is_never_moved_on(client, call, priya, setting) -> None:
    User.objects.filter(pk=priya.pk).update(callers_wait=setting)
    run = begin_run(call, priya)
    html = page(client, run)
    assert ("Ana Ruiz would wait about 40 seconds." in html) == (setting == "unlimited")
    assert "data-wait" not in html
    answer(client, run, waited="1")
    assert replies_of(run) == [Reply("A")]


def test_a_wait_where_nothing_comes_of_it_is_not_kept(client, priya) -> None:
    raw = small_raw()
    raw["moments"][0]["think_time"] = {"seconds": 40}
    run = begin_run(ScenarioFactory(published=raw), priya)
    assert "gives you about 40 seconds to think" in page(client, run)
    answer(client, run, waited="1")
    assert replies_of(run) == [Reply("A")]


def test_the_limit_comes_off_in_the_call_for_good(client, call, priya) -> None:
    run = begin_run(call, priya)
    before = stored(run)
    html = html_of(client.post(f"/attempts/{run.pk}/no-limit/", headers=FETCHED))
    assert html.startswith('<div class="sim sim-chat" id="call">')
    assert "You have set no limit, so nothing happens after that." in html
    priya.refresh_from_db()
    assert (priya.callers_wait, stored(run)) == ("unlimited", before)
    plain = client.post(f"/attempts/{run.pk}/no-limit/")
    assert plain.headers["Location"] == f"/attempts/{run.pk}/call/"


def test_nobody_takes_it_off_in_somebody_elses_call(client, call, priya) -> None:
    run = begin_run(call, PersonFactory())
    assert client.post(f"/attempts/{run.pk}/no-limit/").status_code == 404
    priya.refresh_from_db()
    assert priya.callers_wait == "written"


def test_it_takes_one_query_more_to_show(client, call, priya, django_assert_num_queries) -> None:
    plain = begin_run(ScenarioFactory(), priya)
    waiting = begin_run(call, priya)
    for run, queries in ((plain, 3), (waiting, 4)):
        page(client, run)
        with django_assert_num_queries(queries):
            page(client, run)


def test_the_page_before_a_call_says_whether_its_caller_waits(client, call, priya) -> None:
    assert "now and then the caller speaks again" in html_of(client.get(f"/activities/{call.pk}/"))
    plain = html_of(client.get(f"/activities/{ScenarioFactory().pk}/"))
    assert "are invented. There is no timer." in plain
