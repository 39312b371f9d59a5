"""How a team is doing: what presses, and one line for each person that the viewer oversees."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from courses.due_dates import DueKind, DuePolicy
from courses.learning_state import LearningState, due_soon_until, learning_state
from courses.queries.by_name import PageByName, Place, first_page, matching, page_by_name
from courses.queries.overseen import Overseen
from courses.queries.states import ONLY_WAITS, enrolments_in
from portal.kit.clock import local_date
from portal.kit.sql import array_of, kept_rows
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind
from portal.people.queries.scope import OverseenTeamsQuery

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
    tag: str = ""


class TeamChoice(NamedTuple):
    """A team to filter by."""

    pk: int
    name: str


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
    """Things counted, and among how many people. Of many people counting stops at a limit."""

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
    """What somebody still has to finish: the module that presses most, and how many others.

    What only waits for a mark presses least.
    `done` and `total` count the activities of all these modules.
    """

    title: str
    due_on: date
    state: LearningState
    others: int
    done: int
    total: int

    @property
    def bar_max(self) -> int:
        """The full length of a progress bar, which cannot be 0."""
        return max(1, self.total)


@dataclass(frozen=True)
class TeamRow:
    """A person of the team, and what is open for them, if anything is."""

    id: int
    name: str
    learning: OpenLearning | None


@dataclass(frozen=True)
class TeamPage:
    """A stretch of the team by name; the ids say where the pages beside it begin."""

    rows: tuple[TeamRow, ...]
    before: int | None
    after: int | None


def team_overview(people: Overseen, *, now: datetime) -> TeamOverview:
    """Return what needs whoever oversees `people`, in one query."""
    times = {"now": now, "soon": due_soon_until(now), "lately": now - LATELY}
    tallies = {state: Tally(0, 0) for state in _COUNTED}
    pressing = []
    for state, number, of_people, person_id, person, zone, module, due_on in kept_rows(
        _overview_sql(people), times | people.params
    ):
        tallies[state] = Tally(number, of_people)
        if person_id:
            pressing.append(PressingItem(person_id, person, module, due_on, local_date(now, zone)))
    return TeamOverview(
        overdue=tallies[LearningState.OVERDUE],
        due_soon=tallies[LearningState.DUE_SOON],
        finished=tallies[LearningState.FINISHED],
        # What was due first is among what is shown.
        longest_overdue_days=max([0, *(item.days_overdue for item in pressing)]),
        pressing=tuple(pressing),
    )


def team_page(people: Overseen, wanted: TeamFilter, place: Place, *, now: datetime) -> TeamPage:
    """Return a page of these people with what is open for them.

    Two queries, and one more to filter by state.
    """
    if wanted == TeamFilter() and place == Place():
        page = first_page(people)
    else:
        shown, are_few = filtered(people, wanted, now)
        page = page_by_name(shown, place, are_few=are_few)
    return TeamPage(_rows(page, now), page.before, page.after)


def filtered(people: Overseen, wanted: TeamFilter, now: datetime) -> tuple[QuerySet[User], bool]:
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
    if wanted.tag:
        found = found.filter(tags__contains=[wanted.tag])
    if not wanted.state:
        return found, are_few
    enrolments = enrolments_in(wanted.state, now=now)
    of_them = enrolments.filter(user__in=people.people.values("pk"))
    some = list(of_them.values_list("user_id", flat=True)[:FEW_LIMIT])
    if len(some) < FEW_LIMIT:
        return found.filter(pk__in=set(some)), True
    return found.filter(Exists(enrolments.filter(user=OuterRef("pk")))), are_few


def teams_to_choose(viewer: User) -> list[TeamChoice]:
    """Return the teams to filter by; of very many only the sites and programs above them."""
    found = _FIRST_TEAMS.all(viewer)
    if len(found) > TEAMS_LISTED:
        found = [one for one in found if not one[_IS_TEAM]][:TEAMS_LISTED]
    return [TeamChoice(pk, name) for pk, name, *_ in sorted(found, key=itemgetter(_PATH))]


def names_of(teams: list[TeamChoice]) -> str:
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
        for pk, title, skill, audience, kind, on, days in kept_rows(_LATEST_ASSIGNMENTS, params)
    ]


def _rows(page: PageByName, now: datetime) -> tuple[TeamRow, ...]:
    found = kept_rows(_OPEN_LEARNING, {"people": array_of(person.pk for person in page.people)})
    learning = {
        user_id: OpenLearning(
            title,
            due_on,
            learning_state(now=now, is_started=begun, is_waiting=waits, due_at=due_at),
            *counts,
        )
        for user_id, title, due_on, due_at, begun, waits, *counts in found
    }
    return tuple(TeamRow(person.pk, person.name, learning.get(person.pk)) for person in page.people)


# What stands above the others comes first, so that one question is enough however many there are.
_FIRST_TEAMS = OverseenTeamsQuery(
    lambda teams: (
        teams.annotate(is_team=Q(kind=TeamKind.TEAM))
        .order_by("is_team", "path")
        .values_list("pk", "name", "path", "is_team")[: TEAMS_LISTED + 1]
    )
)
_PATH, _IS_TEAM = 2, 3

_LATEST_ASSIGNMENTS = """
SELECT a.id, coalesce(m.title, c.title), c.skill, a.audience, a.due_kind, a.due_on, a.due_days
FROM courses_assignment a
LEFT JOIN courses_module m ON m.id = a.module_id
JOIN courses_course c ON c.id = coalesce(a.course_id, m.course_id)
WHERE a.made_by_id = %(viewer)s AND a.undone_at IS NULL
ORDER BY a.made_at DESC
LIMIT %(limit)s
"""

# The same activities as `activities_on_offer`.
_OPEN_LEARNING = """
WITH open AS MATERIALIZED (
    SELECT id, user_id, module_id, due_on, due_at FROM courses_enrolment
    WHERE user_id = ANY(%(people)s) AND completed_at IS NULL AND withdrawn_at IS NULL
), offered AS MATERIALIZED (
    SELECT id, module_id FROM courses_activity
    WHERE module_id IN (SELECT module_id FROM open)
      AND archived_at IS NULL AND live_revision_id IS NOT NULL
), totals AS (
    SELECT module_id, count(*) AS total FROM offered GROUP BY module_id
), made AS (
    SELECT p.user_id, offered.module_id, count(*) AS begun, count(p.finished_at) AS done,
           count(p.handed_in_at) AS waiting
    FROM courses_activityprogress p JOIN offered ON offered.id = p.activity_id
    WHERE p.user_id = ANY(%(people)s) GROUP BY p.user_id, offered.module_id
)
SELECT DISTINCT ON (open.user_id) open.user_id, m.title, open.due_on, open.due_at,
       begun IS NOT NULL, coalesce(waiting > 0 AND done + waiting = total, false) AS waits,
       count(*) OVER of_person - 1,
       coalesce(sum(done) OVER of_person, 0)::int, coalesce(sum(total) OVER of_person, 0)::int
FROM open
JOIN courses_module m ON m.id = open.module_id
LEFT JOIN totals ON totals.module_id = open.module_id
LEFT JOIN made ON made.user_id = open.user_id AND made.module_id = open.module_id
WINDOW of_person AS (PARTITION BY open.user_id)
ORDER BY open.user_id, waits, open.due_at, open.id
"""

# The same conditions as `enrolments_in` has for these words.
_IS_OPEN = "e.completed_at IS NULL AND e.withdrawn_at IS NULL"
_IS_PRESSING = f"{_IS_OPEN} AND NOT {ONLY_WAITS}"
_IS_OVERDUE = f"{_IS_PRESSING} AND e.due_at < %(now)s"
_IS_DUE_LATER = f"{_IS_PRESSING} AND e.due_at >= %(now)s"
_IS_DUE_SOON = f"{_IS_DUE_LATER} AND e.due_at < %(soon)s"
_IS_FINISHED_LATELY = "e.completed_at >= %(lately)s"

_COUNTED = (LearningState.OVERDUE, LearningState.DUE_SOON, LearningState.FINISHED)

_OVERVIEW = """
WITH found AS MATERIALIZED ({found}), tallies AS (
    SELECT state, count(*) AS number, count(DISTINCT user_id) AS people FROM found GROUP BY state
), pressing AS (
    SELECT * FROM found WHERE state <> 'finished' ORDER BY due_at, id LIMIT {shown}
)
SELECT t.state, t.number, t.people, p.user_id, u.name, u.time_zone, m.title, p.due_on
FROM tallies t
LEFT JOIN (pressing p
           JOIN people_user u ON u.id = p.user_id
           JOIN courses_module m ON m.id = p.module_id) ON p.state = t.state
ORDER BY p.due_at, p.id
"""

_COLUMNS = "e.id, e.user_id, e.module_id, e.due_on, e.due_at"
# Those of few people are looked up all at once.
_OF_FEW = f"""
    SELECT {_COLUMNS}, CASE WHEN e.completed_at IS NOT NULL THEN 'finished'
                            WHEN e.due_at < %(now)s THEN 'overdue' ELSE 'due_soon' END AS state
    FROM courses_enrolment e
    WHERE {{whose}} AND ({_IS_PRESSING} AND e.due_at < %(soon)s OR {_IS_FINISHED_LATELY})
"""  # noqa: S608  (constants of this module)
# With many people the first of each kind are soon found, in the order of an index.
_OF_MANY = f"""
    (SELECT {_COLUMNS}, 'overdue' AS state FROM ({{overdue}}) e)
    UNION ALL (SELECT {_COLUMNS}, 'due_soon' FROM ({{due_soon}}) e WHERE e.due_at < %(soon)s)
    UNION ALL (SELECT {_COLUMNS}, 'finished' FROM ({{finished}}) e)
"""  # noqa: S608  (constants of this module)


def _overview_sql(people: Overseen) -> str:
    if people.are_few:
        return _overview_of(_OF_FEW.format(whose=people.include("e.user_id")))
    # Of everybody's, the next are soon found whether they are due soon or not.
    due_soon = _IS_DUE_LATER if people.are_all else _IS_DUE_SOON
    first = partial(people.first_enrolments, limit=COUNT_LIMIT)
    sql = _overview_of(
        _OF_MANY.format(
            overdue=first(_IS_OVERDUE, order="e.due_at"),
            due_soon=first(due_soon, order="e.due_at"),
            finished=first(_IS_FINISHED_LATELY, order="e.completed_at DESC"),
        )
    )
    return _TIMES.sub(r"(SELECT \g<0>::timestamptz)", sql) if people.are_all else sql


def _overview_of(found: str) -> str:
    return _OVERVIEW.format(found=found, shown=PRESSING_SHOWN)


# The best plan for everybody's is the same at all times. A time that is selected is not known while
# planning, so that the database keeps the plan instead of making it for each page, which takes
# twice as long as the answer.
_TIMES = re.compile(r"%\((now|soon|lately)\)s")
