"""Reading grades: known values, and silence where there is too little text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.readability import reading_grade

SIX_WORDS = "The cat sat on the mat. "


def test_grade_of_a_text_follows_both_formulas():
    grade = reading_grade(SIX_WORDS * 20)

    # 17 letters to 6 words to 1 sentence, worked out by hand.
    assert grade.words == 120
    assert grade.ari == pytest.approx(4.71 * 17 / 6 + 0.5 * 6 - 21.43)
    assert grade.coleman_liau == pytest.approx(0.0588 * 283.33 - 0.296 * 16.667 - 15.8, abs=0.01)
    assert grade.grade == pytest.approx((grade.ari + grade.coleman_liau) / 2)


def test_a_text_below_100_words_has_no_grade():
    assert reading_grade("word " * 99) is None
    assert reading_grade("word " * 100) is not None


def test_longer_sentences_and_longer_words_raise_the_grade():
    plain = reading_grade("We can call you. " * 40).grade
    joined = reading_grade("We can call you and we can call you. " * 20).grade
    stilted = reading_grade(
        "Representatives will subsequently telephone beneficiaries. " * 40
    ).grade

    assert plain < joined < stilted


@pytest.mark.parametrize(
    "text",
    [
        "We call you. " * 50,
        "We call you.” " * 50,
        "We call you?\n" * 50,
        "We call you\n" * 50,
        "- We call you…\n" * 50,
    ],
)
def test_quotes_line_breaks_and_marks_end_a_sentence_alike(text):
    assert reading_grade(text) == reading_grade("We call you. " * 50)


def test_a_number_or_a_short_form_is_one_word():
    grade = reading_grade("It’s 62.40 by 3:30. " * 30)

    assert grade.words == 120


@given(st.text(max_size=2000))
def test_any_text_can_be_graded(text):
    grade = reading_grade(text)

    assert grade is None or grade.words >= 100
