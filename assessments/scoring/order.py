"""Points where steps are put in order."""

from itertools import combinations

from assessments.responses import InOrder
from courses.content.quiz_items import Item


def score_order(item: Item, response: InOrder) -> float:
    """Give the share of all pairs of steps that stand the right way round.

    Source: EXEMPLAR section 4, Q2, “credit per pair”. One slip among neighbors costs one pair,
    wherever it happens.
    """
    place = {step: number for number, step in enumerate(response.order)}
    pairs = list(combinations(item.option_ids(), 2))
    return sum(place[earlier] < place[later] for earlier, later in pairs) / len(pairs)
