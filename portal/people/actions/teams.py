"""Teams: making them, joining and leaving them."""

from datetime import date, datetime

from django.db import transaction

from portal.audit.models import record
from portal.kit.clock import local_date
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind


@transaction.atomic
def create_team(
    name: str, *, kind: TeamKind, parent: Team | None, by: User | None, at: datetime
) -> Team:
    """Add a team below `parent`; a site has none."""
    team = Team(name=name, kind=kind, parent=parent, path=f"new {name} {at.timestamp()}")
    team.full_clean(exclude=["path"])
    team.save()
    team.path = f"{parent.path if parent else '/'}{team.pk}/"
    team.save(update_fields=["path"])
    record("created", team, by=by, at=at, name=name)
    return team


@transaction.atomic
def join_team(
    user: User, team: Team, *, by: User | None, at: datetime, on: date, is_lead: bool = False
) -> Membership:
    """Make somebody a member or lead of a team from a day on; safe to repeat."""
    membership, _ = Membership.objects.update_or_create(
        user=user,
        team=team,
        ended_on=None,
        defaults={"is_lead": is_lead},
        create_defaults={"is_lead": is_lead, "began_on": on},
    )
    record("joined", membership, by=by, at=at, team=team.pk, user=user.pk, is_lead=is_lead)
    return membership


@transaction.atomic
def leave_team(membership: Membership, *, by: User | None, at: datetime) -> None:
    """End a membership on the day it is for its person; it is kept. Safe to repeat."""
    current = Membership.objects.select_for_update(of=("self",)).select_related("user")
    membership = current.get(pk=membership.pk)
    if membership.ended_on is None:
        today = local_date(at, membership.user.time_zone)
        membership.ended_on = max(today, membership.began_on)
        membership.save(update_fields=["ended_on"])
        record("left", membership, by=by, at=at, team=membership.team_id, user=membership.user_id)


@transaction.atomic
def rename_team(team: Team, name: str, *, by: User | None, at: datetime) -> Team:
    """Give a team another name, which no other team beside it may have."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    before, team.name = team.name, name
    team.full_clean()
    team.save(update_fields=["name"])
    record("renamed", team, by=by, at=at, before=before, after=name)
    return team
