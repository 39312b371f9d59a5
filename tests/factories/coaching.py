"""Feedback sessions to test with."""

from datetime import datetime, timedelta

from portal.coaching.actions.scheduling import Meeting, plan_session
from portal.coaching.models import FeedbackSession
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
    **others: str,
) -> FeedbackSession:
    """Return a session that its lead planned, half an hour on Wednesday unless said otherwise."""
    meeting = Meeting(starts_at=starts_at, minutes=minutes, **others)
    return plan_session(meeting, agent=agent, by=lead, at=at)
