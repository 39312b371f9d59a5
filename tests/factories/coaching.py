"""Feedback sessions to test with."""

from datetime import datetime, timedelta

from assessments.models import Attempt
from courses.content.skills import Skill
from portal.coaching.actions.calibrating import open_round, rate_blind
from portal.coaching.actions.mentoring import answer_pair, propose_pair
from portal.coaching.actions.observing import Heard
from portal.coaching.actions.scheduling import Meeting, plan_session
from portal.coaching.models import (
    AgendaItem,
    AgendaKind,
    CalibrationRound,
    CalibrationSeat,
    FeedbackSession,
    MentoringPair,
    SessionKind,
)
from portal.kit.clock import now
from portal.people.models import Team, User
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

# Wednesday, half past two in the afternoon in New York.
WEDNESDAY = MONDAY + timedelta(days=2, hours=4, minutes=30)


def a_pair(team: Team | None = None) -> tuple[User, User]:
    """Return a lead and an agent of one team: Dana and Priya, both in New York."""
    team = team or TeamFactory()
    dana = PersonFactory(lead=True, name="Dana Whitfield")
    priya = PersonFactory(name="Priya Raman")
    MembershipFactory(user=dana, team=team, is_lead=True)
    MembershipFactory(user=priya, team=team)
    return dana, priya


def planned(
    lead: User,
    agent: User,
    *,
    starts_at: datetime = WEDNESDAY,
    minutes: int = 30,
    at: datetime = MONDAY,
    kind: SessionKind = SessionKind.LEAD,
    **others: str,
) -> FeedbackSession:
    """Return a session that its lead planned, half an hour on Wednesday unless said otherwise."""
    meeting = Meeting(starts_at=starts_at, minutes=minutes, **others)
    return plan_session(meeting, agent=agent, by=lead, at=at, kind=kind)


def a_run_line(session: FeedbackSession, run: Attempt) -> AgendaItem:
    """Return the line of a practice call on an agenda, as its evidence would put it there."""
    assert run.finished_at
    return AgendaItem.objects.create(
        session=session,
        kind=AgendaKind.LOOK_AT,
        key=f"run:{run.pk}",
        about={
            "title": run.activity.title,
            "on": run.finished_at.date().isoformat(),
            "missed_gates": 0,
            "is_shared": False,
            "turning_point": (run.result or {}).get("turning_point"),
        },
        proof_path=f"/attempts/{run.pk}/debrief/",
        position=99,
        added_at=run.finished_at,
    )


def a_round(host: User, *raters: User, at: datetime = MONDAY) -> CalibrationRound:
    """Return a round on active listening that the host and others rate in."""
    return open_round(
        title="The lost referral",
        transcript="Caller: They lost it again.\nAgent: Again. That is twice now, and you waited.",
        skill=Skill.LISTENING,
        raters=[host, *raters],
        by=host,
        at=at,
    )


def rated(
    found: CalibrationRound, by: User, at: datetime = MONDAY, **ratings: int | None
) -> CalibrationSeat:
    """Let somebody rate blind, such as AL1=4; None is not observed."""
    heard = {code: Heard(rating, "Again." if rating else "") for code, rating in ratings.items()}
    return rate_blind(found.pk, heard, by=by, at=at)


def a_pair_that_is_asked(mentor: User, mentee: User, *, by: User) -> MentoringPair:
    """Return a mentoring pair that its mentee wants and its mentor has yet to answer."""
    at = now()
    pair = propose_pair(
        mentor=mentor,
        mentee=mentee,
        skill=Skill.EMPATHY,
        goal="Say back fact and feeling.",
        by=by,
        at=at,
    )
    return answer_pair(pair.pk, agrees=True, by=mentee, at=at)
