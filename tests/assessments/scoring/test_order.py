"""Points where steps are put in order: worked examples, and what holds for every answer."""

from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from tests.factories import items


def points(item, payload) -> float:
    return score_item(item, payload).points


@pytest.mark.parametrize(
    ("order", "earned"),
    [
        ("abcde", 1),  # ten pairs of ten
        ("bacde", 0.9),  # one pair the wrong way round
        ("bcdea", 0.6),  # the first step last: its four pairs
        ("edcba", 0),
    ],
)
def test_worked_examples_of_credit_per_pair(order, earned):
    score = score_item(items.ordering("abcde"), {"order": list(order)})

    assert score == ItemScore("one", True, pytest.approx(earned), earned == 1)


@given(st.permutations("abcde"), st.integers(0, 3))
def test_mending_two_neighbors_earns_exactly_one_pair(order, place):
    assume(order[place] > order[place + 1])
    mended = list(order)
    mended[place], mended[place + 1] = mended[place + 1], mended[place]
    item = items.ordering("abcde")

    gain = points(item, {"order": mended}) - points(item, {"order": order})
    assert gain == pytest.approx(0.1)


@given(st.permutations("abcde"))
def test_the_names_of_the_steps_do_not_matter(order):
    renamed = ["vwxyz"[ascii_lowercase.index(step)] for step in order]

    assert points(items.ordering("abcde"), {"order": order}) == points(
        items.ordering("vwxyz"), {"order": renamed}
    )
