"""The agenda builds itself, and what people did to it stands."""

from datetime import timedelta

import pytest

from assessments.models import AttemptMode
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
    assert line.proof_path == f"/attempts/{run.pk}/debrief/"


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


def test_building_takes_the_same_queries_whatever_there_is(pair, django_assert_num_queries):
    dana, priya = pair
    session = planned(dana, priya)
    for _ in range(3):
        EnrolmentFactory(user=priya, due_on=(MONDAY - WEEK).date())
    finished_run(ScenarioFactory(), priya, mode=AttemptMode.ASSESSED)
    with django_assert_num_queries(7):
        build_agenda(session, at=WEDNESDAY)
