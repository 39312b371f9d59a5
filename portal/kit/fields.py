"""Form fields that several apps use."""

from typing import Any

from django import forms


class WordsField(forms.CharField):
    """Some words of a person's own; a line break counts as one character, as it does to them."""

    def to_python(self, value: Any) -> str:
        """Return the text as `tidy_words` leaves it."""
        return tidy_words(super().to_python(value) or "")


def tidy_words(text: str) -> str:
    """Return a text without the space around it, with plain line breaks.

    Null characters, which no database takes, come with text pasted from other programs.
    """
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
