"""Whether somebody is at risk of missing a day, and why; plain figures in, a word out."""

from enum import StrEnum

DAYS_AHEAD = 7
FEW_DAYS = 3
OFTEN = 2


class Risk(StrEnum):
    """Why a duty is at risk though there is still time."""

    NOT_BEGUN = "not_begun"
    BEHIND = "behind"
    OFTEN_LATE = "often_late"


def risk_of(
    *, days_left: int, done: int, total: int, is_begun: bool, times_late: int
) -> Risk | None:
    """Return why somebody may miss the day of a module, the plainest reason first.

    `days_left` counts to its last day, which is still to come; `done` of `total` are steps;
    `times_late` is how often they finished late within half a year.
    """
    if days_left > DAYS_AHEAD or (total and done >= total):
        return None
    if days_left <= FEW_DAYS and not is_begun:
        return Risk.NOT_BEGUN
    if days_left <= FEW_DAYS and 2 * done < total:
        return Risk.BEHIND
    if times_late >= OFTEN:
        return Risk.OFTEN_LATE
    return None
