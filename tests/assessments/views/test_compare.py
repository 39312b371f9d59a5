"""Two runs side by side: where they part, and that nobody compares another person's run."""

import pytest
from django.test import Client

from assessments.models import Attempt
from assessments.queries.comparison import Comparison
from assessments.queries.debrief import debrief_of
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import begin_run, finished_run, play
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.fixture
def call() -> Activity:
    cards = [{"id": "ana", "name": "Ana Ruiz", "age": 40}, {"id": "lou", "name": "Lou", "age": 70}]
    return ScenarioFactory(published=small_raw(cards=cards))


def compared(first: Attempt, second: Attempt) -> Comparison:
    return Comparison(debrief_of(first), debrief_of(second))


def test_where_two_runs_part_is_marked_once(call, priya) -> None:
    page = compared(finished_run(call, priya, "ABB"), finished_run(call, priya, "AAA"))
    assert [(one.title, one.is_same, one.is_parting) for one in page.moments] == [
        ("The moment hello", True, False),
        ("The moment check", False, True),
        ("The moment close", False, False),
    ]


def test_the_same_run_twice_parts_nowhere(call, priya) -> None:
    page = compared(finished_run(call, priya, "ABB"), finished_run(call, priya, "ABB"))
    assert not any(one.is_parting for one in page.moments)


def test_strong_moments_are_counted_where_both_were_measured(call, priya) -> None:
    other = play(begin_run(call, priya, card="lou"), "BBB")
    page = compared(finished_run(call, priya, "ABB"), other)
    assert page.has_two_patients
    assert (page.measured_in_both, page.strong_in_first, page.strong_in_second) == (2, 2, 1)


def test_each_variable_has_both_lines_and_a_table(call, priya) -> None:
    page = compared(finished_run(call, priya, "ABB"), finished_run(call, priya, "BBB"))
    trust = page.overlays[0]
    assert [one.kind for one in page.overlays] == ["trust", "distress", "understanding"]
    assert [(n, first.level, second.level) for n, first, second in trust.rows] == [
        (0, 2, 2),
        (1, 3, 0),
        (2, 3, 0),
        (3, 3, 0),
    ]
    assert [mark.x for mark in trust.first_line] == [mark.x for mark in trust.second_line]


def test_the_page_offers_own_runs_only_and_shows_two(client, call, priya) -> None:
    first, second = finished_run(call, priya), finished_run(call, priya, "BAA")
    foreign = finished_run(call, PersonFactory())
    url = f"/activities/{call.pk}/compare/"
    html = html_of(client.get(url))
    assert [str(run.pk) in html for run in (first, second, foreign)] == [True, True, False]
    assert "Here they part" in html_of(client.get(f"{url}?first={first.pk}&second={second.pk}"))
    html = html_of(client.get(f"{url}?first={first.pk}&second={foreign.pk}"))
    assert "How they ended" not in html


def test_two_different_runs_are_asked_for(client, call, priya) -> None:
    first = finished_run(call, priya)
    finished_run(call, priya)
    url = f"/activities/{call.pk}/compare/?first={first.pk}&second={first.pk}"
    assert "Choose two different runs." in html_of(client.get(url))


def test_one_run_alone_has_nothing_to_stand_beside(client, call, priya) -> None:
    finished_run(call, priya)
    html = html_of(client.get(f"/activities/{call.pk}/compare/"))
    assert "One more run is needed" in html


@pytest.mark.parametrize("runs", [2, 4])
def test_a_comparison_takes_seven_queries(
    client, call, priya, runs: int, django_assert_num_queries
) -> None:
    made = [finished_run(call, priya) for _ in range(runs)]
    url = f"/activities/{call.pk}/compare/?first={made[0].pk}&second={made[1].pk}"
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
