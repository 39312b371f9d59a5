"""What an agent sees of their own learning."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from courses.models import ActivityKind
from courses.queries.progress import ModuleProgress, Step
from portal.kit.clock import local_date
from portal.kit.sql import kept_rows
from portal.people.models import User

WEEKS_SHOWN = 6

# One row for each activity of every module that the person was assigned or has opened, and of what
# looks at all skills, which newcomers are invited to: the page that agents open most, so it is one
# query and builds no models.
_MODULES_WITH_STEPS = """
WITH visited AS (
    SELECT a.module_id, max(p.last_seen_at) AS seen_at
    FROM courses_activityprogress p JOIN courses_activity a ON a.id = p.activity_id
    WHERE p.user_id = %(user)s GROUP BY a.module_id
)
SELECT m.id, m.title, m.slug, c.slug, c.skill,
       e.due_on, coalesce(maker.name, ''), e.id IS NOT NULL OR v.module_id IS NOT NULL,
       a.id, a.slug, a.kind, a.title, a.minutes, p.started_at, p.finished_at, p.handed_in_at,
       p.last_seen_at
FROM courses_module m
JOIN courses_course c ON c.id = m.course_id
JOIN courses_activity a ON a.module_id = m.id
LEFT JOIN visited v ON v.module_id = m.id
LEFT JOIN courses_enrolment e ON e.module_id = m.id AND e.user_id = %(user)s
    AND e.completed_at IS NULL AND e.withdrawn_at IS NULL
LEFT JOIN courses_assignment s ON s.id = e.assignment_id
LEFT JOIN people_user maker ON maker.id = s.made_by_id
LEFT JOIN courses_activityprogress p ON p.activity_id = a.id AND p.user_id = %(user)s
WHERE (e.id IS NOT NULL OR v.module_id IS NOT NULL OR c.skill = '')
  AND m.archived_at IS NULL AND c.archived_at IS NULL
  AND a.archived_at IS NULL AND a.live_revision_id IS NOT NULL
ORDER BY e.due_at NULLS LAST, v.seen_at DESC, m.id, a.position, a.id
"""
# Where the columns of that query are.
_MODULE, _DUTY, _IS_OWN = slice(0, 5), slice(5, 7), 7
_STEP, _KIND, _TIMES, _DONE, _SEEN = slice(8, 16), 10, slice(13, 17), slice(14, 16), 16
# What one has to have finished or handed in to be no newcomer any longer.
_PRACTICE = frozenset({ActivityKind.SCENARIO.value, ActivityKind.QUIZ.value})


class ModuleName(NamedTuple):
    """What one needs to name a module and to lead to it."""

    id: int
    title: str
    slug: str
    course_slug: str
    skill: str


@dataclass(frozen=True)
class LearningItem:
    """A module somebody has to finish or has begun; without a due day nobody assigned it."""

    module: ModuleName
    progress: ModuleProgress
    due_on: date | None
    made_by: str


@dataclass(frozen=True)
class Week:
    """A calendar week, by its Monday, and whether something was learnt in it."""

    monday: date
    has_practice: bool
    is_current: bool


@dataclass(frozen=True)
class MyLearning:
    """Everything on the page *My learning*.

    Of what is `waiting` nothing is left but a mark. Newcomers have an `invitation` to the
    diagnostic.
    """

    today: date
    current: LearningItem | None
    coming_up: tuple[LearningItem, ...]
    weeks: tuple[Week, ...]
    waiting: tuple[LearningItem, ...] = ()
    invitation: LearningItem | None = None

    @property
    def due_this_week(self) -> int:
        """How many modules are to be finished by the end of this week, late ones included."""
        sunday = self.today + timedelta(days=6 - self.today.weekday())
        items = [self.current, *self.coming_up]
        return sum(1 for item in items if item and item.due_on and item.due_on <= sunday)

    @property
    def weeks_practiced(self) -> int:
        """How many of the weeks before this one had practice."""
        return sum(week.has_practice for week in self.weeks if not week.is_current)


def my_learning(user: User, *, now: datetime) -> MyLearning:
    """Return what `user` sees on *My learning* at `now`, in one query."""
    today = local_date(now, user.time_zone)
    found = kept_rows(_MODULES_WITH_STEPS, {"user": user.pk})
    own = [row for row in found if row[_IS_OWN]]
    is_new = not any(any(row[_DONE]) and row[_KIND] in _PRACTICE for row in own)
    offered = _unfinished_items([row for row in found if not row[_IS_OWN]]) if is_new else []
    unfinished = _unfinished_items(own)
    items = [item for item in unfinished if not item.progress.is_waiting]
    current = items.pop(0) if items else None
    times = {at for row in found for at in row[_TIMES] if at}
    return MyLearning(
        today=today,
        current=current,
        coming_up=tuple(sorted(items, key=_pressing)),
        weeks=_weeks(today, {local_date(at, user.time_zone) for at in times}),
        waiting=tuple(item for item in unfinished if item.progress.is_waiting),
        invitation=offered[0] if offered else None,
    )


def _unfinished_items(found: list[tuple[Any, ...]]) -> list[LearningItem]:
    """Return the modules to go on with: the one visited last first, then as they are due."""
    items = []
    visited = _visited_last(found)
    for module, rows_of_it in groupby(found, key=lambda row: row[_MODULE]):
        steps = list(rows_of_it)
        due_on, made_by = steps[0][_DUTY]
        progress = ModuleProgress(tuple(Step(*row[_STEP]) for row in steps))
        items.append(LearningItem(ModuleName(*module), progress, due_on, made_by))
    unfinished = [item for item in items if not item.progress.is_finished]
    return sorted(unfinished, key=lambda item: item.module.id != visited)


def _visited_last(found: list[tuple[Any, ...]]) -> int | None:
    """Return the module of the activity that was opened last, even if it is finished."""
    seen = [(row[_SEEN], row[0]) for row in found if row[_SEEN]]
    return max(seen)[1] if seen else None


def _pressing(item: LearningItem) -> tuple[bool, date]:
    return (item.due_on is None, item.due_on or date.max)


def _weeks(today: date, days: set[date]) -> tuple[Week, ...]:
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=n) for n in range(WEEKS_SHOWN - 1, -1, -1)]
    practiced = {day - timedelta(days=day.weekday()) for day in days}
    return tuple(Week(one, one in practiced, one == this_monday) for one in mondays)
