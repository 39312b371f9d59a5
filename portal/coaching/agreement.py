"""How far raters agree: Krippendorff's alpha for ratings on a scale, with an interval.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), ordinal metric.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from random import Random

TENTATIVE, GOOD = 0.67, 0.80
_DRAWS = 1000
_SEED = 2011
_LOWER, _UPPER = 0.025, 0.975
_FEWEST_UNITS = 2

# What each rater gave to one thing that was rated; who did not rate it is left out.
Unit = Sequence[int]


class Agreement(StrEnum):
    """How much a figure is worth; the borders are a convention, named in Krippendorff (2004)."""

    GOOD = "good"
    TENTATIVE = "tentative"
    LOW = "low"


@dataclass(frozen=True)
class Alpha:
    """Agreement from 1 (full) over 0 (as by chance) to below; 95 % interval by resampling units.

    The interval is None with fewer than two units, where resampling says nothing.
    """

    value: float
    low: float | None
    high: float | None

    @property
    def agreement(self) -> Agreement:
        """The figure as a word."""
        if self.value >= GOOD:
            return Agreement.GOOD
        return Agreement.TENTATIVE if self.value >= TENTATIVE else Agreement.LOW


def agreement_of(units: Sequence[Unit]) -> Alpha | None:
    """Return alpha with its interval; None where nothing can be compared or nothing varies."""
    pairable = [unit for unit in units if len(unit) > 1]
    value = ordinal_alpha(pairable)
    if value is None:
        return None
    if len(pairable) < _FEWEST_UNITS:
        return Alpha(value, None, None)
    chance = Random(_SEED)
    draws = (ordinal_alpha(chance.choices(pairable, k=len(pairable))) for _ in range(_DRAWS))
    # A draw in which nothing varies is one of full agreement.
    found = sorted(1.0 if one is None else one for one in draws)
    return Alpha(value, found[int(_LOWER * _DRAWS)], found[int(_UPPER * _DRAWS) - 1])


def ordinal_alpha(units: Sequence[Unit]) -> float | None:
    """Return alpha by the ordinal metric; None where nothing can be compared or nothing varies."""
    coincidences: defaultdict[tuple[int, int], float] = defaultdict(float)
    for unit in units:
        for pair in permutations(unit, 2):
            coincidences[pair] += 1 / (len(unit) - 1)
    totals: defaultdict[int, float] = defaultdict(float)
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    number = sum(totals.values())
    distance = {
        (one, other): _ordinal_distance(one, other, totals) for one in totals for other in totals
    }
    expected = sum(totals[one] * totals[other] * distance[one, other] for one, other in distance)
    if not expected:
        return None
    observed = sum(weight * distance[pair] for pair, weight in coincidences.items())
    return 1 - (number - 1) * observed / expected


def leniency(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return the mean of rating minus key, in steps of the scale; above 0 is milder than agreed."""
    return sum(rating - key for rating, key in pairs) / len(pairs) if pairs else None


def _ordinal_distance(one: int, other: int, totals: Mapping[int, float]) -> float:
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in totals.items() if low <= value <= high)
    return (between - (totals[low] + totals[high]) / 2) ** 2
