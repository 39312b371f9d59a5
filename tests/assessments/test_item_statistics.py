"""The statistics of a quiz: a published example, and what follows from it for an author."""

from itertools import combinations
from math import isclose, sqrt
from random import Random
from statistics import correlation, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_statistics import (
    ENOUGH_ATTEMPTS,
    Flag,
    Raised,
    Rate,
    choice_rates,
    discrimination,
    facility,
    flags_of,
    median_seconds,
    reliability,
    spread_of,
)
from assessments.item_sums import ItemSeen, ItemSums, QuizSums
from tests.factories.items import short_text, single_choice

# Section 6 of the Law School Admission Test, 1000 people, five items: how often each pattern of
# right and wrong occurred. Bock and Lieberman (1970), Psychometrika 35, 179-197.
LSAT = """
00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01010:0
01011:16 01100:0 01101:3 01110:2 01111:15 10000:10 10001:29 10010:14 10011:81 10100:3 10101:28
10110:15 10111:80 11000:16 11001:56 11010:21 11011:173 11100:11 11101:61 11110:28 11111:298
"""
ITEMS = "abcde"


def lsat() -> list[dict[str, float]]:
    """Return the points of each person."""
    found = []
    for entry in LSAT.split():
        pattern, times = entry.split(":")
        found += [dict(zip(ITEMS, map(float, pattern), strict=True))] * int(times)
    return found


def item_sums(people: list[dict[str, float]], item: str) -> ItemSums:
    sums = ItemSums()
    for points in people:
        rest = (sum(points.values()) - points[item]) / (len(points) - 1)
        percent = int(100 * sum(points.values()) / len(points))
        sums.add(ItemSeen(points[item], rest, percent, ("A" if points[item] else "B",)))
    return sums


def quiz_sums(people: list[dict[str, float]]) -> QuizSums:
    sums = QuizSums()
    for points in people:
        sums.add(points)
    return sums


def answered(choices: str, *, strong: str, times: int = 20) -> ItemSums:
    """Return the sums of an item keyed B, of as many weak agents as strong ones."""
    sums = ItemSums()
    for percent, chosen in ((20, choices), (50, choices), (90, strong)):
        for letter in chosen * (times // len(chosen)):
            sums.add(ItemSeen(float(letter == "B"), percent / 100, percent, (letter,)))
    return sums


# The published example


def test_facility_and_corrected_correlation_are_those_of_the_published_example() -> None:
    """As `descript(LSAT)` of ltm prints them: proportions, and “Excluded” point biserials."""
    sums = [item_sums(lsat(), item) for item in ITEMS]
    assert [facility(one) for one in sums] == [0.924, 0.709, 0.553, 0.763, 0.87]
    found = [round(discrimination(one) or 0, 4) for one in sums]
    assert found == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_alpha_is_that_of_the_published_example_and_so_is_kr_20() -> None:
    found = reliability(quiz_sums(lsat()), is_drawn=False)
    assert found
    assert round(found.value, 4) == 0.2950
    shares = [0.924, 0.709, 0.553, 0.763, 0.87]
    totals = [sum(one.values()) for one in lsat()]
    variance = stdev(totals) ** 2 * 999 / 1000
    kr20 = 5 / 4 * (1 - sum(p * (1 - p) for p in shares) / variance)
    assert isclose(found.value, kr20, abs_tol=1e-9)
    assert isclose(found.points_error, 20 * stdev(totals) * sqrt(1 - found.value))
    assert round(found.error, 4) == 0.0353  # (1 - .295) * sqrt(2 * 5 / (4 * 998))


def test_mean_and_spread_are_those_of_the_scores() -> None:
    totals = [20 * sum(one.values()) for one in lsat()]
    mean, spread = spread_of(quiz_sums(lsat())) or (0, 0)
    assert isclose(mean, sum(totals) / 1000)
    assert isclose(spread, stdev(totals))


# Sums


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=3, max_size=30))
def test_the_correlation_is_that_of_the_points_with_the_rest(rows) -> None:
    people = [dict(zip("abc", row, strict=True)) for row in rows]
    xs, rests = [one["a"] for one in people], [one["b"] + one["c"] for one in people]
    found = discrimination(item_sums(people, "a"))
    if found is not None and stdev(xs) > 1e-3 and stdev(rests) > 1e-3:
        assert isclose(found, correlation(xs, rests), abs_tol=1e-6)


def test_sums_of_parts_are_the_sums_of_the_whole_also_after_being_kept() -> None:
    people = lsat()
    parts = [item_sums(people[:400], "a"), item_sums(people[400:], "a")]
    first = ItemSums.from_json(parts[0].to_json())
    first.take_in(parts[1])
    whole = item_sums(people, "a")
    assert (first.attempts, first.scores, first.choices) == (1000, whole.scores, whole.choices)
    assert isclose(first.xr, whole.xr)
    quizzes = [QuizSums.from_json(quiz_sums(some).to_json()) for some in (people[:9], people[9:])]
    quizzes[0].take_in(quizzes[1])
    assert quizzes[0].items == quiz_sums(people).items


def test_nothing_is_said_where_nobody_differs() -> None:
    same = [dict.fromkeys(ITEMS, 1.0)] * 50
    assert discrimination(item_sums(same, "a")) is None
    assert reliability(quiz_sums(same), is_drawn=False) is None
    assert choice_rates(item_sums(same, "a")) == ()
    assert reliability(QuizSums(), is_drawn=True) is None
    assert (facility(ItemSums()), median_seconds(ItemSums())) == (None, None)


def test_a_drawn_quiz_counts_the_luck_of_the_draw_as_error() -> None:
    """Items of unlike difficulty, of which each person gets three of five."""
    draws = list(combinations(ITEMS, 3))
    people = [
        {item: one[item] for item in draws[number % len(draws)]}
        for number, one in enumerate(lsat())
    ]
    drawn = reliability(quiz_sums(people), is_drawn=True)
    fixed = reliability(quiz_sums([{i: one[i] for i in "abc"} for one in lsat()]), is_drawn=False)
    assert drawn
    assert fixed
    assert drawn.value < fixed.value


def test_strong_people_make_a_reliable_quiz() -> None:
    luck = Random(4)
    people = []
    for _ in range(600):
        skill = luck.random()
        people.append({item: float(luck.random() < skill) for item in "abcdefghij"})
    for is_drawn in (True, False):
        found = reliability(quiz_sums(people), is_drawn=is_drawn)
        assert found
        assert 0.8 < found.value < 0.92
        assert found.error < 0.02


# Time


def test_the_median_time_is_not_moved_by_one_who_went_to_lunch() -> None:
    sums = ItemSums()
    for seconds in (12, 15, 18, 21, 9000):
        sums.add(ItemSeen(1, 1, 50, seconds=seconds))
    assert median_seconds(sums) == 18
    assert "3600" in sums.seconds


# Choices by third


def test_choice_rates_are_those_of_the_upper_and_the_lower_third() -> None:
    assert choice_rates(answered("AB", strong="B")) == (
        Rate("A", upper=0, lower=0.5, overall=pytest.approx(1 / 3)),
        Rate("B", upper=1, lower=0.5, overall=pytest.approx(2 / 3)),
    )


# What an author is told


@pytest.mark.parametrize(
    ("sums", "flags"),
    [
        (answered("AABCC", strong="B"), []),
        (
            answered("AABBC", strong="C"),
            ["strong_choose_other C", "turned_around", "not_as_meant"],
        ),
        (answered("B", strong="B"), ["never_chosen A", "never_chosen C", "all_know"]),
        (answered("AB", strong="B"), ["never_chosen C"]),
        (answered("ABC", strong="ABC", times=21), ["hardly_tells", "not_as_meant"]),
        (answered("AC", strong="AAAAC"), ["strong_choose_other A", "hardly_any"]),
    ],
)
def test_an_item_is_flagged_for_what_is_wrong_with_it(sums, flags) -> None:
    found = flags_of(single_choice("B"), sums)
    assert [f"{one.flag} {one.option}".strip() for one in found] == flags


def test_what_is_often_left_out_is_said_of_any_type() -> None:
    sums = ItemSums()
    for number in range(40):
        sums.add(ItemSeen(None, 0.5, 50, is_answered=number % 4 != 0))
    assert flags_of(short_text(), sums) == (Raised(Flag.OFTEN_OMITTED),)


def test_few_attempts_flag_nothing() -> None:
    sums = answered("A", strong="A", times=(ENOUGH_ATTEMPTS - 1) // 3)
    assert sums.attempts < ENOUGH_ATTEMPTS
    assert flags_of(single_choice("B"), sums) == ()
