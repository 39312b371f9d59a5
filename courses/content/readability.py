"""How hard a text is to read, as a US school grade."""

import re
from dataclasses import dataclass

FEWEST_WORDS = 100

_SENTENCE_END = re.compile(r"[.!?\u2026]+[\u201d\u2019\"')\]]*(?=\s|$)")
_WORD = re.compile(r"\w+(?:[\u2019'.,:-]\w+)*")


@dataclass(frozen=True)
class ReadingGrade:
    """Two independent estimates of the school grade a text asks for."""

    words: int
    ari: float
    coleman_liau: float

    @property
    def grade(self) -> float:
        """The mean of both estimates."""
        return (self.ari + self.coleman_liau) / 2


def reading_grade(text: str) -> ReadingGrade | None:
    """Grade a plain text; None below 100 words, where such formulas say nothing.

    A line break ends a sentence, so that list items and headings count as they are read.

    Sources: the Automated Readability Index (Senter and Smith, 1967) and the index of Coleman
    and Liau (1975). Both count characters, not syllables, and need no word list.
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    letters = sum(character.isalnum() for word in words for character in word)
    letters_per_word = letters / len(words)
    words_per_sentence = len(words) / sentence_count(text)
    return ReadingGrade(
        words=len(words),
        ari=4.71 * letters_per_word + 0.5 * words_per_sentence - 21.43,
        coleman_liau=5.88 * letters_per_word - 29.6 / words_per_sentence - 15.8,
    )


def sentence_count(text: str) -> int:
    """Return how many sentences a plain text has; a line break ends one."""
    pieces = (piece for line in text.splitlines() for piece in _SENTENCE_END.split(line))
    return sum(bool(_WORD.search(piece)) for piece in pieces)
