"""Points: the worked example of each rule's source, and what must hold for every answer."""

from functools import cache
from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.responses import InvalidResponse
from assessments.scoring import ItemScore, QuizScore, score_item, score_quiz
from courses.content.quiz import parse_quiz
from tests.factories import items
from tests.factories.contents import option, quiz_raw

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


# One right option


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


# Several right options


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


# Ordering


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


# Own words


def test_no_software_scores_a_reply_in_own_words():
    score = score_item(items.short_text(), {"text": "Three times?", "held": ["times"]})

    assert score == ItemScore("one", True, None, None)


# Whole quizzes


def quiz_with(pass_mark: int, count: int = 3):
    single = {
        "type": "single_choice",
        "title": "The item",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What now?",
        "rationale": "Because.",
        "options": [option("A", right=True), option("B")],
    }
    own_words = {
        "id": "words",
        "type": "short_text",
        "title": "Own words",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What do you say?",
        "rationale": "Because.",
        "replies": ["“So.”"],
        "checklist": [{"id": "times", "text": "Times?", "because": "So."}],
    }
    scored = [single | {"id": f"s{number}"} for number in range(count)]
    return parse_quiz(quiz_raw(pass_mark=pass_mark, items=[*scored, own_words]))


def test_a_quiz_adds_up_and_leaves_out_what_cannot_be_scored():
    score = score_quiz(
        quiz_with(60), {"s0": {"option": "A"}, "s1": {"option": "B"}, "words": {"text": "So."}}
    )

    assert score == QuizScore(
        items=(
            ItemScore("s0", True, 1.0, True),
            ItemScore("s1", True, 0.0, False),
            ItemScore("s2", False, 0.0, None),
            ItemScore("words", True, None, None),
        ),
        points=1.0,
        out_of=3,
        passed=False,
    )
    assert score.percent == pytest.approx(100 / 3)


def test_an_empty_attempt_earns_nothing():
    score = score_quiz(quiz_with(60), {})

    assert (score.points, score.out_of, score.passed) == (0, 3, False)
    assert [one.answered for one in score.items] == [False] * 4


@pytest.mark.parametrize(
    ("pass_mark", "right", "passed"),
    [(0, 0, True), (60, 2, True), (66, 2, True), (67, 2, False), (100, 3, True), (100, 2, False)],
)
def test_reaching_the_pass_mark_is_enough(pass_mark, right, passed):
    answers = {f"s{number}": {"option": "A"} for number in range(right)}

    assert score_quiz(quiz_with(pass_mark), answers).passed is passed


def test_rounding_never_costs_a_pass():
    quiz = quiz_with(70, count=10)

    assert score_quiz(quiz, {f"s{n}": {"option": "A"} for n in range(7)}).passed


@pytest.mark.parametrize("answers", ["ABB", "BAB", "BBA"])
def test_which_items_were_right_does_not_change_the_sum(answers):
    responses = {f"s{number}": {"option": one} for number, one in enumerate(answers)}

    assert score_quiz(quiz_with(60), responses).points == 1


def test_an_unusable_answer_is_never_scored():
    with pytest.raises(InvalidResponse, match="Choose one answer"):
        score_quiz(quiz_with(60), {"s0": {"option": "Z"}})
