"""Confidence: what each level says, and that it never touches the points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.confidence import Calibration, Confidence, Level, calibration

ANSWERS = st.lists(st.tuples(st.sampled_from(list(Confidence)), st.floats(0, 1)))


@pytest.mark.parametrize(
    ("level", "points", "says"),
    [
        (Confidence.VERY, [1, 1], Calibration.TOO_FEW),
        (Confidence.VERY, [1, 1, 1], Calibration.FITS),
        (Confidence.VERY, [1, 1, 1, 1, 0], Calibration.FITS),  # 80 percent
        (Confidence.VERY, [1, 1, 1, 0], Calibration.TOO_SURE),
        (Confidence.FAIRLY, [1, 1, 1], Calibration.FITS),
        (Confidence.FAIRLY, [1, 0.5, 0], Calibration.TOO_SURE),
        (Confidence.NOT_VERY, [0, 0, 0], Calibration.FITS),
        (Confidence.NOT_VERY, [1, 1, 0.5], Calibration.BETTER_THAN_THOUGHT),
    ],
)
def test_what_a_level_says(level, points, says):
    (found,) = calibration((level, one) for one in points)

    assert found == Level(level, len(points), pytest.approx(sum(points) / len(points)), says)


def test_levels_stand_with_the_surest_first_and_unused_ones_are_left_out():
    assert [one.confidence for one in calibration([(1, 0.0), (3, 1.0), (1, 1.0)])] == [3, 1]
    assert calibration([]) == ()


@given(ANSWERS, st.randoms())
def test_every_answer_is_counted_once_in_any_order(answers, random):
    mixed = random.sample(answers, len(answers))
    found = calibration(mixed)

    assert sum(one.answers for one in found) == len(answers)
    assert all(0 <= one.share <= 1 + 1e-9 for one in found)
    assert [(one.confidence, one.answers, one.says) for one in found] == [
        (one.confidence, one.answers, one.says) for one in calibration(answers)
    ]
