"""Moments of a call that somebody missed again and again, in runs that their lead may see."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, Window

from assessments.models import ENDED, Attempt, AttemptMode
from courses.content.scenario_score import choice_share
from courses.content.scenario_shapes import Moment, Scenario
from courses.models import ActivityKind
from courses.queries.content import scenario_of
from portal.kit.sql import kept_rows

TIMES = 3
RUNS_LOOKED_AT = 300
_MISSED_BELOW = 0.5


@dataclass(frozen=True)
class MissedMoment:
    """A moment that somebody missed in three runs or more; the latest of them proves it."""

    user_id: int
    call: str
    moment: str
    times: int
    attempt_id: UUID
    last_at: datetime


def moments_missed_often(people: Collection[int]) -> list[MissedMoment]:
    """Return what each of these people missed in at least three runs of one call.

    Missed means a reply that earns less than half. Runs count that are assessed or shared; what
    one practices by oneself is for nobody else to see. Two queries, of the latest 300 such runs.
    """
    runs = list(_runs_of(people))
    shown: dict[tuple[int, int, str], list[tuple[Attempt, Moment]]] = defaultdict(list)
    replies = _first_replies([run.pk for run in runs])
    for run in runs:
        for moment in _missed_in(run, replies[str(run.pk)]):
            shown[run.user_id, run.activity_id, moment.id].append((run, moment))
    return [
        MissedMoment(
            user_id=user,
            call=latest.activity.title,
            moment=moment.title,
            times=len(missed),
            attempt_id=latest.pk,
            last_at=latest.finished_at or latest.started_at,
        )
        for (user, _, _), missed in shown.items()
        if len(missed) >= TIMES
        for latest, moment in missed[:1]
    ]


def _runs_of(people: Collection[int]) -> list[Attempt]:
    """Return the runs of calls that were played three times or more, the latest first."""
    seen = Attempt.objects.filter(
        Q(mode=AttemptMode.ASSESSED) | Q(shared_at__isnull=False),
        user__in=people,
        activity__kind=ActivityKind.SCENARIO,
        state__in=ENDED,
    )
    times = Window(Count("pk"), partition_by=[F("user"), F("activity")])
    often = seen.annotate(times=times).filter(times__gte=TIMES)
    return list(
        often.select_related("activity", "revision")
        .defer("activity__draft", "revision__content", "revision__media", "run_state")
        .order_by("-finished_at", "pk")[:RUNS_LOOKED_AT]
    )


def _first_replies(runs: Collection[UUID]) -> dict[str, dict[str, str]]:
    """Return the first choice at each moment of each run."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for run, moment, choice in kept_rows(_FIRST, {"runs": f"{{{','.join(map(str, runs))}}}"}):
        found[str(run)][moment] = choice
    return found


def _missed_in(run: Attempt, replies: dict[str, str]) -> list[Moment]:
    scenario: Scenario = scenario_of(run.revision)
    moments = scenario.card(run.card).moments
    missed = []
    for step, chosen in replies.items():
        moment = moments.get(step)
        choices = {one.id: one for one in moment.choices} if moment else {}
        if moment and chosen in choices and len(choices) > 1:
            share = choice_share(choices[chosen], moment.choices)
            if share < _MISSED_BELOW:
                missed.append(moment)
    return missed


_FIRST = """
SELECT DISTINCT ON (attempt_id, step_id) attempt_id, step_id, payload ->> 'choice'
FROM assessments_answer
WHERE attempt_id = ANY(%(runs)s) AND payload ? 'choice'
ORDER BY attempt_id, step_id, seq
"""
