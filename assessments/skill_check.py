"""Does the estimate know how sure it is? Each first attempt was predicted before it was seen.

Source: the live check of the evidence model (A6 of our learning notes). The 80 % band around a
prediction should hold 75 to 85 of 100 results; if it does not, all noise is scaled by one factor.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from assessments.skill_estimate import HALF_WIDTH, Prediction

HOLDS_FROM, HOLDS_UP_TO = 0.75, 0.85
FEW = 100
AS_MODELLED = 100
# Factors on the noise, in percent, that an admin may choose from.
SCALES = (50, 67, 80, AS_MODELLED, 125, 150, 200, 300)
_EDGES = (-2.5, -HALF_WIDTH, -0.5, 0.5, HALF_WIDTH, 2.5)
_Z95 = 1.96


@dataclass(frozen=True)
class Seen:
    """One result: its value (0 to 1), what was predicted, and the noise within that variance."""

    skill: str
    value: float
    expected: float
    variance: float
    noise: float

    def residual(self, factor: float = 1.0) -> float:
        """Return the standardised residual, had the noise been `factor` times as much."""
        variance = self.variance + (factor - 1.0) * self.noise
        return Prediction(self.expected, variance).residual(self.value)


@dataclass(frozen=True)
class Held:
    """How many of so many results lay within the band."""

    number: int
    held: int

    @property
    def share(self) -> float:
        """The share that lay within, from 0 to 1; 0 where there is none."""
        return self.held / self.number if self.number else 0.0

    @property
    def percent(self) -> int:
        """The same in percent."""
        return round(100 * self.share)

    @property
    def low(self) -> int:
        """The lower end of its interval, in percent."""
        return round(100 * self.interval[0])

    @property
    def high(self) -> int:
        """The upper end of its interval, in percent."""
        return round(100 * self.interval[1])

    @property
    def is_few(self) -> bool:
        """Whether there are too few to say anything."""
        return self.number < FEW

    @property
    def is_right(self) -> bool:
        """Whether the band holds as many as it should."""
        return HOLDS_FROM <= self.share <= HOLDS_UP_TO

    @property
    def is_too_sure(self) -> bool:
        """Whether the band is too narrow."""
        return self.share < HOLDS_FROM

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share (Wilson 1927)."""
        if not self.number:
            return 0.0, 1.0
        squared = _Z95**2
        middle = (self.share + squared / (2 * self.number)) / (1 + squared / self.number)
        spread = self.share * (1 - self.share) / self.number + squared / (4 * self.number**2)
        half = _Z95 * sqrt(spread) / (1 + squared / self.number)
        return max(0.0, middle - half), min(1.0, middle + half)


def held(seen: Iterable[Seen], factor: float = 1.0) -> Held:
    """Count the results within the 80 % band, had the noise been `factor` times as much."""
    residuals = [one.residual(factor) for one in seen]
    return Held(len(residuals), sum(abs(one) <= HALF_WIDTH for one in residuals))


def histogram(seen: Iterable[Seen]) -> tuple[int, ...]:
    """Count standardised residuals below -2.5, up to -1.28, -0.5, 0.5, 1.28, 2.5, and above."""
    counts = [0] * (len(_EDGES) + 1)
    for one in seen:
        residual = one.residual()
        counts[sum(residual > edge for edge in _EDGES)] += 1
    return tuple(counts)


def nearest_scale(seen: Sequence[Seen], now: int) -> int:
    """Return the scale (percent) whose band would have held nearest to 80 of 100; `now` counts."""
    target = (HOLDS_FROM + HOLDS_UP_TO) / 2
    return min(SCALES, key=lambda scale: (abs(held(seen, scale / now).share - target), scale))
