"""Evidence: what closing an attempt writes down, once, and how it moves the estimate."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from assessments.actions.attempts import start_attempt
from assessments.actions.evidence import record_evidence, record_rating
from assessments.actions.quiz_attempts import answer_item, finish_quiz
from assessments.actions.rebuilding import (
    backfill_evidence,
    differing_estimates,
    recompute_estimates,
)
from assessments.models import (
    AttemptMode,
    ItemTally,
    SafetyCheck,
    SkillEstimate,
    SkillEvidence,
)
from assessments.queries.tallies import ENOUGH_ATTEMPTS, difficulty_of
from assessments.skill_estimate import START_MEAN, Source, quiz_noise, scenario_noise
from courses.content.skills import Skill
from courses.models import SkillFrameVersion
from tests.factories.courses import QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import KEPT, POINTS, every_type_raw
from tests.factories.runs import BEST_CHOICES, WORST_CHOICES, begin_run, finished_run, play
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

ASSESSED = AttemptMode.ASSESSED


@pytest.fixture
def priya():
    return PersonFactory()


@pytest.fixture
def dana():
    return PersonFactory()


def quiz_set(user, answered=("single-choice",)):
    attempt = start_attempt(
        QuizFactory(published=every_type_raw(feedback="at_end")),
        by=user,
        at=MONDAY,
        mode=ASSESSED,
    )
    for seq, item in enumerate(answered, start=1):
        answer_item(attempt.pk, seq=seq, item_id=item, payload=KEPT[item], by=user, at=MONDAY)
    return finish_quiz(attempt.pk, by=user, at=MONDAY)


def rate(user, lead, rating=4, proof="coaching.rating:1"):
    return record_rating(
        Skill.EMPATHY,
        {"EM1": rating},
        user=user,
        by=lead,
        proof=proof,
        is_calibrated=True,
        on=date(2026, 11, 20),
        at=MONDAY,
    )


def evidence_of(user):
    return list(
        SkillEvidence.objects.filter(user=user)
        .order_by("skill")
        .values_list("skill", "kind", "source", "value", "items")
    )


# What is evidence


def test_a_first_assessed_call_is_evidence_for_each_skill_it_asks_for(priya):
    attempt = finished_run(ScenarioFactory(), priya, BEST_CHOICES, ASSESSED)

    assert evidence_of(priya) == [
        ("listening", "practice", "scenario", 1.0, 1),
        ("problem", "practice", "scenario", 1.0, 1),
    ]
    listening = attempt.evidence.get(skill="listening")
    assert listening.behaviours == {"AL1": [1.0, 1]}
    assert listening.is_provisional
    assert listening.noise == scenario_noise(1, is_provisional=True)
    assert (listening.expected, listening.on) == (START_MEAN, MONDAY.date())
    assert listening.frame == SkillFrameVersion.objects.get()


@pytest.mark.parametrize("mode", [AttemptMode.GUIDED, AttemptMode.PRACTICE])
def test_practice_is_no_evidence(priya, mode):
    finished_run(ScenarioFactory(), priya, BEST_CHOICES, mode)

    assert evidence_of(priya) == []
    assert not SafetyCheck.objects.exists()


def test_a_second_attempt_is_no_evidence(priya):
    call = ScenarioFactory()
    finished_run(call, priya, WORST_CHOICES, ASSESSED)
    before = evidence_of(priya)

    finished_run(call, priya, BEST_CHOICES, ASSESSED)

    assert evidence_of(priya) == before


def test_an_open_attempt_is_no_evidence(priya):
    attempt = play(begin_run(ScenarioFactory(), priya, ASSESSED), BEST_CHOICES[:1])

    assert record_evidence(attempt, at=MONDAY) == []


def test_a_gate_is_a_record_of_its_own_and_no_skill(priya):
    finished_run(ScenarioFactory(), priya, BEST_CHOICES, ASSESSED)

    found = SafetyCheck.objects.values_list("user", "gate", "title", "result", "on")
    assert list(found) == [
        (priya.pk, "G1", "Identity before details", "met", MONDAY.date()),
    ]


def test_a_quiz_set_counts_every_scored_question(priya):
    attempt = quiz_set(priya)

    found = attempt.evidence.get()
    assert (found.source, found.value, found.items) == ("quiz", pytest.approx(1 / POINTS), POINTS)
    assert found.noise == quiz_noise(POINTS)


def test_a_rating_is_evidence_from_the_job(priya, dana):
    rate(priya, dana)

    assert evidence_of(priya) == [("empathy", "job", "lead", 0.75, 1)]
    assert SkillEvidence.objects.get().given_by == dana


def test_one_rating_counts_once(priya, dana):
    rate(priya, dana)

    with pytest.raises(IntegrityError), transaction.atomic():
        rate(priya, dana)
    assert SkillEstimate.objects.get().events == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_evidence_is_never_changed_or_deleted(priya, dana, change):
    rate(priya, dana)
    rows = SkillEvidence.objects.all()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(value=1) if change == "update" else rows._raw_delete(rows.db)


# How it moves the estimate


def test_practice_and_the_job_are_two_estimates(priya, dana):
    rate(priya, dana)
    finished_run(ScenarioFactory(), priya, BEST_CHOICES, ASSESSED)

    found = SkillEstimate.objects.order_by("skill").values_list("skill", "kind", "events")
    assert list(found) == [
        ("empathy", "job", 1),
        ("listening", "practice", 1),
        ("problem", "practice", 1),
    ]


def test_evidence_keeps_what_was_predicted_and_how_far_it_moved(priya, dana):
    first, second = rate(priya, dana)[0], rate(priya, dana, 1, "coaching.rating:2")[0]

    assert second.expected == pytest.approx(first.expected + first.moved)
    assert first.moved > 0 > second.moved
    stored = SkillEstimate.objects.get()
    assert stored.mean == pytest.approx(START_MEAN + first.moved + second.moved)


def test_one_more_piece_of_evidence_costs_the_same_queries(priya, dana, django_assert_num_queries):
    rate(priya, dana)
    for number in range(2, 9):
        rate(priya, dana, 5, f"coaching.rating:{number}")

    with django_assert_num_queries(5):  # frame, noise, 2 for the estimate, the evidence itself
        rate(priya, dana, 2, "coaching.rating:9")


@pytest.mark.django_db(transaction=True)
def test_evidence_that_arrives_together_is_all_taken_in(priya, dana):
    all_at_once(
        [lambda n=number: rate(priya, dana, 5, f"coaching.rating:{n}") for number in range(4)]
    )

    assert SkillEstimate.objects.get().events == 4
    assert list(differing_estimates()) == []


# How hard items are


def test_an_item_has_a_difficulty_once_enough_have_taken_it(priya):
    finished_run(call := ScenarioFactory(), priya, BEST_CHOICES, ASSESSED)
    assert difficulty_of(call.pk, Source.SCENARIO).by_step == {}

    ItemTally.objects.filter(step_id="hello").update(attempts=ENOUGH_ATTEMPTS, points=21)

    found = difficulty_of(call.pk, Source.SCENARIO)
    assert (found.by_step, found.by_skill) == ({"hello": 0.7}, {"listening": 0.7})


def test_each_first_attempt_is_counted_in_the_tally(priya, dana):
    call = ScenarioFactory()
    finished_run(call, priya, BEST_CHOICES, ASSESSED)
    finished_run(call, dana, WORST_CHOICES, ASSESSED)

    tally = ItemTally.objects.get(step_id="hello")
    assert (tally.skill, tally.attempts, tally.points) == ("listening", 2, 1.0)


# From the evidence alone


def test_the_estimate_follows_from_the_evidence_alone(priya, dana):
    finished_run(ScenarioFactory(), priya, WORST_CHOICES, ASSESSED)
    quiz_set(priya)
    rate(priya, dana)
    assert list(differing_estimates()) == []

    SkillEstimate.objects.filter(user=priya).update(mean=0.1, events=9)

    assert len(list(differing_estimates())) == 3
    assert recompute_estimates(priya.pk) == 3
    assert list(differing_estimates()) == []
    assert recompute_estimates(priya.pk) == 0


def test_attempts_of_before_are_written_down_once(priya):
    attempt = begin_run(ScenarioFactory(), priya, AttemptMode.PRACTICE)
    play(attempt, BEST_CHOICES)
    type(attempt).objects.filter(pk=attempt.pk).update(mode=ASSESSED)
    later = MONDAY + timedelta(days=3)

    assert backfill_evidence(at=later) == 1
    assert backfill_evidence(at=later) == 0
    found = SkillEvidence.objects.get(skill="listening")
    assert (found.on, found.recorded_at) == (MONDAY.date(), later)
