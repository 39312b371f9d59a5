"""Points where options are matched with answers."""

from assessments.responses import Pairs
from courses.content.quiz_items import Item


def score_pairs(item: Item, response: Pairs) -> float:
    """Give the share of options that are matched with their own answer.

    Source: MoodleDocs, “Matching question type”: each match weighs the same, and three of four earn
    three quarters. Nothing is taken away; answers that fit nowhere make guessing harder.
    """
    right = sum(response.pairs[one.shown.id] == one.goes_with for one in item.options)
    return right / len(item.options)
