"""People by modules on one page: how each of them stands with all that was assigned to any."""

from dataclasses import dataclass
from datetime import date, datetime

from courses.learning_state import LearningState, learning_state
from courses.queries.by_name import Place, page_by_name
from courses.queries.overseen import Overseen
from courses.queries.states import ONLY_WAITS
from courses.queries.team import TeamFilter, filtered
from portal.kit.sql import array_of, kept_rows

PEOPLE_SHOWN, MODULES_SHOWN = 200, 40


@dataclass(frozen=True)
class Column:
    """A module that somebody of them was assigned."""

    id: int
    title: str
    skill: str


@dataclass(frozen=True)
class Cell:
    """How one person stands with one module, and until when they have time."""

    state: LearningState
    due_on: date


@dataclass(frozen=True)
class MatrixRow:
    """A person with a cell for each column; None where they were not assigned it."""

    id: int
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Matrix:
    """A stretch of people by name; the ids say where the pages beside it begin."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    before: int | None
    after: int | None


def matrix_of(people: Overseen, wanted: TeamFilter, place: Place, *, now: datetime) -> Matrix:
    """Return up to 200 people and the modules they were assigned, in two queries.

    Of more than forty modules those come that were assigned last.
    """
    shown, are_few = filtered(people, wanted, now)
    page = page_by_name(shown, place, are_few=are_few, page_size=PEOPLE_SHOWN)
    columns: dict[int, Column] = {}
    cells: dict[tuple[int, int], Cell] = {}
    params = {"people": array_of(one.pk for one in page.people), "modules": MODULES_SHOWN}
    for user, module, title, skill, due_on, *how in kept_rows(_CELLS, params):
        columns.setdefault(module, Column(module, title, skill))
        due_at, finished_at, withdrawn_as, is_started, is_waiting = how
        state = learning_state(
            now=now,
            is_started=is_started,
            is_waiting=is_waiting,
            due_at=due_at,
            finished_at=finished_at,
            withdrawn_as=withdrawn_as,
        )
        cells[user, module] = Cell(state, due_on)
    return Matrix(
        columns=tuple(columns.values()),
        rows=tuple(
            MatrixRow(person.pk, person.name, tuple(cells.get((person.pk, one)) for one in columns))
            for person in page.people
        ),
        before=page.before,
        after=page.after,
    )


# Of several duties in one module the latest counts, and one that was not taken back before one
# that was.
_CELLS = f"""
WITH latest AS (
    SELECT DISTINCT ON (e.user_id, e.module_id) e.*
    FROM courses_enrolment e
    WHERE e.user_id = ANY(%(people)s)
    ORDER BY e.user_id, e.module_id, e.withdrawn_at IS NOT NULL, e.created_at DESC
), shown AS (
    SELECT module_id FROM latest GROUP BY module_id
    ORDER BY max(created_at) DESC, module_id LIMIT %(modules)s
)
SELECT e.user_id, e.module_id, m.title, c.skill, e.due_on, e.due_at, e.completed_at,
       e.withdrawn_as,
       EXISTS (SELECT 1 FROM courses_activityprogress p
               JOIN courses_activity a ON a.id = p.activity_id
               WHERE p.user_id = e.user_id AND a.module_id = e.module_id),
       e.completed_at IS NULL AND {ONLY_WAITS}
FROM latest e
JOIN shown USING (module_id)
JOIN courses_module m ON m.id = e.module_id
JOIN courses_course c ON c.id = m.course_id
ORDER BY c.position, c.id, m.position, m.id
"""  # noqa: S608  (constants)
