"""What a lead chooses when assigning, and the people they choose from."""

from datetime import date

from courses.due_dates import DuePolicy
from courses.models import Course, Module
from courses.queries.audience import AssignmentChoice
from courses.reminder_times import ReminderChoice
from portal.people.models import Team, User
from tests.factories.people import MembershipFactory, PersonFactory

FRIDAY_4_DECEMBER = date(2026, 12, 4)


def lead_of(team: Team, **fields: object) -> User:
    lead = PersonFactory(lead=True, **fields)
    MembershipFactory(user=lead, team=team, is_lead=True)
    return lead


def member_of(*teams: Team, **fields: object) -> User:
    person = PersonFactory(**fields)
    for team in teams:
        MembershipFactory(user=person, team=team)
    return person


def choice(
    what: Module | Course,
    *named: User | Team,
    due_on: date = FRIDAY_4_DECEMBER,
    due: DuePolicy | None = None,
    closes_days_after: int | None = None,
    roles: frozenset[str] = frozenset(),
    tags: frozenset[str] = frozenset(),
    views: frozenset[int] = frozenset(),
    reaches_later: bool = False,
    renew_months: int | None = None,
    **fields: object,
) -> AssignmentChoice:
    return AssignmentChoice(
        what=what,
        people=frozenset(one.pk for one in named if isinstance(one, User)),
        teams=frozenset(one.pk for one in named if isinstance(one, Team)),
        roles=roles,
        tags=tags,
        views=views,
        due=due or DuePolicy.on_date(due_on),
        closes_days_after=closes_days_after,
        reaches_later=reaches_later,
        renew_months=renew_months,
        reminders=ReminderChoice(**fields),  # type: ignore[arg-type]  # named by each test
    )
