"""Hints at a cost: taken by choice, counted by themselves, and never there in assessed runs."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from assessments.actions.rewinding import rewind_run
from assessments.models import Attempt, AttemptMode
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, play, stored, typed_scenario
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

FETCHED = {"X-Requested-With": "fetch"}
HINT = "CANARY-HINT"


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    raw = small_raw()
    raw["moments"][0] |= {"hint": HINT, "hint_cost": 2}
    raw["moments"][2] |= {"hint": HINT}
    return ScenarioFactory(published=raw)


def take(client: Client, attempt: Attempt, moment: str = "hello", **sent: Any):
    return client.post(f"/attempts/{attempt.pk}/hint/", {"moment": moment} | sent, headers=FETCHED)


def page(client: Client, attempt: Attempt, name: str = "call") -> str:
    return html_of(client.get(f"/attempts/{attempt.pk}/{name}/"))


@pytest.mark.parametrize("mode", [AttemptMode.GUIDED, AttemptMode.PRACTICE])
def test_a_hint_is_sent_only_once_it_is_taken_and_says_its_cost_before(
    client, call, priya, mode
) -> None:
    run = begin_run(call, priya, mode)
    html = page(client, run)
    assert HINT not in html
    assert "Hint, costs 2 points" in html
    for _ in range(2):  # taking it again costs nothing more
        html = html_of(take(client, run))
        assert html.startswith('<div class="sim sim-chat" id="call">')
        assert HINT in html
        assert "2 points for hints so far" in html
    assert HINT in page(client, run)
    assert stored(run)["hinted"] == [1]
    assert stored(run)["answers"] == []


def test_the_hint_of_one_moment_is_not_shown_at_the_next(client, call, priya) -> None:
    run = begin_run(call, priya)
    take(client, run)
    html = page(client, play(run, "A"))
    assert HINT not in html
    assert "2 points for hints so far" in html


def test_without_scripts_a_hint_leads_back_and_keeps_what_is_typed(client, priya) -> None:
    activity = typed_scenario()
    raw = activity.live_revision.content
    raw["moments"][0] |= {"hint": HINT}
    run = begin_run(ScenarioFactory(published=raw), priya)
    url = f"/attempts/{run.pk}/hint/"
    assert client.post(url, {"moment": "hello"})["Location"] == f"/attempts/{run.pk}/call/"
    html = html_of(client.post(url, {"moment": "hello", "text": "Half a sen"}))
    assert html.startswith("<!doctype html>")
    assert "Half a sen</textarea>" in html
    assert HINT in html


def test_the_debrief_counts_hints_apart_and_replies_are_worth_the_same(client, call, priya) -> None:
    plain, hinted = begin_run(call, priya), None
    plain = play(plain, "ABB")
    hinted = begin_run(call, priya)
    take(client, hinted)
    hinted.refresh_from_db()
    hinted = play(hinted, "ABB")
    assert hinted.result == plain.result
    html = page(client, hinted, "debrief")
    for shown in ("1 hint taken, 2 points", "Hint taken", "Counted by themselves"):
        assert shown in html
    assert "Hint" not in page(client, plain, "debrief")


@pytest.mark.parametrize(("kept", "hinted"), [(0, []), (1, [1]), (2, [1])])
def test_a_branch_keeps_the_hints_before_it(client, call, priya, kept, hinted) -> None:
    run = begin_run(call, priya)
    take(client, run)
    run.refresh_from_db()
    run = play(run, "AB")
    take(client, run, "close")
    run.refresh_from_db()
    branch = rewind_run(play(run, "B").pk, kept=kept, by=priya, at=MONDAY)
    assert branch.hinted == hinted


def test_an_assessed_run_has_no_hints(client, call, priya) -> None:
    run = begin_run(call, priya, AttemptMode.ASSESSED)
    html = page(client, run)
    assert "int, costs" not in html
    response = take(client, run)
    assert (response.status_code, response.content) == (409, b"There is no hint here.")
    assert stored(run)["hinted"] == []
    with pytest.raises(IntegrityError, match="attempt_assessed_takes_no_hints"):
        Attempt.objects.filter(pk=run.pk).update(hinted=[1])


@pytest.mark.parametrize("moment", ["check", "close", "", "x" * 999])
def test_there_is_no_hint_elsewhere(client, call, priya, moment) -> None:
    run = begin_run(call, priya)
    assert take(client, run, moment).status_code == 409
    assert stored(run)["hinted"] == []
