"""Counting how items go among first attempts, which says how hard they are."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from assessments.models import ItemTally
from assessments.queries.shown import ItemShown
from assessments.skill_estimate import Source
from portal.kit.sql import kept_run


def count_items(items: Sequence[ItemShown], *, activity_id: int, source: Source) -> None:
    """Add one first attempt to the tally of each item; its own points count from now on."""
    # In one order, so that attempts that end together wait for each other, never in a circle.
    ordered = sorted(items, key=lambda one: one.step_id)
    params: dict[str, Any] = {
        "activity": activity_id,
        "source": source,
        "steps": [one.step_id for one in ordered],
        "skills": [one.skill for one in ordered],
        "shares": [one.share for one in ordered],
    }
    kept_run(_COUNT, params)


def correct_items(
    before: Sequence[ItemShown], after: Sequence[ItemShown], *, activity_id: int, source: Source
) -> None:
    """Put the points of one first attempt right where another key gives other points."""
    old = {one.step_id: one.share for one in before}
    for one in sorted(after, key=lambda one: one.step_id):
        if change := one.share - old.get(one.step_id, one.share):
            ItemTally.objects.filter(
                activity=activity_id, source=source, step_id=one.step_id
            ).update(points=F("points") + change)


_COUNT = """
INSERT INTO assessments_itemtally AS tally (activity_id, source, step_id, skill, attempts, points)
SELECT %(activity)s::bigint, %(source)s::text, one.step_id, one.skill, 1, one.share
FROM unnest(%(steps)s::text[], %(skills)s::text[], %(shares)s::float[])
    AS one (step_id, skill, share)
ON CONFLICT (activity_id, step_id)
DO UPDATE SET attempts = tally.attempts + 1, points = tally.points + EXCLUDED.points
"""
