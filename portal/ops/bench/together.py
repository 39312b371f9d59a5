"""What a lead and an agent of the bench have together, made by the same actions as a person's."""

from dataclasses import dataclass
from datetime import timedelta

from courses.content.skills import Skill
from courses.models import ProgrammeVersion
from portal.coaching.actions.calibrating import open_round
from portal.coaching.actions.scheduling import Meeting, plan_session
from portal.coaching.models import CalibrationRound, FeedbackSession
from portal.kit.clock import now
from portal.ops.bench.seed import PEOPLE_PER_TEAM
from portal.people.models import User
from portal.programmes.actions.giving import give_programme
from portal.programmes.models import GivenProgramme

# A team of its own gets the program, as its modules would be assigned to the others too.
PROGRAMME_LEAD = "lead-1@bench.example"
PROGRAMME_AGENT = f"agent-{PEOPLE_PER_TEAM}@bench.example"


@dataclass(frozen=True)
class Together:
    """One of each thing that a page shows."""

    session: FeedbackSession
    given: GivenProgramme
    round: CalibrationRound


def together_of(lead: User, agent: User) -> Together:
    """Return a planned session of a lead and an agent, a round, and a program; safe to repeat."""
    return Together(_session(lead, agent), _given(), _round(lead))


def _session(lead: User, agent: User) -> FeedbackSession:
    found = FeedbackSession.objects.filter(agent=agent, lead=lead, state="planned").first()
    meeting = Meeting(starts_at=now() + timedelta(days=2), minutes=30)
    return found or plan_session(meeting, agent=agent, by=lead, at=now())


def _given() -> GivenProgramme:
    """Give the curriculum's first program to a whole team, and return that of one of them."""
    lead, agent = (User.objects.get(email=one) for one in (PROGRAMME_LEAD, PROGRAMME_AGENT))
    if found := GivenProgramme.objects.filter(user=agent).first():
        return found
    version = ProgrammeVersion.objects.earliest("pk")
    members = User.objects.filter(memberships__team__memberships__user=lead).exclude(pk=lead.pk)
    given = give_programme(version, [one.pk for one in members], by=lead, at=now())
    return next(one for one in given if one.user_id == agent.pk)


def _round(host: User) -> CalibrationRound:
    if found := CalibrationRound.objects.filter(host=host).first():
        return found
    return open_round(
        title="Three bills",
        transcript="Caller: They billed it again.\nAgent: Again. Tell me what you have there.",
        skill=Skill.LISTENING,
        raters=[host, User.objects.get(email=PROGRAMME_LEAD)],
        by=host,
        at=now(),
    )
