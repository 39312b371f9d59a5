"""A quiz as one attempt takes it: only the items that it drew, in their order."""

from assessments.models import Attempt
from courses.content.quiz import Quiz
from courses.queries.content import quiz_of


def quiz_taken(attempt: Attempt) -> Quiz:
    """Return the quiz of an attempt with the items that were drawn when it began.

    Once a wrong key was mended, it is the quiz with the new key. Attempts from before draws were
    kept asked every item, in the order of their seed.
    """
    quiz = quiz_of(attempt.keyed_by)
    return quiz.only(attempt.drawn or quiz.drawn(attempt.seed))
