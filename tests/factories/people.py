"""People and teams to test with."""

from datetime import date, timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress

from portal.people.actions.teams import create_team
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind
from portal.people.permissions import Role
from tests.factories.moments import MONDAY

PASSWORD = "a calm first word"
JOINED_ON = date(2026, 5, 4)


class PersonFactory(factory.django.DjangoModelFactory[User]):
    """An agent in New York who can sign in with `PASSWORD`; traits: lead, author, admin."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        lead = factory.Trait(roles=[Role.LEAD])
        author = factory.Trait(roles=[Role.AUTHOR])
        admin = factory.Trait(roles=[Role.ADMIN])

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number:03}")
    roles = factory.LazyFunction(lambda: [Role.AGENT])
    time_zone = "America/New_York"
    joined_on = JOINED_ON
    created_at = MONDAY - timedelta(days=200)
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(user: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """Confirm the address, as signing in requires; `verified=False` leaves that open."""
        if create:
            EmailAddress.objects.create(
                user=user, email=user.email, primary=True, verified=extracted is not False
            )


class SiteFactory(factory.django.DjangoModelFactory[Team]):
    """A site, at the root of the tree."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda number: f"Site {number}")
    kind = TeamKind.SITE
    parent: Any = None

    @classmethod
    def _create(cls, model_class: type[Team], *args: Any, **fields: Any) -> Team:
        return create_team(**fields, by=None, at=MONDAY)


class ProgrammeFactory(SiteFactory):
    """A program, below a site of its own unless `parent` is given."""

    name = factory.Sequence(lambda number: f"Program {number}")
    kind = TeamKind.PROGRAMME
    parent = factory.SubFactory(SiteFactory)


class TeamFactory(SiteFactory):
    """A team, below a program and a site of its own unless `parent` is given."""

    name = factory.Sequence(lambda number: f"Team {number}")
    kind = TeamKind.TEAM
    parent = factory.SubFactory(ProgrammeFactory)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """Somebody's place in a team, since they joined; `is_lead=True` for its lead."""

    class Meta:
        model = Membership

    user = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    is_lead = False
    began_on = JOINED_ON
