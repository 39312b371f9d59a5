"""Observations: rated with a quote, written once, and evidence from the job."""

import pytest
from django.db import IntegrityError, transaction

from assessments.models import EvidenceKind, SkillEstimate, SkillEvidence
from courses.content.skills import Skill
from portal.coaching.actions.observing import Heard, NothingObserved, record_observation
from portal.coaching.actions.scheduling import ask_for_session
from portal.coaching.errors import SessionClosed
from portal.coaching.models import BehaviourRating, FeedbackSession, Observation
from portal.kit.errors import NotAllowed
from portal.people.models import User
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db

HEARD = {
    "AL1": Heard(4, "“You told us twice, and it was lost. What did I miss?”"),
    "AL2": Heard(2, "“Okay, so about the bill.”"),
    "AL3": Heard(None),
    "AL4": Heard(None),
}


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


@pytest.fixture
def session(pair: tuple[User, User]) -> FeedbackSession:
    return planned(*pair)


def observe(session: FeedbackSession, by: User, heard=None) -> Observation:
    return record_observation(
        session.pk,
        Skill.LISTENING,
        HEARD if heard is None else heard,
        heard_on=MONDAY.date(),
        by=by,
        at=WEDNESDAY,
    )


def test_ratings_are_kept_with_their_quotes_and_move_the_estimate_from_the_job(pair, session):
    dana, priya = pair
    made = observe(session, dana)
    assert list(made.ratings.values_list("behaviour", "rating")) == [
        ("AL1", 4),
        ("AL2", 2),
        ("AL3", None),
        ("AL4", None),
    ]
    evidence = SkillEvidence.objects.get(user=priya)
    assert (evidence.skill, evidence.kind, evidence.source) == ("listening", "job", "lead")
    assert (evidence.value, evidence.given_by) == (0.5, dana)
    assert evidence.proof == f"coaching.observation:{made.pk}"
    estimate = SkillEstimate.objects.get(user=priya, kind=EvidenceKind.JOB, skill="listening")
    assert estimate.mean < 0.6


def test_what_was_not_observed_moves_nothing(pair, session):
    dana, priya = pair
    with pytest.raises(NothingObserved):
        observe(session, dana, {code: Heard(None) for code in HEARD})
    assert not Observation.objects.exists()
    assert not SkillEvidence.objects.filter(user=priya).exists()


def test_only_the_lead_of_a_session_that_has_a_time_rates(pair, session):
    dana, priya = pair
    with pytest.raises(NotAllowed):
        observe(session, priya)
    wish = ask_for_session(lead=dana, topic="Night shifts", by=priya, at=MONDAY)
    with pytest.raises(SessionClosed):
        observe(wish, dana)


def test_the_database_keeps_no_rating_without_a_quote(pair, session):
    made = observe(session, pair[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourRating.objects.create(
            observation=made, behaviour="EC1", title="x", rating=3, quote=""
        )
