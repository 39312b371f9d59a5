"""What the sums say: how hard an item is, whether it tells strong from weak, and how sure we are.

Pure: no database, no clock, no settings. Checked against a published example, the five items of
the LSAT of Bock and Lieberman (1970) as the R package ltm describes them.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from assessments.item_sums import ItemSums, QuizSums
from courses.content.options import Standing
from courses.content.quiz_items import Item, ItemType

ENOUGH_ATTEMPTS = 30
"""Under this, numbers are shown grey and nothing is flagged."""

_MOST = 0.5
_SELDOM = 0.02
_OMITTED = 0.1
_EASY, _HARD = 0.95, 0.25
_WEAK = 0.1
_FAR = 0.2
_FEWEST, _FEWEST_ITEMS = 3, 2
_ROUNDING = 1e-9
_COMPARED = frozenset({ItemType.SINGLE_CHOICE, ItemType.TRUE_FALSE, ItemType.MARK_SENTENCE})


class Flag(StrEnum):
    """Something worth an author's look."""

    STRONG_CHOOSE_OTHER = "strong_choose_other"
    TURNED_AROUND = "turned_around"
    HARDLY_TELLS = "hardly_tells"
    ALL_KNOW = "all_know"
    HARDLY_ANY = "hardly_any"
    OFTEN_OMITTED = "often_omitted"
    NEVER_CHOSEN = "never_chosen"
    NOT_AS_MEANT = "not_as_meant"


@dataclass(frozen=True)
class Rate:
    """How many of the upper and of the lower third chose an option, and of all, from 0 to 1."""

    option: str
    upper: float
    lower: float
    overall: float


@dataclass(frozen=True)
class Raised:
    """A flag, and the option it is about if it is about one."""

    flag: Flag
    option: str = ""


def facility(sums: ItemSums) -> float | None:
    """Return the mean share of the points, from 0 to 1."""
    return sums.x / sums.attempts if sums.attempts else None


def discrimination(sums: ItemSums) -> float | None:
    """Return the corrected item-total correlation, from -1 to 1; None where nobody differs.

    The item's points against the share of the points in all other items, so that it does not
    correlate with itself. Source: Henrysson (1963), Psychometrika 28, 211-218.
    """
    n = sums.attempts
    x_spread, r_spread = n * sums.xx - sums.x**2, n * sums.rr - sums.r**2
    if x_spread <= _ROUNDING * n or r_spread <= _ROUNDING * n:
        return None
    return (n * sums.xr - sums.x * sums.r) / sqrt(x_spread * r_spread)


def choice_rates(sums: ItemSums) -> tuple[Rate, ...]:
    """Return how often each option was chosen, by option; nothing while there are no thirds."""
    cuts = _thirds(sums.scores)
    if cuts is None:
        return ()
    low, high = cuts
    lower, upper = _between(sums.scores, 0, low), _between(sums.scores, high, 100)
    return tuple(
        Rate(
            option,
            upper=_between(counts, high, 100) / upper,
            lower=_between(counts, 0, low) / lower,
            overall=counts.total() / sums.attempts,
        )
        for option, counts in sorted(sums.choices.items())
    )


def median_seconds(sums: ItemSums) -> int | None:
    """Return the time that half of the attempts took at most, to two figures."""
    half = sums.seconds.total() / 2
    for seconds in sorted(map(int, sums.seconds)):
        half -= sums.seconds[str(seconds)]
        if half <= 0:
            return seconds
    return None


@dataclass(frozen=True)
class Reliability:
    """How alike the scores would be if the same people took another quiz like this one.

    `error` is the standard error of `value`; `points_error` that of a person's score, of 100.
    """

    value: float
    error: float
    points_error: float


def reliability(sums: QuizSums, *, is_drawn: bool) -> Reliability | None:
    """Return Cronbach's alpha, which is KR-20 where items are right or wrong; None for too few.

    Source: Cronbach (1951), Psychometrika 16, 297-334. Where each attempt draws other items, how
    hard a draw happens to be is error too: then it is the intraclass correlation of one-way
    analysis, ICC(1,k), of Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428. The
    standard error is that of Bonett (2002), Journal of Educational and Behavioral Statistics 27,
    335-340; that of a score is the spread of the scores times the root of what is not reliable.
    """
    n = sums.attempts
    k = sums.out_of / n if n else 0
    if n < _FEWEST or k < _FEWEST_ITEMS:
        return None
    spread = (sums.tt - sums.t**2 / n) / (n - 1)
    if spread <= _ROUNDING:
        return None
    value = _icc(sums, n, k, spread) if is_drawn else _alpha(sums, n, k, spread)
    return Reliability(
        value=value,
        error=(1 - value) * sqrt(2 * k / ((k - 1) * (n - 2))),
        points_error=100 / k * sqrt(spread * min(1.0, 1 - value)),
    )


def spread_of(sums: QuizSums) -> tuple[float, float] | None:
    """Return the mean of the scores and their standard deviation, of 100."""
    if not sums.attempts or not sums.out_of:
        return None
    n, k = sums.attempts, sums.out_of / sums.attempts
    variance = max(0.0, sums.tt - sums.t**2 / n) / max(1, n - 1)
    return 100 * sums.t / sums.out_of, 100 * sqrt(variance) / k


def flags_of(item: Item, sums: ItemSums) -> tuple[Raised, ...]:
    """Return what is worth a look, the gravest first; nothing under `ENOUGH_ATTEMPTS`."""
    if sums.attempts < ENOUGH_ATTEMPTS:
        return ()
    found = [Raised(Flag.OFTEN_OMITTED)] if sums.omitted > _OMITTED * sums.attempts else []
    if not item.is_scored:
        return tuple(found)
    return (*_choice_flags(item, sums), *_score_flags(item, sums), *found)


def _choice_flags(item: Item, sums: ItemSums) -> list[Raised]:
    if item.type not in _COMPARED:
        return []
    key = item.option_that_is(Standing.RIGHT)
    rates = choice_rates(sums)
    found = [
        Raised(Flag.STRONG_CHOOSE_OTHER, rate.option)
        for rate in rates
        if rate.option != key and rate.upper > _MOST
    ]
    often = {rate.option for rate in rates if rate.overall >= _SELDOM}
    never = [one for one in item.option_ids() if rates and one not in often and one != key]
    is_passage = item.type is ItemType.MARK_SENTENCE
    return found + [Raised(Flag.NEVER_CHOSEN, one) for one in never if not is_passage]


def _score_flags(item: Item, sums: ItemSums) -> list[Raised]:
    share, tells = facility(sums), discrimination(sums)
    assert share is not None
    found = []
    if tells is not None and tells < _WEAK:
        found.append(Raised(Flag.TURNED_AROUND if tells < 0 else Flag.HARDLY_TELLS))
    if share > _EASY:
        found.append(Raised(Flag.ALL_KNOW))
    elif share < _HARD:
        found.append(Raised(Flag.HARDLY_ANY))
    elif abs(share - item.difficulty) > _FAR:
        found.append(Raised(Flag.NOT_AS_MEANT))
    return found


def _alpha(sums: QuizSums, n: int, k: float, spread: float) -> float:
    single = sum((xx - x * x / n) / (n - 1) for _, x, xx in sums.items.values())
    return k / (k - 1) * (1 - single / spread)


def _icc(sums: QuizSums, n: int, k: float, spread: float) -> float:
    between = spread / k
    within = (sums.xx - sums.tt / k) / (n * (k - 1))
    return 1 - within / between


def _thirds(scores: Counter[str]) -> tuple[int, int] | None:
    """Return the highest score of the lower third and the lowest of the upper one.

    Equal scores stay together, so each is as near to a third as that allows. None if everybody
    has about the same score.
    """
    low, high = _cut(scores, up=True), _cut(scores, up=False)
    return (low, high) if low < high else None


def _cut(scores: Counter[str], *, up: bool) -> int:
    third, taken, cut = scores.total() / 3, 0, 0
    for score in sorted(map(int, scores), reverse=not up):
        more = taken + scores[str(score)]
        if taken and abs(more - third) >= abs(taken - third):
            break
        taken, cut = more, score
    return cut


def _between(counts: Counter[str], low: int, high: int) -> int:
    return sum(times for score, times in counts.items() if low <= int(score) <= high)
