"""How sessions go, in numbers: for a lead about their own, for an admin about each lead's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.coaching.models import FeedbackSession
from portal.kit.sql import rows
from portal.people.models import User
from portal.people.permissions import Permission

DAYS_LOOKED_AT = 90
SMALLEST_GROUP = 5
LEADS_SHOWN = 50
SESSIONS_SHOWN = 50

# `useful` is the mean over people of each one's own mean, so that nobody counts twice, and only
# where the smallest group is reached. Days between lie between two held sessions of the same pair.
_NUMBERS = """
WITH held AS (
    SELECT id, lead_id, agent_id, held_at, usefulness,
           held_at - lag(held_at) OVER (PARTITION BY lead_id, agent_id ORDER BY held_at) AS pause
    FROM coaching_feedbacksession
    WHERE state = 'held' AND kind = 'lead' AND (%(lead)s IS NULL OR lead_id = %(lead)s)
), recent AS (
    SELECT * FROM held WHERE held_at >= %(since)s
), per_lead AS (
    SELECT lead_id, count(*) AS held, count(DISTINCT agent_id) AS people,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM pause) / 86400) AS days
    FROM recent GROUP BY lead_id
), agreed AS (
    SELECT recent.lead_id, count(*) AS due, count(action.done_at) AS done
    FROM recent JOIN coaching_actionitem action ON action.session_id = recent.id
    WHERE action.dropped_at IS NULL AND action.due_on <= %(today)s
    GROUP BY recent.lead_id
), useful AS (
    SELECT lead_id, avg(mean) AS mean FROM (
        SELECT lead_id, agent_id, avg(usefulness) AS mean
        FROM recent WHERE usefulness IS NOT NULL GROUP BY lead_id, agent_id
    ) AS by_person
    GROUP BY lead_id HAVING count(*) >= %(smallest)s
)
SELECT lead.id, lead.name, per_lead.held, per_lead.people, per_lead.days,
       coalesce(agreed.due, 0), coalesce(agreed.done, 0), useful.mean
FROM per_lead
JOIN people_user lead ON lead.id = per_lead.lead_id
LEFT JOIN agreed USING (lead_id)
LEFT JOIN useful USING (lead_id)
ORDER BY lower(lead.name), lead.id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class LeadNumbers:
    """What became of the sessions that one lead held within `DAYS_LOOKED_AT` days.

    `days_between` is the median from one to the next with the same person. `due` counts the
    actions agreed there whose day has come, `done` those of them that are done. `usefulness` is
    the mean answer, 1 to 5; None until `SMALLEST_GROUP` people have answered.
    """

    lead_id: int
    name: str
    held: int
    people: int
    days_between: int | None
    due: int
    done: int
    usefulness: float | None


def numbers_of(lead: User, *, now: datetime) -> LeadNumbers | None:
    """Return a lead's own numbers in one query, None when they held no session lately."""
    return next(iter(_numbers(now, lead_id=lead.pk)), None)


def numbers_by_lead(viewer: User, *, now: datetime) -> list[LeadNumbers]:
    """Return the numbers of each lead by name, in one query; nothing for who may not see them."""
    if not viewer.may(Permission.OVERSEE_SESSIONS):
        return []
    return _numbers(now, lead_id=None)


def latest_sessions(viewer: User, lead: User | None) -> list[FeedbackSession]:
    """Return the latest sessions, of one lead or of all: who met and when, never what was said."""
    if not viewer.may(Permission.OVERSEE_SESSIONS):
        return []
    planned = FeedbackSession.objects.filter(starts_at__isnull=False)
    found = planned.select_related("lead", "agent")
    if lead is not None:
        found = found.filter(lead=lead)
    shown = found.only("kind", "state", "starts_at", "ends_at", "lead__name", "agent__name")
    return list(shown.order_by("-starts_at", "-pk")[:SESSIONS_SHOWN])


def _numbers(now: datetime, *, lead_id: int | None) -> list[LeadNumbers]:
    found = rows(
        _NUMBERS,
        {
            "lead": lead_id,
            "since": now - timedelta(days=DAYS_LOOKED_AT),
            "today": now.date(),
            "smallest": SMALLEST_GROUP,
            "most": LEADS_SHOWN,
        },
    )
    return [
        LeadNumbers(
            lead_id=pk,
            name=name,
            held=held,
            people=people,
            days_between=None if days is None else round(days),
            due=due,
            done=done,
            usefulness=None if mean is None else round(float(mean), 1),
        )
        for pk, name, held, people, days, due, done, mean in found
    ]
