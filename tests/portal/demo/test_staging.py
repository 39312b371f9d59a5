"""The demo: a cast that can sign in, and a little history that makes the first look worth it."""

from datetime import date

import pytest

from assessments.actions.rebuilding import differing_estimates
from assessments.models import (
    Attempt,
    EvidenceKind,
    SkillEstimate,
    SkillEvidence,
    SpacedCard,
)
from assessments.queries.refreshers import CARDS_A_DAY, cards_due
from assessments.skill_estimate import Word
from courses.actions.loading import load_library
from courses.models import Enrolment
from courses.queries.learning import my_learning
from portal.coaching.models import BehaviourRating, FeedbackSession, SessionState
from portal.demo.cast import CAST, PASSWORD, SIGN_INS, TOPIC
from portal.demo.staging import stage
from portal.people.models import User
from tests.factories.curriculum import sample_of_curriculum
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db


def test_staging_twice_adds_the_cast_once() -> None:
    assert (stage(at=MONDAY), stage(at=MONDAY)) == (len(CAST), 0)


def test_everybody_who_is_announced_can_sign_in(client) -> None:
    stage(at=MONDAY)
    for _role, name, email in SIGN_INS:
        user = User.objects.get(email=email)
        assert (user.name, user.check_password(PASSWORD)) == (name, True)


def test_the_lead_has_assigned_the_first_module_and_priya_has_begun_it() -> None:
    load_library(sample_of_curriculum(), by=None, at=MONDAY)
    stage(at=MONDAY)
    stage(at=MONDAY)

    page = my_learning(User.objects.get(email__startswith="priya@"), now=MONDAY)

    assert Enrolment.objects.count() == 9
    assert (page.current.due_on, page.current.made_by) == (date(2026, 11, 27), "Dana Whitfield")
    assert (page.current.progress.done, page.current.progress.total) == (1, 3)


def test_the_cast_comes_with_strengths_gaps_and_people_of_whom_little_is_known() -> None:
    load_library(sample_of_curriculum(), by=None, at=MONDAY)
    stage(at=MONDAY)
    before = Attempt.objects.count()
    stage(at=MONDAY)

    # A bank draws other questions each time; what was heard on real calls is always the same.
    heard = SkillEstimate.objects.filter(kind=EvidenceKind.JOB, sources__contains=["lead"])
    words = {one.user.first_name: one.value.word() for one in heard.select_related("user")}

    assert Attempt.objects.count() == before
    assert words == {"Priya": Word.STRENGTH, "Marcus": Word.GAP, "Lena": Word.GAP}
    assert set(SkillEvidence.objects.values_list("source", flat=True)) == {
        *("scenario", "quiz", "lead", "imported")
    }
    assert list(differing_estimates()) == []
    assert BehaviourRating.objects.count() == 6


def test_the_lead_meets_priya_who_has_a_question() -> None:
    stage(at=MONDAY)
    stage(at=MONDAY)

    session = FeedbackSession.objects.get(state=SessionState.PLANNED)

    assert (session.lead.name, session.agent.name) == ("Dana Whitfield", "Priya Raman")
    assert session.starts_at > MONDAY
    assert [line.words for line in session.agenda.all()] == [TOPIC]


def test_some_of_what_the_cast_missed_is_due_again() -> None:
    load_library(sample_of_curriculum(), by=None, at=MONDAY)
    stage(at=MONDAY)

    # A bank draws other questions each time, but Marcus misses most of them.
    marcus = User.objects.get(email__startswith="marcus@")
    assert 1 <= cards_due(marcus, now=MONDAY) <= CARDS_A_DAY
    assert SpacedCard.objects.filter(user=marcus, kind="moment").exists()
