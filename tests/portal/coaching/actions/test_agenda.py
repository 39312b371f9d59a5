"""The agenda builds itself, and what people did to it stands."""

from datetime import datetime, timedelta

import pytest

from assessments.actions.evidence import Finding, Origin, take_in
from assessments.actions.sharing import share_run, take_back_run
from assessments.models import AttemptMode, EvidenceKind, SkillEstimate
from assessments.skill_estimate import Source, imported_noise
from courses.content.skills import Skill
from portal.coaching.actions.agenda import add_topic, build_agenda, move_line, put_back, take_off
from portal.coaching.actions.meeting import agree_action
from portal.coaching.models import AgendaKind, FeedbackSession
from portal.people.models import User
from tests.factories.assessments import AttemptFactory
from tests.factories.coaching import WEDNESDAY, a_pair, planned
from tests.factories.courses import EnrolmentFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.runs import finished_run

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def pair() -> tuple[User, User]:
    return a_pair()


def kinds(session: FeedbackSession) -> list[str]:
    return list(session.agenda.shown().values_list("kind", flat=True))


def test_evidence_late_work_and_what_was_agreed_come_in_order(pair):
    dana, priya = pair
    earlier = planned(dana, priya, starts_at=WEDNESDAY - WEEK, at=MONDAY - WEEK)
    agree_action(
        earlier.pk,
        owner=priya,
        words="Say a time on five call-backs",
        due_on=MONDAY.date(),
        by=dana,
        at=MONDAY - WEEK,
    )
    FeedbackSession.objects.update(state="held", held_at=MONDAY - WEEK)
    EnrolmentFactory(user=priya, due_on=(MONDAY - WEEK).date())
    run = finished_run(ScenarioFactory(), priya, mode=AttemptMode.ASSESSED)
    session = planned(dana, priya, at=run.finished_at, starts_at=run.finished_at + WEEK)
    assert [kind for kind in kinds(session) if kind in ("overdue", "agreed")] == [
        "overdue",
        "agreed",
    ]
    assert kinds(session)[0] in ("went_well", "look_at")
    line = session.agenda.shown().first()
    assert line.proof_path == f"/attempts/{run.pk}/debrief/#m1"
    assert line.about["turning_point"] == {"reply": 1, "title": "The moment hello"}


def test_private_practice_never_comes_onto_the_agenda(pair):
    dana, priya = pair
    run = finished_run(ScenarioFactory(), priya, mode=AttemptMode.PRACTICE)
    session = planned(dana, priya, at=run.finished_at, starts_at=run.finished_at + WEEK)
    assert kinds(session) == []


def test_an_open_attempt_is_no_evidence(pair):
    dana, priya = pair
    AttemptFactory(user=priya, mode=AttemptMode.ASSESSED)
    assert kinds(planned(dana, priya)) == []


def test_building_again_adds_nothing_twice_and_brings_nothing_back(pair):
    dana, priya = pair
    EnrolmentFactory(user=priya, due_on=(MONDAY - WEEK).date())
    session = planned(dana, priya)
    line = session.agenda.get()
    take_off(session, line.pk, at=MONDAY)
    assert build_agenda(session, at=WEDNESDAY) == 0
    assert kinds(session) == []
    put_back(session, line.pk)
    assert kinds(session) == [AgendaKind.OVERDUE]


def test_lines_move_up_and_down_and_stop_at_the_ends(pair):
    dana, priya = pair
    session = planned(dana, priya)
    lines = [add_topic(session, words=word, by=priya, at=MONDAY) for word in ("a", "b", "c")]

    def order() -> str:
        return "".join(session.agenda.shown().values_list("words", flat=True))

    move_line(session, lines[2].pk, places=-1)
    assert order() == "acb"
    move_line(session, lines[0].pk, places=-1)
    assert order() == "acb"
    move_line(session, lines[0].pk, places=1)
    assert order() == "cab"


def test_likely_strengths_come_first_then_the_widest_gaps_and_nothing_else_is_said(pair):
    dana, priya = pair
    for skill, mean, events in (
        (Skill.LISTENING, 0.86, 9),
        (Skill.COMMUNICATION, 0.80, 9),
        (Skill.PROBLEM, 0.60, 9),
        (Skill.EQ, 0.95, 1),
    ):
        estimated(priya, skill, mean, events=events)
    estimated(priya, Skill.EMPATHY, 0.9)
    estimated(priya, Skill.EMPATHY, 0.3, kind=EvidenceKind.JOB)
    estimated(priya, Skill.PROBLEM, 0.4, kind=EvidenceKind.JOB)
    EnrolmentFactory(user=priya, due_on=(MONDAY - WEEK).date())
    session = planned(dana, priya)
    lines = session.agenda.shown()
    assert [(line.kind, line.skill) for line in lines][:4] == [
        ("strength", "listening"),
        ("strength", "communication"),
        ("gap", "empathy"),
        ("gap", "problem"),
    ]
    assert kinds(session)[4:] == ["overdue"]
    assert lines[2].about == {"from": "job", "low": 24, "high": 36, "level": 60, "pieces": 9}


def test_a_run_comes_once_it_is_shared_and_goes_when_it_is_taken_back(pair):
    dana, priya = pair
    run = finished_run(ScenarioFactory(), priya, mode=AttemptMode.PRACTICE)
    session = planned(dana, priya, at=run.finished_at, starts_at=run.finished_at + WEEK)
    share_run(run.pk, by=priya, at=run.finished_at)
    build_agenda(session, at=run.finished_at)
    assert [line.about["is_shared"] for line in session.agenda.shown()] == [True]
    take_back_run(run.pk, by=priya, at=run.finished_at)
    build_agenda(session, at=run.finished_at)
    assert kinds(session) == []


def test_call_quality_that_was_taken_in_comes_as_one_line_a_report(pair):
    dana, priya = pair
    findings = [
        Finding(skill, value, imported_noise(), 1, {})
        for skill, value in ((Skill.EMPATHY, 0.4), (Skill.LISTENING, 0.75))
    ]
    for number in (1, 2, 3):
        day = (MONDAY - number * WEEK).date()
        origin = Origin(Source.IMPORTED, on=day, proof=f"call-quality:{number}")
        take_in(findings, origin, user=priya, at=MONDAY)
    session = planned(dana, priya)
    reports = session.agenda.filter(kind=AgendaKind.QUALITY).order_by("position")
    assert [(one.key, one.about) for one in reports] == [
        (
            f"quality:call-quality:{number}",
            {
                "on": (MONDAY - number * WEEK).date().isoformat(),
                "marks": [["listening", 75], ["empathy", 40]],
            },
        )
        for number in (1, 2)
    ]


def test_what_no_longer_holds_goes_and_what_is_new_goes_to_its_kind(pair):
    dana, priya = pair
    late = EnrolmentFactory(user=priya, due_on=(MONDAY - WEEK).date())
    session = planned(dana, priya)
    add_topic(session, words="Night shifts", by=priya, at=MONDAY)
    estimated(priya, Skill.EMPATHY, 0.3)
    build_agenda(session, at=WEDNESDAY)
    assert kinds(session) == ["gap", "overdue", "topic"]
    late.delete()
    build_agenda(session, at=WEDNESDAY)
    assert kinds(session) == ["gap", "topic"]


@pytest.mark.parametrize("pieces", [1, 3])
def test_building_takes_the_same_queries_whatever_there_is(pair, pieces, django_assert_num_queries):
    once, then = with_evidence(*a_pair(), 1)
    build_agenda(once, at=then)  # what a process keeps is there from now on
    session, at = with_evidence(*pair, pieces)
    with django_assert_num_queries(11):
        build_agenda(session, at=at)
    with django_assert_num_queries(9):
        build_agenda(session, at=at)


def with_evidence(lead: User, agent: User, pieces: int) -> tuple[FeedbackSession, datetime]:
    """Return a session with so many pieces of each kind of evidence, and when the last came."""
    session = planned(lead, agent)
    add_topic(session, words="Night shifts", by=agent, at=MONDAY)
    for skill in list(Skill)[:pieces]:
        estimated(agent, skill, 0.3)
        EnrolmentFactory(user=agent, due_on=(MONDAY - WEEK).date())
        run = finished_run(ScenarioFactory(), agent, mode=AttemptMode.ASSESSED)
    assert run.finished_at
    return session, run.finished_at


def estimated(
    user: User,
    skill: Skill,
    mean: float,
    *,
    events: int = 9,
    kind: EvidenceKind = EvidenceKind.PRACTICE,
) -> None:
    """Keep an estimate that is sure to .06 either way, from calls and quizzes."""
    SkillEstimate.objects.create(
        user=user,
        skill=skill,
        kind=kind,
        start_mean=0.6,
        mean=mean,
        variance=(0.06 / 1.28) ** 2,
        on=MONDAY.date(),
        events=events,
        sources=["quiz", "scenario"],
    )
