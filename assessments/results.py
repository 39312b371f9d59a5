"""The result of a quiz as plain values, as an attempt keeps it. Pure."""

from typing import Any

from assessments.scoring import QuizScore


def as_result(found: QuizScore) -> dict[str, Any]:
    """Return a score as plain values, for the attempt's record."""
    return {
        "points": found.points,
        "out_of": found.out_of,
        "items": {
            one.item_id: {"answered": one.answered, "points": one.points, "right": one.right}
            for one in found.items
        },
    }
