"""Points where gaps are filled: worked examples, and what holds for every answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from tests.factories import items

ITEM = items.fill_gap(["old", "former"], ["opened"], ["don’t know"])
RIGHT = {"A": "former", "B": "opened", "C": "don't know"}
WORDS = st.text(min_size=1, max_size=20).filter(lambda text: text.replace("\0", "").strip())


def points(words) -> float:
    return score_item(ITEM, {"words": words}).points


@pytest.mark.parametrize(
    ("changed", "earned"),
    [
        ({}, 1),
        ({"A": " OLD. "}, 1),  # another variant, typed in another way
        ({"A": "new"}, 2 / 3),
        ({"A": "opened", "B": "old"}, 1 / 3),  # the right words in the wrong gaps
        ({"A": "new", "B": "lost", "C": "?"}, 0),
    ],
)
def test_worked_examples_of_gaps(changed, earned):
    score = score_item(ITEM, {"words": RIGHT | changed})

    assert score == ItemScore("one", True, pytest.approx(earned), earned == 1)


@given(st.fixed_dictionaries(dict.fromkeys(RIGHT, WORDS)), st.sampled_from(sorted(RIGHT)))
def test_mending_a_gap_never_costs(words, gap):
    assert 0 <= points(words) <= points(words | {gap: RIGHT[gap]}) <= 1
