"""When a refresher card comes back. Pure: no database, no clock, no settings.

The rule is FSRS 6 as the `fsrs` package has it, with its own parameters, a retention of .90, whole
days, no steps within a day and no fuzz, so that the same reviews always give the same days. Every
card begins as something not remembered yet; remembered each time it then comes back after 1, 2, 6,
17 and 35 days. Source: LEARNING A5, which names 1, 3, 7, 16, 35 days or this package; retrieval
that is spaced beats retrieval that is massed (Latimier 2021), expanding gaps do as well as equal
ones, and for a year ahead the best gap is 5 to 10 % of it (Cepeda): so none is longer than 35 days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum

from fsrs import Card, Rating, Scheduler

RETENTION = 0.90
LONGEST_GAP_DAYS = 35
REMEMBERED_FROM, NEARLY_FROM = 0.75, 0.5


class Grade(IntEnum):
    """How well something was remembered."""

    NOT_YET = 1
    NEARLY = 2
    REMEMBERED = 3


@dataclass(frozen=True)
class Review:
    """One answer to a card, on a day of the person's own calendar."""

    on: date
    grade: Grade


@dataclass(frozen=True)
class Standing:
    """Where a card stands; `due_on` is None once it need not come back.

    `stability` is in days: after so many the chance to remember has come down to .90.
    `difficulty` runs from 1 to 10.
    """

    due_on: date | None
    stability: float
    difficulty: float


def standing_after(begun_on: date, reviews: Iterable[Review]) -> Standing:
    """Return where a card stands that was begun on a day and has had these reviews, in order.

    Remembered after the longest gap, it has come back often enough.
    """
    card = _reviewed(Card(card_id=1), Review(begun_on, Grade.NOT_YET))
    is_settled = False
    for review in reviews:
        was_long = _gap_days(card) == LONGEST_GAP_DAYS
        is_settled = was_long and review.grade is Grade.REMEMBERED
        card = _reviewed(card, review)
    assert card.stability is not None
    assert card.difficulty is not None
    return Standing(
        due_on=None if is_settled else card.due.date(),
        stability=card.stability,
        difficulty=card.difficulty,
    )


def grade_of(share: float) -> Grade:
    """Return how well something was remembered whose answer earned a share of its points, 0 to 1.

    Three quarters is what every page calls a strong answer.
    """
    if share >= REMEMBERED_FROM:
        return Grade.REMEMBERED
    return Grade.NEARLY if share >= NEARLY_FROM else Grade.NOT_YET


_RATINGS = {
    Grade.NOT_YET: Rating.Again,
    Grade.NEARLY: Rating.Hard,
    Grade.REMEMBERED: Rating.Good,
}
_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_GAP_DAYS,
    enable_fuzzing=False,
)


def _reviewed(card: Card, review: Review) -> Card:
    reviewed, _log = _SCHEDULER.review_card(card, _RATINGS[review.grade], _as_moment(review.on))
    return reviewed


def _gap_days(card: Card) -> int:
    assert card.last_review is not None
    return (card.due - card.last_review).days


def _as_moment(day: date) -> datetime:
    """Return a day as the package wants it; only whole days between such moments matter."""
    return datetime.combine(day, time(), UTC)
