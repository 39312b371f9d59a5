"""Points where a lead marks by a rubric."""

from collections.abc import Mapping

from courses.content.quiz_items import Item


def score_rubric(item: Item, levels: Mapping[str, int]) -> float:
    """Give `(sum of points - fewest) / (most - fewest)` over all criteria.

    Source: MoodleDocs, “Rubrics”, grade calculation: two criteria with the levels 1 to 4, marked 2
    and 3, give 3 of 6, so one half. `levels` are the points chosen for each criterion.
    """
    fewest = sum(criterion.lowest for criterion in item.rubric)
    most = sum(criterion.highest for criterion in item.rubric)
    return (sum(levels[criterion.id] for criterion in item.rubric) - fewest) / (most - fewest)


def fits_rubric(item: Item, levels: Mapping[str, int]) -> bool:
    """Say whether a mark names a level of each criterion, as it may not once a rubric changed."""
    return all(
        levels.get(criterion.id) in {level.points for level in criterion.levels}
        for criterion in item.rubric
    )
