"""Brings the demo cast on stage: people, teams, and what they were assigned."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.demo.cast import CAST, NIGHT, BLUE, PASSWORD, PROGRAMME, SITE, Part
from portal.people.actions.teams import create_team, join_team
from portal.people.models import Team, User
from portal.people.models.team import TeamKind


@transaction.atomic
def stage(*, at: datetime) -> int:
    """Add whatever of the demo is missing; return how many people were added."""
    teams = _teams(at)
    return sum(_enter(part, teams, at) for part in CAST)


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
