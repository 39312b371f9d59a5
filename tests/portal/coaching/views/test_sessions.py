"""The list of sessions, and planning, moving, answering and calling off one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.html import escape

from portal.coaching.actions.scheduling import ask_for_session
from portal.coaching.models import FeedbackSession
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.coaching import a_pair, planned
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def soon():
    return now().replace(minute=0, second=0, microsecond=0) + WEEK


def session_of(dana: User, priya: User, starts_at) -> FeedbackSession:
    return planned(dana, priya, starts_at=starts_at, at=now())


def test_a_lead_finds_a_time_that_suits_both_and_invites(pair, client: Client):
    dana, priya = pair
    client.force_login(dana)
    page = client.get(f"/feedback/plan/?person={priya.pk}")
    slots = [value for value, _ in page.context["form"].fields["slot"].choices if value != "other"]
    assert len(slots) == 6
    answers = {"person": priya.pk, "slot": slots[2], "minutes": 45, "place": "Room 4"}
    response = client.post("/feedback/plan/", answers)
    session = FeedbackSession.objects.get()
    assert response.headers["Location"] == f"/feedback/{session.pk}/"
    assert (session.starts_at.isoformat(), session.minutes) == (slots[2], 45)


def test_another_time_is_on_the_leads_own_clock(pair, client: Client, soon):
    dana, priya = pair
    client.force_login(dana)
    day = soon.date().isoformat()
    answers = {"person": priya.pk, "slot": "other", "day": day, "clock": "07:15", "minutes": 15}
    client.post("/feedback/plan/", answers)
    session = FeedbackSession.objects.get()
    local = session.starts_at.astimezone(ZoneInfo(dana.time_zone))
    assert (local.date().isoformat(), local.strftime("%H:%M")) == (day, "07:15")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "Choose a time, or write another."),
        ({"slot": "other"}, "Choose the day."),
        ({"slot": "other", "day": "2020-01-01", "clock": "10:00"}, "That time is over."),
        ({"slot": "other", "day": "soon", "clock": "10:00"}, "Write the date as in"),
        ({"slot": "nonsense"}, "Choose one of these times"),
        ({"video_link": "javascript:alert(1)"}, "Write a whole link"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(pair, client: Client, answers, error):
    dana, priya = pair
    client.force_login(dana)
    typed = {"person": priya.pk, "minutes": 30, "place": "By the window", **answers}
    response = client.post("/feedback/plan/", typed)
    assert response.status_code == 422
    assert escape(error) in html_of(response)
    assert "By the window" in html_of(response)
    assert not FeedbackSession.objects.exists()


def test_a_time_that_is_taken_is_said_above_the_form(pair, client: Client, soon):
    dana, priya = pair
    session_of(dana, priya, soon)
    client.force_login(dana)
    slot = {"person": priya.pk, "slot": soon.isoformat(), "minutes": 30}
    response = client.post("/feedback/plan/", slot)
    assert response.status_code == 422
    assert "another session at that time" in html_of(response)


def test_somebody_of_another_team_cannot_be_chosen(pair, client: Client):
    dana, _ = pair
    stranger = PersonFactory()
    client.force_login(dana)
    response = client.post("/feedback/plan/", {"person": stranger.pk, "minutes": 30})
    assert response.status_code == 422
    assert "Choose a person from the list." in html_of(response)


def test_an_agent_asks_a_lead_of_their_own(pair, client: Client):
    dana, priya = pair
    PersonFactory(lead=True, name="Somebody Else")
    client.force_login(priya)
    page = html_of(client.get("/feedback/ask/"))
    assert "Dana Whitfield" in page
    assert "Somebody Else" not in page
    client.post("/feedback/ask/", {"lead": dana.pk, "topic": "Calls in circles"})
    session = FeedbackSession.objects.get()
    assert (session.state, session.lead, session.agent) == ("asked", dana, priya)
    client.force_login(dana)
    assert "Priya Raman would like to talk" in html_of(client.get("/feedback/"))


def test_a_lead_of_a_team_above_can_be_asked_too(client: Client):
    team = TeamFactory()
    above = MembershipFactory(user=PersonFactory(lead=True), team=team.parent, is_lead=True).user
    agent = MembershipFactory(team=team).user
    client.force_login(agent)
    assert above.name in html_of(client.get("/feedback/ask/"))


def test_the_agent_answers_and_may_answer_again(pair, client: Client, soon):
    dana, priya = pair
    session = session_of(dana, priya, soon)
    client.force_login(priya)
    address = f"/feedback/{session.pk}/answer/"
    client.post(address, {"answer": "another_time"})
    session.refresh_from_db()
    assert session.answer == "open"
    client.post(address, {"answer": "another_time", "words": "After four?"})
    session.refresh_from_db()
    assert (session.answer, session.answer_words) == ("another_time", "After four?")
    client.force_login(dana)
    assert "After four?" in html_of(client.get(f"/feedback/{session.pk}/"))


def test_only_the_lead_moves_a_session(pair, client: Client, soon):
    dana, priya = pair
    session = session_of(dana, priya, soon)
    client.force_login(priya)
    assert client.get(f"/feedback/{session.pk}/move/").status_code == 404
    client.force_login(dana)
    page = client.get(f"/feedback/{session.pk}/move/")
    assert page.status_code == 200
    later = {"slot": (soon + WEEK).isoformat(), "minutes": 30}
    client.post(f"/feedback/{session.pk}/move/", later)
    session.refresh_from_db()
    assert (session.starts_at, session.sequence) == (soon + WEEK, 1)


def test_calling_off_asks_first(pair, client: Client, soon):
    dana, priya = pair
    session = session_of(dana, priya, soon)
    client.force_login(priya)
    assert "Call off your session with Dana?" in html_of(
        client.get(f"/feedback/{session.pk}/cancel/")
    )
    client.post(f"/feedback/{session.pk}/cancel/", {"words": "I’m on leave."})
    session.refresh_from_db()
    assert (session.state, session.cancel_words) == ("cancelled", "I’m on leave.")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(
    pair, client: Client, soon, count, django_assert_num_queries
):
    dana, priya = pair
    for number in range(count):
        session_of(dana, priya, soon + number * WEEK)
        topic = PersonFactory()
        ask_for_session(lead=dana, topic="Night shifts", by=topic, at=now())
    client.force_login(dana)
    with django_assert_num_queries(8):
        client.get("/feedback/")


def test_a_lead_plans_sessions_that_come_back_and_stops_them(pair, client: Client, soon):
    dana, priya = pair
    client.force_login(dana)
    answers = {"person": priya.pk, "slot": soon.isoformat(), "minutes": 30, "every_weeks": 2}
    client.post("/feedback/plan/", answers)
    session = FeedbackSession.objects.get()
    assert "You meet every 2 weeks" in html_of(client.get(f"/feedback/{session.pk}/"))
    client.post(f"/feedback/{session.pk}/stop-repeating/")
    assert "You meet every 2 weeks" not in html_of(client.get(f"/feedback/{session.pk}/"))
