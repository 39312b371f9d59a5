"""Points where options are chosen: worked examples, and what holds for every answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from tests.factories import items


def points(item, payload) -> float:
    return score_item(item, payload).points


@pytest.mark.parametrize(
    "item",
    [
        items.single_choice("B"),
        items.single_choice("B", type_="mark_sentence"),
    ],
)
def test_the_right_option_earns_the_point_and_no_other_does(item):
    assert score_item(item, {"option": "B"}) == ItemScore("one", True, 1.0, True)
    assert score_item(item, {"option": "A"}) == ItemScore("one", True, 0.0, False)


def test_true_or_false():
    item = items.true_false(answer=False)

    assert [points(item, {"option": one}) for one in ("true", "false")] == [0, 1]


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ("AC", 1),  # both of two
        ("A", 1 / 2),  # one of two
        ("ACB", 1 - 1 / 3),  # both, and one of three others
        ("AB", 1 / 2 - 1 / 3),
        ("ABCDE", 0),  # everything
        ("BDE", 0),  # never below nothing
    ],
)
def test_worked_examples_of_several_right_options(chosen, earned):
    item = items.multiple_choice(right="AC", others="BDE")

    assert points(item, {"options": list(chosen)}) == pytest.approx(earned)


@given(st.sets(st.sampled_from("ABCDE"), min_size=1), st.sampled_from("ABCDE"))
def test_another_right_option_never_costs_and_another_wrong_one_never_pays(chosen, another):
    item = items.multiple_choice(right="AC", others="BDE")
    before = points(item, {"options": list(chosen)})
    after = points(item, {"options": [*chosen, another]})

    assert 0 <= before <= 1
    assert (after >= before) if another in "AC" else (after <= before)


@given(st.permutations("ABCD"))
def test_the_order_of_choosing_does_not_matter(chosen):
    item = items.multiple_choice(right="AC", others="BDE")

    assert points(item, {"options": chosen}) == points(item, {"options": list("ABCD")})
