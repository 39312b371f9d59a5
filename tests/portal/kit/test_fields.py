"""Words of a person's own are taken as they see them."""

import pytest
from django.core.exceptions import ValidationError

from portal.kit.fields import WordsField


def test_a_line_break_counts_as_one_character() -> None:
    assert WordsField(max_length=5).clean("ab\r\ncd") == "ab\ncd"


def test_space_around_and_null_characters_are_dropped() -> None:
    assert WordsField().clean(" \x00 pasted\x00 words\r\n") == "pasted words"


def test_no_words_are_none() -> None:
    assert WordsField(required=False).clean(None) == ""
    with pytest.raises(ValidationError):
        WordsField().clean(" \r\n ")


def test_words_in_any_script_are_counted_by_character() -> None:
    assert WordsField(max_length=3).clean("प्र") == "प्र"
    with pytest.raises(ValidationError):
        WordsField(max_length=3).clean("four")
