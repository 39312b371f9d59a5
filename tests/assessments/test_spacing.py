"""When a card comes back: never twice a day, never after more than 35 days, always the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.spacing import (
    LONGEST_GAP_DAYS,
    Grade,
    Review,
    grade_of,
    standing_after,
)

MONDAY = date(2026, 11, 23)
NOT_YET, NEARLY, REMEMBERED = Grade


def played(grades, late_days=0):
    """Answer on the day on which the card is due, or some days later; return the reviews."""
    reviews = []
    for grade in grades:
        due_on = standing_after(MONDAY, reviews).due_on
        if due_on is None:
            break
        reviews.append(Review(due_on + timedelta(days=late_days), grade))
    return reviews


def gaps(grades, late_days=0):
    """Return how many days each review puts the card off; the first entry is the new card's."""
    found = []
    reviews = played(grades, late_days)
    for count in range(len(reviews) + 1):
        before = reviews[count - 1].on if count else MONDAY
        due_on = standing_after(MONDAY, reviews[:count]).due_on
        found.append(due_on and (due_on - before).days)
    return found


def test_remembered_each_time_the_gaps_grow_much_as_the_table_of_gaps_says():
    assert gaps([REMEMBERED] * 9) == [1, 2, 6, 17, 35, None]


def test_what_was_forgotten_comes_back_the_next_day_and_grows_again():
    assert gaps([NOT_YET, NOT_YET, REMEMBERED, REMEMBERED, REMEMBERED]) == [1, 1, 1, 1, 1, 2]
    assert gaps([REMEMBERED, REMEMBERED, NOT_YET, REMEMBERED]) == [1, 2, 6, 1, 2]


def test_nearly_is_between():
    for before in ([], [REMEMBERED], [REMEMBERED, REMEMBERED]):
        not_yet, nearly, remembered = (gaps([*before, grade])[-1] for grade in Grade)
        assert not_yet <= nearly <= remembered


def test_remembered_after_a_holiday_it_is_put_off_further():
    assert gaps([REMEMBERED] * 3, late_days=14)[-1] >= gaps([REMEMBERED] * 3)[-1]


def test_only_what_is_remembered_after_the_longest_gap_need_not_come_back():
    assert gaps([REMEMBERED] * 4 + [NEARLY])[-1] == LONGEST_GAP_DAYS
    assert gaps([REMEMBERED] * 4 + [NOT_YET])[-1] not in (None, LONGEST_GAP_DAYS)
    assert gaps([REMEMBERED] * 4 + [NEARLY, REMEMBERED])[-1] is None


@given(st.lists(st.sampled_from(Grade), max_size=12), st.integers(0, 400))
def test_whatever_is_answered_it_comes_back_within_1_to_35_days(grades, late_days):
    assert all(1 <= gap <= LONGEST_GAP_DAYS for gap in gaps(grades, late_days) if gap is not None)


@given(st.lists(st.sampled_from(Grade), max_size=12))
def test_the_same_reviews_always_give_the_same_standing(grades):
    reviews = played(grades)
    assert standing_after(MONDAY, reviews) == standing_after(MONDAY, iter(reviews))


@pytest.mark.parametrize(
    ("share", "grade"),
    [(0, NOT_YET), (0.49, NOT_YET), (0.5, NEARLY), (0.74, NEARLY), (0.75, REMEMBERED)],
)
def test_a_share_of_the_points_is_a_grade(share, grade):
    assert grade_of(share) is grade


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_points_are_never_a_lower_grade(one, other):
    lower, higher = sorted((one, other))
    assert grade_of(lower) <= grade_of(higher)
