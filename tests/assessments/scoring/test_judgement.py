"""Points where replies are judged: worked examples, and what holds for every answer."""

from functools import cache
from itertools import combinations, permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from tests.factories import items

KEYS = st.lists(st.integers(2, 10).map(lambda half: half / 2), min_size=3, max_size=6).filter(
    lambda key: len(set(key)) > 1
)


def points(item, payload) -> float:
    return score_item(item, payload).points


def points_for_ratings(key, ratings) -> float:
    item = rated(tuple(key))
    return points(item, {"ratings": dict(zip(item.option_ids(), ratings, strict=True))})


@cache
def rated(key):
    return items.rate_each(key)


# Best and worst


@pytest.mark.parametrize(
    ("best", "worst", "earned"),
    [
        ("A", "C", 1),
        ("A", "B", 0.5),
        ("B", "C", 0.5),
        ("B", "D", 0),
        ("B", "A", 0),
        ("C", "A", 0),  # the worst as best
        ("C", "B", 0),
    ],
)
def test_worked_examples_of_best_and_worst(best, worst, earned):
    score = score_item(items.best_worst("A", "C"), {"best": best, "worst": worst})

    assert score == ItemScore("one", True, earned, earned == 1)


# Rate each


@pytest.mark.parametrize(
    ("ratings", "earned"),
    [
        ((5, 3, 2, 2), 1),
        # By hand: z of the ratings 1.265, .632, -.632, -1.265; of the key 1.633, 0, -.816, -.816.
        # Their mean distance is .408; the largest one, from 1, 1, 5, 5, is 1.816.
        ((5, 4, 2, 1), 1 - 0.4082 / 1.8165),
        ((1, 1, 5, 5), 0),
        ((3, 3, 3, 3), 0),
    ],
)
def test_worked_examples_of_ratings(ratings, earned):
    assert points_for_ratings((5, 3, 2, 2), ratings) == pytest.approx(earned, abs=1e-3)


def test_a_rating_is_nearer_or_further_not_right_or_wrong():
    score = score_item(items.rate_each((5, 3, 1)), {"ratings": {"A": 5, "B": 3, "C": 1}})

    assert score == ItemScore("one", True, pytest.approx(1), None)


@given(KEYS, st.data())
def test_ratings_earn_between_nothing_and_one_point(key, data):
    ratings = data.draw(st.tuples(*[st.integers(1, 5)] * len(key)))

    assert 0 <= points_for_ratings(key, ratings) <= 1


@given(KEYS)
def test_the_key_itself_earns_the_whole_point(key):
    doubled = [round(2 * rating) for rating in key]
    assume(max(doubled) - min(doubled) <= 4)
    shifted = [rating - min(doubled) + 1 for rating in doubled]

    assert points_for_ratings(key, shifted) == pytest.approx(1)


@given(st.lists(st.integers(1, 3), min_size=3, max_size=5).filter(lambda one: len(set(one)) > 1))
def test_how_somebody_uses_the_scale_does_not_matter(ratings):
    key = [5.0, 1.0, 3.0, 2.0, 4.0][: len(ratings)]
    kinder = [rating + 2 for rating in ratings]
    wider = [2 * rating - 1 for rating in ratings]

    expected = pytest.approx(points_for_ratings(key, ratings))
    assert points_for_ratings(key, kinder) == expected
    assert points_for_ratings(key, wider) == expected


@given(KEYS, st.data())
def test_the_order_of_the_options_does_not_matter(key, data):
    ratings = data.draw(st.tuples(*[st.integers(1, 5)] * len(key)))
    places = data.draw(st.permutations(range(len(key))))
    moved_key = [key[place] for place in places]
    assume(any(moved_key))

    assert points_for_ratings(moved_key, [ratings[place] for place in places]) == pytest.approx(
        points_for_ratings(key, ratings)
    )


@pytest.mark.parametrize("key", [(5, 3, 1), (4.5, 4, 1.5), (5, 3, 2, 2)])
def test_the_scale_of_points_is_used_to_both_ends(key):
    earned = [
        points_for_ratings(key, ratings)
        for ratings in product(range(1, 6), repeat=len(key))
        if len(set(ratings)) > 1
    ]

    assert min(earned) == pytest.approx(0)
    assert max(earned) > 0.9


def test_moving_the_best_reply_down_the_ranking_costs_more_each_time():
    by_place = [
        points_for_ratings((5, 3, 1), ratings) for ratings in ((5, 3, 1), (3, 5, 1), (1, 5, 3))
    ]

    assert by_place == sorted(by_place, reverse=True)
    assert len(set(by_place)) == 3


# Rank all


@cache
def ranked(key):
    return items.rank_all(key)


def points_for_order(key, order) -> float:
    return points(ranked(tuple(key)), {"order": list(order)})


@pytest.mark.parametrize(
    ("order", "earned"),
    [
        ("ABCD", 1),
        ("ABDC", 1),  # C and D are rated the same
        # By hand: z of the places 1.342, .447, -.447, -1.342; of the key 1.633, 0, -.816, -.816.
        # Mean distances: .408 with the key, 1.711 against it, and .856 with A and B exchanged.
        ("BACD", (1.711 - 0.856) / (1.711 - 0.408)),
        ("DCBA", 0),
        ("CDBA", 0),
    ],
)
def test_worked_examples_of_ranking(order, earned):
    assert points_for_order((5, 3, 2, 2), order) == pytest.approx(earned, abs=1e-3)


def test_a_ranking_is_nearer_or_further_not_right_or_wrong():
    score = score_item(items.rank_all((5, 3, 1)), {"order": ["A", "B", "C"]})

    assert score == ItemScore("one", True, pytest.approx(1), None)


@given(KEYS)
def test_with_the_key_earns_the_point_and_against_it_nothing_and_all_lie_between(key):
    letters = "ABCDEF"[: len(key)]
    with_key = sorted(letters, key=lambda one: -key[letters.index(one)])
    every = [points_for_order(key, order) for order in permutations(letters)]

    assert points_for_order(key, with_key) == pytest.approx(1)
    assert points_for_order(key, with_key[::-1]) == pytest.approx(0)
    assert all(0 <= earned <= 1 for earned in every)


@given(KEYS, st.data())
def test_mending_any_two_places_never_costs(key, data):
    letters = "ABCDEF"[: len(key)]
    order = data.draw(st.permutations(letters))
    before = points_for_order(key, order)
    for first, second in combinations(range(len(key)), 2):
        mended = list(order)
        mended[first], mended[second] = order[second], order[first]
        gain = points_for_order(key, mended) - before
        if key[letters.index(order[first])] < key[letters.index(order[second])]:
            assert gain >= -1e-9
        elif key[letters.index(order[first])] == key[letters.index(order[second])]:
            assert gain == pytest.approx(0)


@given(KEYS, st.data())
def test_the_order_in_the_file_does_not_matter_to_a_ranking(key, data):
    letters = "ABCDEF"[: len(key)]
    order = data.draw(st.permutations(letters))
    places = data.draw(st.permutations(range(len(key))))
    renamed = {letters[place]: letters[number] for number, place in enumerate(places)}

    assert points_for_order(
        [key[place] for place in places], [renamed[one] for one in order]
    ) == pytest.approx(points_for_order(key, order))
