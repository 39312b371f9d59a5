"""Why a day may be missed while there is time: the plainest reason first."""

import pytest

from portal.coaching.risk import Risk, risk_of


@pytest.mark.parametrize(
    ("facts", "risk"),
    [
        ({"days_left": 3, "is_begun": False}, Risk.NOT_BEGUN),
        ({"days_left": 4, "is_begun": False}, None),
        ({"days_left": 3, "done": 1, "total": 4}, Risk.BEHIND),
        ({"days_left": 3, "done": 2, "total": 4}, None),
        ({"days_left": 4, "done": 1, "total": 4}, None),
        ({"days_left": 7, "times_late": 2}, Risk.OFTEN_LATE),
        ({"days_left": 8, "times_late": 2}, None),
        ({"days_left": 7, "times_late": 1}, None),
        ({"days_left": 0, "done": 4, "total": 4, "times_late": 5}, None),
    ],
)
def test_risk(facts: dict, risk: Risk | None) -> None:
    plain = {"done": 2, "total": 4, "is_begun": True, "times_late": 0}
    assert risk_of(**plain | facts) == risk
