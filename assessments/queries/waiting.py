"""What of their people waits for whoever answers for them: views to answer, answers to mark."""

from dataclasses import dataclass

from courses.queries.overseen import Overseen
from portal.kit.sql import kept_rows
from portal.people.permissions import Permission


@dataclass(frozen=True)
class Waiting:
    """How many views wait for an answer, and how many answers for marks."""

    views: int
    marks: int


def waiting_for(people: Overseen) -> Waiting:
    """Return what waits of these people, in one query; nothing of what the viewer may not do."""
    may = people.viewer.may
    params = people.params | {
        "may_answer": may(Permission.ANSWER_VIEWS),
        "may_mark": may(Permission.MARK_ANSWERS),
    }
    [counts] = kept_rows(_waiting_sql(people), params)
    return Waiting(*counts)


def _waiting_sql(people: Overseen) -> str:
    """Count what `waiting_views` and `waiting_marks` list."""
    return f"""
SELECT (SELECT count(*) FROM assessments_otherview v
        WHERE %(may_answer)s AND v.answered_at IS NULL AND {people.include("v.user_id")}),
       (SELECT count(*) FROM assessments_answermark m
        JOIN assessments_attempt a ON a.id = m.attempt_id
        WHERE %(may_mark)s AND m.marked_at IS NULL AND {people.include("a.user_id")})
"""  # noqa: S608  (constants of this module)
