"""Points where options are matched: the worked example, and what holds for every answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from tests.factories import items

KEY = {"A": "x", "B": "y", "C": "x", "D": "z"}
ITEM = items.matching("xyxz", answers="wxyz")
GIVEN = st.fixed_dictionaries({one: st.sampled_from("wxyz") for one in KEY})


def points(pairs) -> float:
    return score_item(ITEM, {"pairs": pairs}).points


@pytest.mark.parametrize(
    ("wrong", "earned"), [("", 1), ("D", 0.75), ("AB", 0.5), ("ABCD", 0)]
)  # three of four earn three quarters
def test_worked_examples_of_matching(wrong, earned):
    score = score_item(ITEM, {"pairs": KEY | dict.fromkeys(wrong, "w")})

    assert score == ItemScore("one", True, earned, earned == 1)


@given(GIVEN, st.sampled_from(sorted(KEY)))
def test_mending_one_match_earns_exactly_its_share(pairs, one):
    mended = points(pairs | {one: KEY[one]})

    assert 0 <= points(pairs) <= mended <= 1
    assert mended - points(pairs) == (0.25 if pairs[one] != KEY[one] else 0)


@given(GIVEN, st.permutations(sorted(KEY)))
def test_the_order_of_matching_does_not_matter(pairs, order):
    assert points({one: pairs[one] for one in order}) == points(pairs)
