"""How a team is doing: what presses, and one line for each person that the viewer oversees."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from courses.due_dates import DueKind, DuePolicy
from courses.learning_state import LearningState, due_soon_until, learning_state
from courses.queries.by_name import FirstPage, PageByName, Place, matching, page_by_name
from courses.queries.overseen import Overseen
from courses.queries.states import enrolments_in, steps_of
from portal.kit.clock import local_date
from portal.kit.sql import rows
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind
from portal.people.queries.scope import teams_overseen_by

COUNT_LIMIT = 100
FEW_LIMIT = 500
PRESSING_SHOWN = 6
ASSIGNMENTS_SHOWN = 5
TEAMS_LISTED, TEAMS_NAMED = 100, 3
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class TeamFilter:
    """Whom to show; empty fields let everybody through."""

    text: str = ""
    team: Team | None = None
    state: LearningState | None = None


@dataclass(frozen=True)
class PressingItem:
    """Something that is overdue or due soon, and for whom; `today` is the day where they are."""

    person_id: int
    person: str
    module: str
    due_on: date
    today: date

    @property
    def days_overdue(self) -> int:
        """How many days ago it was due; negative while there is time."""
        return (self.today - self.due_on).days


@dataclass(frozen=True)
class Tally:
    """Things counted, and among how many people. Counting stops at a limit."""

    number: int
    people: int

    def __str__(self) -> str:
        return str(self.number) if self.number < COUNT_LIMIT else f"{COUNT_LIMIT - 1}+"


@dataclass(frozen=True)
class TeamOverview:
    """What needs the viewer: what is overdue and due soon, and what was finished lately."""

    overdue: Tally
    due_soon: Tally
    finished: Tally
    longest_overdue_days: int
    pressing: tuple[PressingItem, ...]


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment as its lead finds it again."""

    id: int
    title: str
    skill: str
    audience: str
    due: DuePolicy


@dataclass(frozen=True)
class OpenLearning:
    """A module that somebody still has to finish."""

    title: str
    due_on: date
    state: LearningState
    done: int
    total: int

    @property
    def is_overdue(self) -> bool:
        """Whether its last day is over."""
        return self.state == LearningState.OVERDUE


@dataclass(frozen=True)
class TeamRow:
    """A person of the team, and what is open for them, the most pressing first."""

    id: int
    name: str
    today: date
    learning: tuple[OpenLearning, ...]

    @property
    def first(self) -> OpenLearning:
        """What presses most; there has to be something open."""
        return self.learning[0]

    @property
    def others(self) -> int:
        """How many modules are open besides the most pressing one."""
        return max(0, len(self.learning) - 1)

    @property
    def done(self) -> int:
        """How many activities of the open modules are finished."""
        return sum(one.done for one in self.learning)

    @property
    def total(self) -> int:
        """How many activities the open modules have."""
        return sum(one.total for one in self.learning)

    @property
    def bar_max(self) -> int:
        """The full length of a progress bar, which cannot be 0."""
        return max(1, self.total)


@dataclass(frozen=True)
class TeamPage:
    """A stretch of the team by name; the ids say where the pages beside it begin."""

    rows: tuple[TeamRow, ...]
    before: int | None
    after: int | None


def team_overview(people: Overseen, *, now: datetime) -> TeamOverview:
    """Return what needs whoever oversees `people`, in one query of at most 300 rows."""
    times = {"now": now, "soon": due_soon_until(now), "lately": now - LATELY}
    found: dict[str, list[PressingItem]] = defaultdict(list)
    for state, person_id, person, zone, module, due_on in rows(
        _overview_sql(people), times | people.params
    ):
        today = local_date(now, zone)
        found[state].append(PressingItem(person_id, person, module, due_on, today))
    overdue, due_soon = found[LearningState.OVERDUE], found[LearningState.DUE_SOON]
    return TeamOverview(
        overdue=_tally(overdue),
        due_soon=_tally(due_soon),
        finished=_tally(found[LearningState.FINISHED]),
        longest_overdue_days=max((item.days_overdue for item in overdue), default=0),
        pressing=tuple([*overdue, *due_soon][:PRESSING_SHOWN]),
    )


def team_page(people: Overseen, wanted: TeamFilter, place: Place, *, now: datetime) -> TeamPage:
    """Return a page of these people with what is open for them.

    Three queries, and one more to filter by state.
    """
    if wanted == TeamFilter() and place == Place():
        page = _FIRST_PAGE.of(people.viewer, are_few=people.are_few)
    else:
        shown, are_few = _filtered(people, wanted, now)
        page = page_by_name(shown, place, are_few=are_few)
    return TeamPage(_rows(page, now), page.before, page.after)


def teams_to_choose(viewer: User) -> list[Team]:
    """Return the teams to filter by; of very many only the sites and programs above them."""
    teams = teams_overseen_by(viewer).order_by("path")
    first = list(teams[: TEAMS_LISTED + 1])
    if len(first) <= TEAMS_LISTED:
        return first
    return list(teams.exclude(kind=TeamKind.TEAM)[:TEAMS_LISTED])


def names_of(teams: list[Team]) -> str:
    """Return what a page calls these teams: by name, or of many the first and how many more."""
    names = [team.name for team in teams]
    if len(names) <= TEAMS_NAMED:
        return ", ".join(names)
    return _("%(first)s and %(n)d more teams") % {"first": names[0], "n": len(names) - 1}


def latest_assignments_of(viewer: User) -> list[AssignmentLine]:
    """Return what the viewer assigned last and has not taken back."""
    params = {"viewer": viewer.pk, "limit": ASSIGNMENTS_SHOWN}
    return [
        AssignmentLine(pk, title, skill, audience, DuePolicy(DueKind(kind), on, days))
        for pk, title, skill, audience, kind, on, days in rows(_LATEST_ASSIGNMENTS, params)
    ]


def _filtered(people: Overseen, wanted: TeamFilter, now: datetime) -> tuple[QuerySet[User], bool]:
    """Return the people that a filter lets through, and whether they are sure to be few.

    With few enrolments in a state their people are named one by one; with many, one of the next
    people by name is soon found to have one.
    """
    found = matching(people.people, wanted.text)
    are_few = people.are_few or bool(wanted.text)
    if wanted.team:
        current: QuerySet[Membership] = Membership.objects.current()
        members = current.filter(team__path__startswith=wanted.team.path)
        found = found.filter(pk__in=members.values("user"))
    if not wanted.state:
        return found, are_few
    enrolments = enrolments_in(wanted.state, now=now)
    of_them = enrolments.filter(user__in=people.people.values("pk"))
    some = list(of_them.values_list("user_id", flat=True)[:FEW_LIMIT])
    if len(some) < FEW_LIMIT:
        return found.filter(pk__in=set(some)), True
    return found.filter(Exists(enrolments.filter(user=OuterRef("pk")))), are_few


def _tally(items: list[PressingItem]) -> Tally:
    return Tally(len(items), len({item.person_id for item in items}))


def _rows(page: PageByName, now: datetime) -> tuple[TeamRow, ...]:
    found = rows(_OPEN_LEARNING, {"people": [person.pk for person in page.people]})
    steps = steps_of([(user_id, module_id) for user_id, module_id, *_ in found])
    learning: dict[int, list[OpenLearning]] = defaultdict(list)
    for user_id, module_id, title, due_on, due_at in found:
        one = steps[user_id, module_id]
        state = learning_state(now=now, is_started=one.begun > 0, due_at=due_at)
        learning[user_id].append(OpenLearning(title, due_on, state, one.done, one.total))
    return tuple(
        TeamRow(
            id=person.pk,
            name=person.name,
            today=local_date(now, person.time_zone),
            learning=tuple(learning[person.pk]),
        )
        for person in page.people
    )


_FIRST_PAGE = FirstPage()

_LATEST_ASSIGNMENTS = """
SELECT a.id, coalesce(m.title, c.title), c.skill, a.audience, a.due_kind, a.due_on, a.due_days
FROM courses_assignment a
LEFT JOIN courses_module m ON m.id = a.module_id
JOIN courses_course c ON c.id = coalesce(a.course_id, m.course_id)
WHERE a.made_by_id = %(viewer)s AND a.undone_at IS NULL
ORDER BY a.made_at DESC
LIMIT %(limit)s
"""

_OPEN_LEARNING = """
SELECT e.user_id, e.module_id, m.title, e.due_on, e.due_at
FROM courses_enrolment e
JOIN courses_module m ON m.id = e.module_id
WHERE e.user_id = ANY(%(people)s) AND e.completed_at IS NULL AND e.withdrawn_at IS NULL
ORDER BY e.due_at, e.id
"""

# The same conditions as `enrolments_in` has for these words.
_IS_OPEN = "e.completed_at IS NULL AND e.withdrawn_at IS NULL"
_IS_OVERDUE = f"{_IS_OPEN} AND e.due_at < %(now)s"
_IS_DUE_SOON = f"{_IS_OPEN} AND e.due_at >= %(now)s AND e.due_at < %(soon)s"
_IS_FINISHED_LATELY = "e.completed_at >= %(lately)s"

_OVERVIEW = """
SELECT e.state, e.user_id, u.name, u.time_zone, m.title, e.due_on
FROM (
    SELECT 'overdue' AS state, e.* FROM ({overdue}) e
    UNION ALL SELECT 'due_soon', e.* FROM ({due_soon}) e
    UNION ALL SELECT 'finished', e.* FROM ({finished}) e
) e
JOIN people_user u ON u.id = e.user_id
JOIN courses_module m ON m.id = e.module_id
ORDER BY e.due_at
"""


def _overview_sql(people: Overseen) -> str:
    first = partial(people.first_enrolments, limit=COUNT_LIMIT)
    return _OVERVIEW.format(
        overdue=first(_IS_OVERDUE, order="e.due_at"),
        due_soon=first(_IS_DUE_SOON, order="e.due_at"),
        finished=first(_IS_FINISHED_LATELY, order="e.completed_at DESC"),
    )
