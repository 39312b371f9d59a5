"""Getting ready, the coaching guides, and one moment replayed together."""

from datetime import timedelta

import pytest
from django.test import Client

from assessments.actions.sharing import share_run, take_back_run
from assessments.models import Attempt, AttemptMode
from portal.coaching.actions.meeting import close_session, save_reflection, save_shared_note
from portal.coaching.models import FeedbackSession
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.coaching import a_pair, a_run_line, planned
from tests.factories.courses import ScenarioFactory
from tests.factories.people import PersonFactory
from tests.factories.runs import finished_run
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    return planned(*pair, starts_at=now() + timedelta(days=3), at=now())


def shared(priya: User) -> Attempt:
    run = finished_run(ScenarioFactory(), priya, mode=AttemptMode.PRACTICE)
    return share_run(run.pk, by=priya, at=now())


def test_the_lead_prepares_with_what_the_agent_thinks_and_what_was_agreed_last_time(
    pair, client: Client
):
    dana, priya = pair
    earlier = planned(dana, priya, starts_at=now() + timedelta(days=1), at=now())
    save_shared_note(earlier.pk, "Say a time, every time.", version=0, by=dana, at=now())
    close_session(earlier.pk, took_place=True, by=dana, at=now())
    session = planned(dana, priya, starts_at=now() + timedelta(days=3), at=now())
    save_reflection(session.pk, "It was a long week.", by=priya, at=now())
    a_run_line(session, finished_run(ScenarioFactory(), priya, mode=AttemptMode.ASSESSED))
    client.force_login(dana)
    html = html_of(client.get(f"/feedback/{session.pk}/prepare/"))
    assert "It was a long week." in html
    assert "Say a time, every time." in html
    assert "Get ready to meet Priya" in html


def test_the_agent_prepares_with_a_reflection_of_their_own_and_no_guide_for_leads(
    pair, session, client: Client
):
    client.force_login(pair[1])
    html = html_of(client.get(f"/feedback/{session.pk}/prepare/"))
    assert "Before you meet: what went well, and what was hard?" in html
    assert "Coaching guides" not in html


def test_everybody_reads_the_guides_and_there_is_none_for_an_unknown_skill(client: Client):
    client.force_login(PersonFactory())
    assert "Questions to ask" in html_of(client.get("/feedback/guides/empathy/"))
    assert client.get("/feedback/guides/courage/").status_code == 404


def test_both_replay_the_turning_point_and_step_through_the_call(pair, session, client: Client):
    priya = pair[1]
    line = a_run_line(session, shared(priya))
    path = f"/feedback/{session.pk}/replay/{line.pk}/"
    for person in pair:
        client.force_login(person)
        page = client.get(path).context["page"]
        assert (page.number, page.replies, page.is_turning_point) == (1, 3, True)
        assert {choice.id for choice in page.choices} == {"A", "B"}
        assert ("Play on from here" in html_of(client.get(path))) is (person == priya)
    assert client.get(f"{path}?reply=3").context["page"].after is None
    assert client.get(f"{path}?reply=99").context["page"].number == 3
    assert client.get(f"{path}?reply=x").context["page"].number == 1


def test_how_good_the_other_replies_were_is_never_told(pair, session, client: Client):
    dana, priya = pair
    line = a_run_line(session, shared(priya))
    client.force_login(dana)
    page = client.get(f"/feedback/{session.pk}/replay/{line.pk}/").context["page"]
    others = [one for one in page.choices if one.id != page.step.choice.id]
    html = html_of(client.get(f"/feedback/{session.pk}/replay/{line.pk}/"))
    assert others
    assert all(one.text in html for one in others)
    assert html.count("How it landed") == html.count(page.step.choice.why) == 1


def test_a_run_that_was_taken_back_is_the_agents_alone_again(pair, session, client: Client):
    dana, priya = pair
    run = shared(priya)
    line = a_run_line(session, run)
    take_back_run(run.pk, by=priya, at=now())
    client.force_login(dana)
    assert client.get(f"/feedback/{session.pk}/replay/{line.pk}/").status_code == 404
    client.force_login(priya)
    assert client.get(f"/feedback/{session.pk}/replay/{line.pk}/").status_code == 200


def test_nobody_else_replays_it(pair, session, client: Client):
    line = a_run_line(session, shared(pair[1]))
    for other in (PersonFactory(), PersonFactory(lead=True), PersonFactory(admin=True)):
        client.force_login(other)
        assert client.get(f"/feedback/{session.pk}/replay/{line.pk}/").status_code == 404
