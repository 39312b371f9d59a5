"""Points where the gaps of a text are filled."""

from assessments.responses import Gaps
from courses.content.answer_text import is_accepted
from courses.content.quiz_items import Item


def score_gaps(item: Item, response: Gaps) -> float:
    """Give the share of gaps that hold a word the author accepts, however it is typed.

    Source: as for matching, each gap weighs the same. What does not matter in the typing is said
    in `answer_text.comparable`, after The Unicode Standard 3.13.
    """
    right = sum(is_accepted(response.words[one.shown.id], one.accepted) for one in item.options)
    return right / len(item.options)
