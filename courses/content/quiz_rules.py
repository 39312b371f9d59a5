"""The rules of taking a quiz: how often, for how long, and what is shown of the answers when."""

from dataclasses import dataclass
from enum import StrEnum

from courses.content.parsing import Reader

MOST_ATTEMPTS = 20
LONGEST_MINUTES = 180


class FeedbackMoment(StrEnum):
    """When a learner sees what an answer teaches."""

    PER_QUESTION = "per_question"
    AT_END = "at_end"


class Review(StrEnum):
    """How much of an answered question is shown, from least to most."""

    NOTHING = "nothing"
    RIGHT_OR_NOT = "right_or_not"
    FULL = "full"

    @property
    def rank(self) -> int:
        """Its place from least to most."""
        return list(Review).index(self)


@dataclass(frozen=True)
class Rules:
    """How a quiz is taken.

    In a file these are fields of the quiz, and each may be left out: `attempts` (1 to 20; as many
    as one likes), `time_limit` in minutes (1 to 180; none), and how much is shown when: `nothing`,
    `right_or_not` or `full`. That is `shown_at_once` (as `feedback` says), `shown_at_end` of each
    attempt (`full`), and `shown_once_settled`, when it is passed or no attempt is left (as at the
    end). The score itself is always shown at the end.
    """

    attempts: int | None = None
    time_limit: int | None = None
    shown_at_once: Review = Review.NOTHING
    shown_at_end: Review = Review.FULL
    shown_once_settled: Review = Review.FULL


def read_rules(reader: Reader, feedback: FeedbackMoment) -> Rules:
    """Read the rules that stand among the fields of a quiz."""
    at_once = Review.FULL if feedback is FeedbackMoment.PER_QUESTION else Review.NOTHING
    at_end = reader.choice("shown_at_end", Review, default=Review.FULL)
    rules = Rules(
        attempts=reader.whole("attempts", 1, MOST_ATTEMPTS, default=0) or None,
        time_limit=reader.whole("time_limit", 1, LONGEST_MINUTES, default=0) or None,
        shown_at_once=reader.choice("shown_at_once", Review, default=at_once),
        shown_at_end=at_end,
        shown_once_settled=reader.choice("shown_once_settled", Review, default=at_end),
    )
    if rules.shown_at_end.rank < rules.shown_at_once.rank:
        reader.note("shown_at_end", "Show at least as much as at once; nobody can unsee it.")
    if rules.shown_once_settled.rank < rules.shown_at_end.rank:
        reader.note("shown_once_settled", "Show at least as much as at the end.")
    return rules
