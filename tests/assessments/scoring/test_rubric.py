"""Points by a rubric: the worked example of its source, and what holds for every mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import ItemScore, score_item
from assessments.scoring.rubric import score_rubric
from tests.factories import items

ONE_TO_FOUR = items.long_text(a=(1, 2, 3, 4), b=(1, 2, 3, 4))
UNEVEN = items.long_text(a=(0, 3, 5), b=(1, 2))
MARKS = st.fixed_dictionaries({"a": st.sampled_from((0, 3, 5)), "b": st.sampled_from((1, 2))})
LETTER = {"text": "Dear Bea."}


def test_the_example_of_the_source():
    assert score_rubric(ONE_TO_FOUR, {"a": 2, "b": 3}) == 0.5


@pytest.mark.parametrize(("mark", "earned"), [({"a": 1, "b": 1}, 0), ({"a": 4, "b": 4}, 1)])
def test_the_lowest_levels_earn_nothing_and_the_highest_all(mark, earned):
    assert score_item(ONE_TO_FOUR, LETTER, mark) == ItemScore("one", True, earned, None)


@given(MARKS, st.sampled_from("ab"))
def test_a_higher_level_always_earns_more(mark, criterion):
    best = {"a": 5, "b": 2}[criterion]
    raised = score_rubric(UNEVEN, mark | {criterion: best})

    assert 0 <= score_rubric(UNEVEN, mark) <= raised <= 1
    assert (raised > score_rubric(UNEVEN, mark)) == (mark[criterion] < best)


def test_without_a_mark_an_answer_waits_and_nothing_stands_for_it():
    waiting = ItemScore("one", True, None, None, awaits_marking=True)

    assert score_item(ONE_TO_FOUR, LETTER) == waiting


def test_a_text_that_fits_a_pattern_needs_no_lead():
    item = items.marked_short_text("what did I *", "* missed")

    for text in ("What did I miss?", "“What did I – sorry – miss?”", "So what have I missed"):
        assert score_item(item, {"text": text}) == ItemScore("one", True, 1.0, True)
    assert score_item(item, {"text": "What else?"}).awaits_marking
