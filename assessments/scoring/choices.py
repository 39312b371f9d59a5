"""Points where options are chosen."""

from assessments.responses import OneOption, SeveralOptions
from courses.content.options import Standing
from courses.content.quiz_items import Item


def score_one_option(item: Item, response: OneOption) -> float:
    """Give 1 for the right option, 0 for any other (EXEMPLAR section 4, Q1 and Q3)."""
    return float(response.option == item.option_that_is(Standing.RIGHT))


def score_several_options(item: Item, response: SeveralOptions) -> float:
    """Give the share of right options chosen, less the share of the others; never under 0.

    The right options share the point equally; the others share what can be taken away, so that
    choosing everything earns nothing. Source: none of LEARNING's rules speaks of this type; this
    is the usual weighting of multiple-response items, in which the weights of right and of wrong
    options sum to 1 each.
    """
    right = {option.shown.id for option in item.options if option.is_right}
    others = set(item.option_ids()) - right
    chosen = set(response.options)
    return max(0.0, len(chosen & right) / len(right) - len(chosen & others) / len(others))
