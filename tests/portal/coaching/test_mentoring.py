"""Mentoring pairs: proposed by strength and gap, wanted by both, and with a peer's rights only."""

from datetime import timedelta

import pytest
from django.test import Client

from assessments.models import EvidenceKind, SkillEstimate
from courses.content.skills import Skill
from portal.coaching.actions.mentoring import (
    PairExists,
    answer_pair,
    end_pair,
    propose_pair,
    set_goal,
)
from portal.coaching.models import MentoringPair, SessionKind
from portal.coaching.queries.mentoring import pair_page, pairs_of, proposed_pairs
from portal.kit.errors import NotAllowed
from portal.notifications.actions.delivery import deliver_due_emails
from portal.people.models import Membership, User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

GOAL = "Say back fact and feeling before acting."


@pytest.fixture
def three() -> tuple[User, User, User]:
    """Dana leads Priya, who has a likely gap in empathy, and Jomar, who is likely strong there."""
    dana, priya = a_pair()
    jomar = PersonFactory(name="Jomar Reyes")
    MembershipFactory(user=jomar, team=Membership.objects.get(user=priya).team)
    estimated(priya, 0.3)
    estimated(jomar, 0.9)
    return dana, priya, jomar


def estimated(user: User, mean: float) -> None:
    SkillEstimate.objects.create(
        user=user,
        skill=Skill.EMPATHY,
        kind=EvidenceKind.PRACTICE,
        start_mean=0.6,
        mean=mean,
        variance=0.002,
        on=MONDAY.date(),
        events=9,
        sources=["quiz", "scenario"],
    )


def proposed(dana: User, priya: User, jomar: User) -> MentoringPair:
    return propose_pair(
        mentor=jomar, mentee=priya, skill=Skill.EMPATHY, goal=GOAL, by=dana, at=MONDAY
    )


def test_a_likely_gap_meets_a_likely_strength_of_the_same_team(
    three, django_assert_max_num_queries
):
    dana, priya, jomar = three
    elsewhere = PersonFactory(name="Ada Far")
    MembershipFactory(user=elsewhere)
    estimated(elsewhere, 0.95)
    with django_assert_max_num_queries(6):
        found = proposed_pairs(dana, now=MONDAY)
    assert [(one.mentee, one.skill, one.mentors) for one in found] == [
        (priya, Skill.EMPATHY, (jomar,))
    ]
    assert proposed_pairs(PersonFactory(lead=True), now=MONDAY) == []
    proposed(*three)
    assert proposed_pairs(dana, now=MONDAY) == []


def test_not_everybody_is_sent_to_the_same_mentor(three):
    dana, priya, _jomar = three
    team = Membership.objects.get(user=priya).team
    for name, mean in (("Ben Cole", 0.3), ("Aisha Khan", 0.9)):
        person = PersonFactory(name=name)
        MembershipFactory(user=person, team=team)
        estimated(person, mean)
    found = proposed_pairs(dana, now=MONDAY)
    assert [(one.mentee.name, [mate.name for mate in one.mentors]) for one in found] == [
        ("Ben Cole", ["Aisha Khan", "Jomar Reyes"]),
        ("Priya Raman", ["Jomar Reyes", "Aisha Khan"]),
    ]


def test_the_mentee_is_asked_first_and_the_mentor_hears_of_it_once_they_want_it(three, mail_server):
    _dana, priya, jomar = three
    pair = proposed(*three)

    def new_mails() -> dict[str, str]:
        mail_server.forget()
        deliver_due_emails(clock=lambda: MONDAY)
        return {mail["To"]: mail["Subject"] for mail in mail_server.messages}

    assert new_mails() == {priya.email: "Some help from Jomar?"}
    assert pairs_of(jomar) == []
    with pytest.raises(MentoringPair.DoesNotExist):
        answer_pair(pair.pk, agrees=True, by=jomar, at=MONDAY)
    answer_pair(pair.pk, agrees=True, by=priya, at=MONDAY)
    assert new_mails() == {jomar.email: "Would you help Priya?"}
    assert answer_pair(pair.pk, agrees=True, by=jomar, at=MONDAY).is_running


def test_a_no_ends_it_and_nobody_answers_twice(three):
    _dana, priya, jomar = three
    pair = proposed(*three)
    assert answer_pair(pair.pk, agrees=False, by=priya, at=MONDAY).state == "Declined"
    with pytest.raises(NotAllowed):
        answer_pair(pair.pk, agrees=True, by=priya, at=MONDAY)
    assert pairs_of(jomar) == []


def test_a_lead_pairs_their_own_people_once(three):
    _dana, priya, jomar = three
    proposed(*three)
    with pytest.raises(PairExists):
        proposed(*three)
    with pytest.raises(NotAllowed):
        proposed(PersonFactory(lead=True), priya, jomar)


def test_their_meetings_as_peers_are_the_log_and_the_goal_is_theirs(three):
    dana, priya, jomar = three
    pair = proposed(*three)
    answer_pair(pair.pk, agrees=True, by=priya, at=MONDAY)
    answer_pair(pair.pk, agrees=True, by=jomar, at=MONDAY)
    met = planned(jomar, priya, kind=SessionKind.PEERS)
    back = planned(priya, jomar, kind=SessionKind.PEERS, starts_at=WEDNESDAY + timedelta(days=7))
    planned(dana, priya, starts_at=WEDNESDAY + timedelta(days=1))
    assert set_goal(pair.pk, "One reflection a call", by=priya, at=MONDAY).goal == (
        "One reflection a call"
    )
    assert pair_page(pair, jomar).meetings == (back, met)
    assert end_pair(pair.pk, by=jomar, at=WEDNESDAY).state == "Ended"


def test_lead_peer_and_admin_never_see_the_page_of_a_pair(three, client: Client):
    dana, priya, jomar = three
    pair = proposed(*three)
    answer_pair(pair.pk, agrees=True, by=priya, at=MONDAY)
    for who in (dana, PersonFactory(), PersonFactory(admin=True)):
        client.force_login(who)
        assert client.get(f"/feedback/mentoring/{pair.pk}/").status_code == 404
        assert client.post(f"/feedback/mentoring/{pair.pk}/", {"what": "end"}).status_code == 404
    client.force_login(jomar)
    assert GOAL in html_of(client.get(f"/feedback/mentoring/{pair.pk}/"))


def test_a_lead_proposes_from_the_page_and_needs_a_goal(three, client: Client):
    dana, priya, jomar = three
    client.force_login(dana)
    assert "Priya Raman" in html_of(client.get("/feedback/mentoring/"))
    sent = {"mentor": jomar.pk, "mentee": priya.pk, "skill": "empathy"}
    without = client.post("/feedback/mentoring/propose/", sent)
    assert without.status_code == 422
    assert "Write the goal in a line." in html_of(without)
    client.post("/feedback/mentoring/propose/", {**sent, "goal": GOAL})
    assert MentoringPair.objects.get().waits_for == priya
