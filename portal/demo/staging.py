"""Brings the demo cast on stage: people, teams, and what they were assigned."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from assessments.models import Attempt
from courses.actions.assigning import assign_learning
from courses.actions.progress import finish_activity, note_place
from courses.due_dates import DuePolicy
from courses.models import ActivityKind, Assignment, Module
from courses.queries.audience import AssignmentChoice
from courses.reminder_times import ReminderChoice
from portal.coaching.actions.agenda import add_topic
from portal.coaching.actions.scheduling import Meeting, plan_session
from portal.coaching.models import FeedbackSession
from portal.coaching.queries.slots import slots_for
from portal.demo.cast import (
    BEGUN,
    BLUE,
    CAST,
    COACHED,
    LEAD,
    NIGHT,
    NOTE,
    PASSWORD,
    PLACE,
    PROGRAMME,
    SITE,
    TOPIC,
    Part,
)
from portal.demo.history import live_through_the_weeks_before
from portal.people.actions.teams import create_team, join_team
from portal.people.models import Team, User
from portal.people.models.team import TeamKind


@transaction.atomic
def stage(*, at: datetime) -> int:
    """Add whatever of the demo is missing; return how many people were added."""
    teams = _teams(at)
    added = sum(_enter(part, teams, at) for part in CAST)
    module = Module.objects.exclude(course__skill="").order_by("pk").first()
    is_first_time = not FeedbackSession.objects.exists()
    if not Attempt.objects.exists():
        live_through_the_weeks_before(at=at)
    if module and not Assignment.objects.filter(module=module).exists():
        _assign(module, teams[BLUE], at)
    if is_first_time:
        _plan_a_session(at)
    return added


def _plan_a_session(at: datetime) -> None:
    """Let the lead plan half an hour with an agent, who has a question of their own."""
    lead, agent = User.objects.get(email=LEAD), User.objects.get(email=COACHED)
    starts_at = slots_for(lead, agent, minutes=30, now=at)[0]
    meeting = Meeting(starts_at=starts_at, minutes=30, place=PLACE)
    session = plan_session(meeting, agent=agent, by=lead, at=at)
    add_topic(session, words=TOPIC, by=agent, at=at)


def _assign(module: Module, team: Team, at: datetime) -> None:
    """Let the lead assign the first module to the team, and some people begin it."""
    lead = User.objects.get(email=LEAD)
    choice = AssignmentChoice(
        what=module,
        people=frozenset(),
        teams=frozenset({team.pk}),
        due=DuePolicy.on_date(_friday_after(at.date())),
        reminders=ReminderChoice(),
    )
    assign_learning(choice, by=lead, at=at - timedelta(days=2), note=NOTE)
    lesson = module.activities.get(kind=ActivityKind.LESSON)
    for email, has_finished in BEGUN:
        person = User.objects.get(email=email)
        note_place(lesson, lesson.live_revision, by=person, at=at - timedelta(days=1))
        if has_finished:
            finish_activity(lesson, lesson.live_revision, by=person, at=at - timedelta(hours=20))


def _friday_after(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7 or 7)


def _teams(at: datetime) -> dict[str, Team]:
    site = _team(SITE, TeamKind.SITE, None, at)
    programme = _team(PROGRAMME, TeamKind.PROGRAMME, site, at)
    return {name: _team(name, TeamKind.TEAM, programme, at) for name in (BLUE, NIGHT)}


def _team(name: str, kind: TeamKind, parent: Team | None, at: datetime) -> Team:
    found = Team.objects.filter(name=name, parent=parent).first()
    return found or create_team(name, kind=kind, parent=parent, by=None, at=at)


def _enter(part: Part, teams: dict[str, Team], at: datetime) -> bool:
    if User.objects.filter(email=part.email).exists():
        return False
    user = User.objects.create_user(
        part.email,
        PASSWORD,
        name=part.name,
        pronouns=part.pronouns,
        time_zone=part.zone,
        roles=list(part.roles),
        joined_on=(at - timedelta(days=200)).date(),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if part.team:
        joined = user.joined_on
        join_team(user, teams[part.team], by=None, at=at, on=joined, is_lead=part.leads)
    return True
