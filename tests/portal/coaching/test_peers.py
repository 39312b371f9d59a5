"""Two colleagues meet as peers: the same session, with a peer's rights only."""

from datetime import timedelta

import pytest
from django.test import Client

from assessments.models import AttemptMode
from courses.content.skills import Skill
from portal.coaching.actions.agenda import build_agenda
from portal.coaching.actions.meeting import agree_action, close_session
from portal.coaching.actions.observing import Heard, record_observation
from portal.coaching.models import FeedbackSession, SessionKind
from portal.coaching.queries.follow_up import numbers_of
from portal.kit.clock import now
from portal.kit.errors import NotAllowed
from portal.people.models import Membership, User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.courses import EnrolmentFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.runs import finished_run
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def peers() -> tuple[User, User]:
    _dana, priya = a_pair()
    jomar = PersonFactory(name="Jomar Reyes")
    MembershipFactory(user=jomar, team=Membership.objects.get(user=priya).team)
    return jomar, priya


def test_an_agent_plans_time_with_a_colleague_of_the_team_and_with_nobody_else(
    peers, client: Client
):
    jomar, priya = peers
    client.force_login(jomar)
    assert "Meet a colleague" in html_of(client.get("/feedback/"))
    when = (now() + timedelta(days=3)).date().isoformat()
    asked = {"person": priya.pk, "day": when, "clock": "10:00", "minutes": 30}
    client.post("/feedback/plan/", asked)
    assert [(one.kind, one.lead, one.agent) for one in FeedbackSession.objects.all()] == [
        (SessionKind.PEERS, jomar, priya)
    ]
    lead_of_theirs = Membership.objects.get(is_lead=True).user
    as_a_peer = client.post("/feedback/plan/", {**asked, "person": lead_of_theirs.pk})
    assert as_a_peer.status_code == 422
    stranger = client.post("/feedback/plan/", {**asked, "person": PersonFactory().pk})
    assert stranger.status_code == 422


def test_a_peer_sees_no_evidence_and_only_what_the_two_agreed(peers):
    jomar, priya = peers
    EnrolmentFactory(user=priya, due_on=(MONDAY - timedelta(days=7)).date())
    run = finished_run(ScenarioFactory(), priya, mode=AttemptMode.ASSESSED)
    earlier = planned(jomar, priya, kind=SessionKind.PEERS)
    agree_action(earlier.pk, owner=priya, words="A time", due_on=MONDAY.date(), by=jomar, at=MONDAY)
    later = run.finished_at + timedelta(days=8)
    session = planned(jomar, priya, starts_at=later, kind=SessionKind.PEERS)
    build_agenda(session, at=run.finished_at)
    assert [line.kind for line in session.agenda.shown()] == ["agreed"]


def test_a_peer_rates_nothing(peers, client: Client):
    jomar, priya = peers
    session = planned(jomar, priya, kind=SessionKind.PEERS)
    with pytest.raises(NotAllowed):
        record_observation(
            session.pk,
            Skill.EMPATHY,
            {"EM1": Heard(4, "So")},
            heard_on=MONDAY.date(),
            by=jomar,
            at=MONDAY,
        )
    client.force_login(jomar)
    assert client.get(f"/feedback/{session.pk}/heard/empathy/").status_code == 404
    assert client.get(f"/feedback/{session.pk}/hand-over/").status_code == 404
    assert "What was heard" not in html_of(client.get(f"/feedback/{session.pk}/"))


def test_sessions_between_peers_count_in_no_leads_numbers(peers):
    jomar, priya = peers
    session = planned(jomar, priya, kind=SessionKind.PEERS)
    close_session(session.pk, took_place=True, by=jomar, at=WEDNESDAY)
    assert numbers_of(jomar, now=WEDNESDAY) is None
