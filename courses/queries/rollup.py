"""Sites, programs and teams with how their people's duties stand: counts, and no ranks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.learning_state import due_soon_until
from courses.queries.states import ONLY_WAITS
from portal.kit.sql import array_of, kept_rows
from portal.people.models import Team, User
from portal.people.queries.scope import teams_overseen_by

GROUPS = 50
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class GroupLine:
    """A site, program or team with all below it. Late, due soon and finished are duties.

    `people_late` have at least one that is late; `finished` were finished in thirty days.
    """

    team: Team
    has_below: bool
    people: int = 0
    open: int = 0
    late: int = 0
    people_late: int = 0
    due_soon: int = 0
    finished: int = 0


@dataclass(frozen=True)
class Rollup:
    """The groups of one level by name, of which only the first are shown if `is_cut`."""

    lines: tuple[GroupLine, ...]
    is_cut: bool


def rollup_of(viewer: User, within: Team | None, *, now: datetime) -> Rollup:
    """Return the groups right below a team, or the highest that the viewer oversees.

    Two queries, whatever the number of people.
    """
    overseen = teams_overseen_by(viewer)
    level = (
        overseen.filter(parent=within)
        if within
        else overseen.exclude(parent__in=overseen.values("pk"))
    )
    teams = list(level.order_by("name", "pk")[: GROUPS + 1])
    shown = teams[:GROUPS]
    times = {"now": now, "soon": due_soon_until(now), "lately": now - LATELY}
    found = kept_rows(_COUNTS, times | {"groups": array_of(team.pk for team in shown)})
    counts = {group: (has_below, *numbers) for group, has_below, *numbers in found}
    return Rollup(tuple(GroupLine(team, *counts[team.pk]) for team in shown), len(teams) > GROUPS)


# The people of each group once, however many of its teams they are in; its leads do not count.
_COUNTS = f"""
WITH members AS (
    SELECT DISTINCT g.id AS grp, m.user_id
    FROM people_team g
    JOIN people_team t ON t.path LIKE g.path || '%%'
    JOIN people_membership m ON m.team_id = t.id AND m.ended_on IS NULL AND NOT m.is_lead
    JOIN people_user u ON u.id = m.user_id AND u.is_active
    WHERE g.id = ANY(%(groups)s)
), duties AS MATERIALIZED (
    SELECT e.id, e.user_id, e.completed_at IS NOT NULL AS is_done,
           e.completed_at IS NULL AND e.due_at < %(now)s AND NOT {ONLY_WAITS} AS is_late,
           e.completed_at IS NULL AND e.due_at >= %(now)s AND e.due_at < %(soon)s
               AND NOT {ONLY_WAITS} AS is_soon
    FROM courses_enrolment e
    WHERE e.user_id IN (SELECT user_id FROM members) AND e.withdrawn_at IS NULL
      AND (e.completed_at IS NULL OR e.completed_at >= %(lately)s)
)
SELECT g.id, EXISTS (SELECT FROM people_team b WHERE b.parent_id = g.id),
       count(DISTINCT m.user_id), count(d.id) FILTER (WHERE NOT d.is_done),
       count(d.id) FILTER (WHERE d.is_late), count(DISTINCT d.user_id) FILTER (WHERE d.is_late),
       count(d.id) FILTER (WHERE d.is_soon), count(d.id) FILTER (WHERE d.is_done)
FROM people_team g
LEFT JOIN members m ON m.grp = g.id
LEFT JOIN duties d ON d.user_id = m.user_id
WHERE g.id = ANY(%(groups)s)
GROUP BY g.id
"""  # noqa: S608  (constants)
