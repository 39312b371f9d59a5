"""How calls go with different patients: in the debrief and one's own profile, for nobody else."""

import pytest
from django.test import Client

from assessments.actions.rewinding import rewind_run
from assessments.models import Attempt, AttemptMode
from assessments.queries.patients import patients_of
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.factories.runs import begin_run, finished_run, play
from tests.factories.scenarios import small_raw
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

TITLE = "The same moments with Ben Otis"


@pytest.fixture
def priya(client: Client) -> User:
    person = PersonFactory(name="Priya Raman")
    client.force_login(person)
    return person


def call_for_two() -> Activity:
    """Return a published call for Ana or for Ben, who hears little and is older."""
    ben = {"id": "ben", "name": "Ben Otis", "age": 71, "kinds": ["hearing", "older"]}
    return ScenarioFactory(published=small_raw(cards=[*small_raw()["cards"], ben]))


@pytest.fixture
def call() -> Activity:
    return call_for_two()


def run(call: Activity, user: User, card: str, made: str, mode=AttemptMode.PRACTICE) -> Attempt:
    return play(begin_run(call, user, mode, card), made)


def page(client: Client, path: str) -> str:
    return html_of(client.get(path))


def test_the_debrief_shows_where_the_same_call_went_better(client, call, priya) -> None:
    first = run(call, priya, "ana", "ABB")
    assert TITLE not in page(client, f"/attempts/{first.pk}/debrief/")
    second = run(call, priya, "ben", "BAB")
    html = page(client, f"/attempts/{first.pk}/debrief/")
    assert TITLE in html
    assert "3 moments came up in both calls. 3 went well with Ana Ruiz, 1 with Ben Otis." in html
    differing = html[html.index(TITLE) :]
    assert '<a href="#m1">The moment hello</a><br><span class="meta">better with Ana' in differing
    assert '<a href="#m3">' not in differing
    address = f"/activities/{call.pk}/compare/?first={first.pk}&amp;second={second.pk}"
    assert address in html
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_lead_sees_no_other_run_beside_an_assessed_one(client, call, priya) -> None:
    team, dana = TeamFactory(), PersonFactory(lead=True)
    MembershipFactory(user=priya, team=team)
    MembershipFactory(user=dana, team=team, is_lead=True)
    assessed = run(call, priya, "ana", "ABB", AttemptMode.ASSESSED)
    run(call, priya, "ben", "BAB")
    assert TITLE in page(client, f"/attempts/{assessed.pk}/debrief/")
    client.force_login(dana)
    html = page(client, f"/attempts/{assessed.pk}/debrief/")
    assert "Ben Otis" not in html
    assert "With different patients" not in page(client, f"/team/people/{priya.pk}/skills/")


def test_another_persons_run_is_not_ones_own(client, call, priya) -> None:
    run(call, PersonFactory(), "ben", "BAB")
    mine = run(call, priya, "ana", "ABB")
    assert TITLE not in page(client, f"/attempts/{mine.pk}/debrief/")


def test_the_profile_shows_counts_and_no_word_on_too_few(client, call, priya) -> None:
    assert "Nothing to compare yet." in page(client, "/skills/")
    run(call, priya, "ana", "ABB")
    run(call, priya, "ben", "BAB")
    html = page(client, "/skills/")
    assert "Callers who hear little or nothing" in html
    assert "From 1 story. 1 call, 2 moments, need met in 0." in html
    assert "With others: 1 call, 2 moments, need met in 1." in html
    assert html.count("Too few to compare yet") == 2  # the two kinds that Ben is of
    assert "The likely difference" not in html


def test_with_enough_calls_a_difference_is_told_with_its_range(client, call, priya) -> None:
    for story in [call, call_for_two()] * 5:
        run(story, priya, "ana", "ABB")
        run(story, priya, "ben", "BAA")
    html = page(client, "/skills/")
    assert "0 of 100 points, with others 100. The likely difference is from -100 to" in html
    assert html.count("Worth a look") == 2


def test_what_was_played_on_from_a_rewind_counts_once(call, priya, django_assert_num_queries):
    run(call, priya, "ana", "ABB")
    ben = run(call, priya, "ben", "BAB")
    play(rewind_run(ben.pk, kept=1, by=priya, at=MONDAY), "BB")
    with django_assert_num_queries(1):
        lines = patients_of(priya).lines
    assert [one.contrast.own.calls for one in lines] == [1, 1]


def test_calls_from_before_cards_said_what_they_bring_are_left_out(call, priya) -> None:
    old = finished_run(call, priya)
    Attempt.objects.filter(pk=old.pk).update(result={"skills": {}, "is_resolved": True})
    assert patients_of(priya).lines == ()


@pytest.mark.parametrize(("card", "queries"), [("ana", 5), ("ben", 5)])
def test_the_debrief_takes_one_query_for_it(
    client, call, priya, django_assert_num_queries, card: str, queries: int
) -> None:
    runs = {one: run(call, priya, one, "ABB") for one in ("ana", "ben")}
    page(client, f"/attempts/{runs[card].pk}/debrief/")
    with django_assert_num_queries(queries):
        page(client, f"/attempts/{runs[card].pk}/debrief/")
