"""What the site's database holds after it all, read as plain rows."""

from contextlib import closing
from typing import Any

from psycopg2.extras import RealDictCursor

from tests.survival.site import Site

Row = dict[str, Any]

_ATTEMPTS = """
SELECT a.id::text, a.card, a.state, a.next_seq, a.run_state, v.kind, u.email, r.content
FROM assessments_attempt a
JOIN courses_activity v ON v.id = a.activity_id
JOIN courses_contentrevision r ON r.id = a.revision_id
JOIN people_user u ON u.id = a.user_id
"""
_ANSWERS = """
SELECT attempt_id::text AS attempt, seq, step_id, payload FROM assessments_answer
ORDER BY attempt_id, seq
"""
_MAILS = """
SELECT m.message_id, m.kind, m.to_address, m.state, m.tries,
       count(t.id) FILTER (WHERE t.outcome = 'lost') AS lost
FROM notifications_outgoingemail m
LEFT JOIN notifications_deliverytry t ON t.email_id = m.id
GROUP BY m.id
"""
_TIME_TO_SEND = """
UPDATE notifications_outgoingemail SET due_at = now() WHERE state = 'planned' AND due_at > now()
"""
_UNSENT = """
SELECT count(*) FROM notifications_outgoingemail WHERE state IN ('planned', 'sending')
"""


def attempts(site: Site) -> dict[str, Row]:
    """Return every attempt by its id, with the content that it ran on."""
    return {row["id"]: row for row in _rows(site, _ATTEMPTS)}


def answers(site: Site) -> dict[str, list[Row]]:
    """Return the answers of each attempt, in order."""
    found: dict[str, list[Row]] = {}
    for row in _rows(site, _ANSWERS):
        found.setdefault(row.pop("attempt"), []).append(dict(row))
    return found


def mails(site: Site) -> list[Row]:
    """Return every mail of the outbox, with how often a sender was lost over it."""
    return _rows(site, _MAILS)


def count_unsent(site: Site) -> int:
    """Return how many mails are still to go out."""
    return int(_rows(site, _UNSENT)[0]["count"])


def let_the_hour_pass(site: Site) -> None:
    """Make everything due that waits for its time."""
    with closing(site.connect()) as connection, connection:
        connection.cursor().execute(_TIME_TO_SEND)


def _rows(site: Site, statement: str) -> list[Row]:
    with closing(site.connect()) as connection:
        cursor = connection.cursor(cursor_factory=RealDictCursor)
        cursor.execute(statement)
        return cursor.fetchall()
