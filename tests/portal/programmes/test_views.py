"""The pages of programmes: whose one sees, and what one can do there."""

import pytest
import time_machine

from portal.programmes.actions.giving import give_programme
from portal.programmes.models import GivenProgramme
from tests.factories.coaching import a_pair
from tests.factories.courses import LessonFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory
from tests.factories.programmes import path_of, programme_raw, published
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def pair():
    return a_pair()


@pytest.fixture
def dana(pair):
    return pair[0]


@pytest.fixture
def priya(pair):
    return pair[1]


@pytest.fixture
def module():
    return LessonFactory().module


def test_lead_gives_what_was_written_and_agent_answers(client, dana, priya, module):
    published(programme_raw(module))
    client.force_login(dana)
    assert "Two weeks" in html_of(client.get("/team/programmes/"))

    path = "/team/programmes/give/two-weeks/"
    assert client.post(path, {"note": "Kept."}).status_code == 422
    sent = {"person": [priya.pk], "note": "For the new desk."}
    assert "Given to 1 person." in html_of(client.post(path, sent, follow=True))
    assert client.post(path, sent).status_code == 422

    client.force_login(priya)
    given = GivenProgramme.objects.get()
    page = html_of(client.get(f"/programmes/{given.pk}/"))
    assert "For the new desk." in page
    assert "On track" in page
    client.post(f"/programmes/{given.pk}/steps/cards/")
    client.post(f"/programmes/{given.pk}/answer/", {"answer": "Just right."})
    client.force_login(dana)
    page = html_of(client.get(f"/programmes/{given.pk}/"))
    assert "Just right." in page
    assert "1 of 3 steps" in page


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2026-11-22", 422), ("2027-11-24", 422), ("someday", 422), ("2026-11-23", 200), ("", 200)],
)
def test_the_first_day_is_from_today_on(client, dana, priya, module, day, answer):
    published(programme_raw(module))
    client.force_login(dana)
    sent = {"person": [priya.pk], "starts_on": day}

    found = client.post("/team/programmes/give/two-weeks/", sent, follow=True)

    assert found.status_code == answer
    days = list(GivenProgramme.objects.values_list("starts_on", flat=True))
    assert days == ([MONDAY.date()] if answer == 200 else [])


def test_a_step_that_is_not_in_the_library_yet_is_left_out(client, dana, priya, module):
    raw = programme_raw(module)
    raw["steps"][0] = raw["steps"][0] | {"module": f"{path_of(module)}-to-come"}
    version = published(raw)
    client.force_login(dana)
    assert "Not in the library yet" in html_of(client.get("/team/programmes/give/two-weeks/"))

    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]

    assert "0 of 2 steps" in html_of(client.get(f"/programmes/{given.pk}/"))


def test_the_programmes_of_others_are_not_there(client, dana, priya, module):
    version = published(programme_raw(module))
    stranger_lead, stranger = a_pair()
    theirs = give_programme(version, [stranger.pk], by=stranger_lead, at=MONDAY)[0]
    mine = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]

    for viewer in (dana, priya):
        client.force_login(viewer)
        assert client.get(f"/programmes/{theirs.pk}/").status_code == 404
        assert client.get(f"/programmes/{mine.pk}/").status_code == 200
    client.force_login(dana)
    assert client.post(f"/programmes/{mine.pk}/answer/", {"answer": "No."}).status_code == 404
    assert client.post(f"/team/programmes/{theirs.pk}/withdraw/").status_code == 404
    client.force_login(priya)
    assert client.get("/team/programmes/").status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_the_team_page_costs_the_same_queries(
    client, dana, priya, module, number, django_assert_num_queries
):
    version = published(programme_raw(module))
    team = priya.memberships.get().team
    people = [one.user.pk for one in MembershipFactory.create_batch(number, team=team)]
    give_programme(version, people, by=dana, at=MONDAY)
    client.force_login(dana)
    client.get("/team/programmes/")

    with django_assert_num_queries(10):
        client.get("/team/programmes/")
