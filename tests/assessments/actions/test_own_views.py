"""Self-ratings move nothing; who sees a skill differently gets an answer, and both stay."""

from datetime import timedelta

import pytest

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.actions.own_views import (
    AlreadyAnswered,
    AlreadyWaiting,
    answer_view,
    rate_oneself,
    see_differently,
)
from assessments.models import OtherView, SkillEstimate
from assessments.queries.own_views import Beside, own_rating, waiting_views
from assessments.skill_estimate import Estimate, Source
from courses.content.skills import Skill
from portal.notifications.models import OutgoingEmail
from tests.factories.coaching import a_pair
from tests.factories.moments import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return a_pair()


@pytest.fixture
def dana(pair):
    return pair[0]


@pytest.fixture
def priya(pair):
    return pair[1]


def shown(user, value=0.2):
    origin = Origin(Source.SCENARIO, MONDAY.date(), proof="test:1")
    return take_in([Finding(Skill.EMPATHY, value, 0.03, 4, {})], origin, user=user, at=MONDAY)[0]


def mails():
    return list(OutgoingEmail.objects.order_by("created_at").values_list("kind", "to_address"))


@pytest.mark.parametrize(
    ("rating", "mean", "expected"),
    [
        (3, 0.5, Beside.SAME),
        (5, 0.5, Beside.HIGHER),
        (1, 0.5, Beside.LOWER),
    ],
)
def test_a_self_rating_stands_beside_the_evidence(priya, rating, mean, expected):
    sure = Estimate(mean, 0.01, events=4, sources=frozenset({Source.QUIZ, Source.SCENARIO}))
    rate_oneself(Skill.EMPATHY, 4, by=priya, at=MONDAY - timedelta(days=1))
    rate_oneself(Skill.EMPATHY, rating, by=priya, at=MONDAY)

    assert own_rating(priya, Skill.EMPATHY, sure).beside is expected
    assert own_rating(priya, Skill.EMPATHY, Estimate()).beside is Beside.TOO_EARLY
    assert own_rating(priya, Skill.EQ, sure) is None
    assert not SkillEstimate.objects.exists()


def test_a_view_reaches_the_lead_and_its_answer_the_agent(dana, priya):
    evidence = shown(priya)
    view = see_differently(
        Skill.EMPATHY, "She had hung up.", evidence=evidence, by=priya, at=MONDAY
    )
    assert mails() == [("view_waiting", dana.email)]
    assert list(waiting_views(dana)) == [view]
    assert list(waiting_views(priya)) == []

    answer_view(view, "I listened again.", by=dana, at=MONDAY)

    view.refresh_from_db()
    assert (view.answer, view.answered_by, view.said) == ("I listened again.", dana, "not_enough")
    assert mails()[1:] == [("view_answered", priya.email)]
    assert list(waiting_views(dana)) == []


@pytest.mark.parametrize("about_evidence", [True, False])
def test_one_view_on_a_thing_waits_at_a_time_and_the_next_is_another_row(
    dana, priya, about_evidence
):
    about = {"evidence": shown(priya) if about_evidence else None, "by": priya, "at": MONDAY}
    first = see_differently(Skill.EMPATHY, "First.", **about)

    with pytest.raises(AlreadyWaiting):
        see_differently(Skill.EMPATHY, "Again.", **about)
    answer_view(first, "So.", by=dana, at=MONDAY)
    see_differently(Skill.EMPATHY, "Still.", **about)

    assert list(OtherView.objects.order_by("pk").values_list("words", "answer")) == [
        ("First.", "So."),
        ("Still.", ""),
    ]


def test_the_first_answer_stands(dana, priya):
    view = see_differently(Skill.EQ, "No.", by=priya, at=MONDAY)
    answer_view(view, "First.", by=dana, at=MONDAY)

    with pytest.raises(AlreadyAnswered):
        answer_view(view, "Second.", by=dana, at=MONDAY)
    view.refresh_from_db()
    assert view.answer == "First."
