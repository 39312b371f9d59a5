"""How sure people were of their answers, held against the points that these earned.

Pure: no database, no clock, no settings. Confidence changes no points and is no evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from statistics import fmean

FEWEST_TO_TELL = 3


class Confidence(IntEnum):
    """How sure somebody is.

    Source: MoodleDocs, “Using certainty-based marking”: below 67 %, above 67 % and above 80 %.
    """

    NOT_VERY = 1
    FAIRLY = 2
    VERY = 3


class Calibration(StrEnum):
    """How being sure and being right went together."""

    TOO_FEW = "too_few"
    TOO_SURE = "too_sure"
    FITS = "fits"
    BETTER_THAN_THOUGHT = "better_than_thought"


EXPECTED = {
    Confidence.NOT_VERY: (0.0, 0.67),
    Confidence.FAIRLY: (0.67, 1.0),
    Confidence.VERY: (0.80, 1.0),
}
"""The share of the points that each level stands for; somebody very sure cannot be too good."""


@dataclass(frozen=True)
class Level:
    """The answers given at one level: how many, the share of their points, and what that says."""

    confidence: Confidence
    answers: int
    share: float
    says: Calibration

    @property
    def percent(self) -> int:
        """The share of the points, from 0 to 100."""
        return round(100 * self.share)


def calibration(answers: Iterable[tuple[int, float]]) -> tuple[Level, ...]:
    """Return what each level that was used says, surest first; `answers` are level and points.

    Fewer than three answers say nothing about a level.
    """
    by_level: dict[Confidence, list[float]] = {}
    for level, points in answers:
        by_level.setdefault(Confidence(level), []).append(points)
    return tuple(
        Level(level, len(points), fmean(points), _says(level, points))
        for level, points in sorted(by_level.items(), reverse=True)
    )


def _says(level: Confidence, points: list[float]) -> Calibration:
    if len(points) < FEWEST_TO_TELL:
        return Calibration.TOO_FEW
    lowest, highest = EXPECTED[level]
    share = fmean(points)
    if share < lowest:
        return Calibration.TOO_SURE
    return Calibration.BETTER_THAN_THOUGHT if share > highest else Calibration.FITS
