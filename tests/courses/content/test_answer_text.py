"""Comparing short answers: what does not matter in the typing, and what does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.answer_text import comparable, fits_pattern, is_accepted


@pytest.mark.parametrize(
    "typed",
    [
        "don't know",
        "  DON’T   know. ",
        "“Don‘t\u00a0know”",
        "don't\tknow\n",
        "ｄｏｎ＇ｔ ｋｎｏｗ",  # full width
        "don\u00ad't know\u200b",  # a soft hyphen, a zero width space
    ],
)
def test_case_space_width_quotes_and_outer_punctuation_do_not_matter(typed):
    assert is_accepted(typed, ("Don’t know",))


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("cafe\u0301", "café"),  # two ways to write one letter
        ("STRASSE", "Straße"),
        ("ﬁle", "file"),
        ("follow—up", "follow-up"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_two_ways_to_write_one_word_are_alike(typed, accepted):
    assert is_accepted(typed, (accepted,))


@pytest.mark.parametrize(
    ("typed", "accepted"), [("cafe", "café"), ("old house", "oldhouse"), ("old", "olds"), ("", "a")]
)
def test_other_words_are_other_words(typed, accepted):
    assert not is_accepted(typed, (accepted,))


@given(st.text())
def test_what_is_comparable_stays_as_it_is(text):
    assert comparable(comparable(text)) == comparable(text)


@given(st.text(), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_never_matters_in_plain_letters(text, change):
    plain = "".join(one for one in text if one.isascii())

    assert comparable(change(plain)) == comparable(plain)


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("what did I miss", ["What did I miss?", "“what, did I miss”"], ["So what did I miss", ""]),
        ("what * miss", ["What miss", "What did I — sorry — miss?"], ["what did I"]),
        (
            "* three times *",
            ["Three times.", "You said so three times, Bea."],
            ["three threetimes"],
        ),
        ("a * b * a", ["a b a", "a x b x a"], ["a b", "a a b", "a"]),
        ("* miss", ["miss", "I did miss"], ["missed"]),
    ],
)
def test_a_star_stands_for_any_words(pattern, fits, does_not):
    assert [fits_pattern(text, pattern) for text in fits] == [True] * len(fits)
    assert [fits_pattern(text, pattern) for text in does_not] == [False] * len(does_not)


WORDS = st.lists(st.sampled_from(["one", "two", "three"]), max_size=6)


@given(WORDS, WORDS, WORDS)
def test_a_star_takes_whatever_stands_in_its_place(before, between, after):
    text = " ".join([*before, *between, *after])

    assert fits_pattern(text, " ".join([*before, "*", *after]))
    assert fits_pattern(text, text)
    assert fits_pattern(text, "*")


@given(st.text(), st.text())
def test_any_pattern_answers(text, pattern):
    assert fits_pattern(text, pattern) in (True, False)
