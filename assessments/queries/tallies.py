"""How hard items have proved to be among first attempts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.queries.shown import ItemShown
from assessments.skill_estimate import Source, mean_share
from portal.kit.sql import kept_rows

ENOUGH_ATTEMPTS = 30


@dataclass(frozen=True)
class Difficulty:
    """The mean share of each item of an activity, and of all items of a skill, where known."""

    by_step: Mapping[str, float]
    by_skill: Mapping[str, float]

    def value_of(self, items: Sequence[ItemShown]) -> float:
        """Return what items of one skill come to, evened out for how hard they are."""
        return mean_share(
            [one.share for one in items],
            [self.by_step.get(one.step_id) for one in items],
            self.by_skill.get(items[0].skill),
        )


def difficulty_of(activity_id: int, source: Source) -> Difficulty:
    """Return how hard an activity's items are, among all items of its kind. One query."""
    params = {"activity": activity_id, "source": source, "enough": ENOUGH_ATTEMPTS}
    found = kept_rows(_DIFFICULTY, params)
    return Difficulty(
        by_step={step_id: mean for step_id, _, mean in found if step_id is not None},
        by_skill={skill: mean for step_id, skill, mean in found if step_id is None},
    )


_DIFFICULTY = """
SELECT step_id, skill, points / attempts FROM assessments_itemtally
WHERE activity_id = %(activity)s AND source = %(source)s AND attempts >= %(enough)s
UNION ALL
SELECT NULL, skill, avg(points / attempts) FROM assessments_itemtally
WHERE source = %(source)s AND attempts >= %(enough)s GROUP BY skill
"""
