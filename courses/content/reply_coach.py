"""What a coach may say about a typed reply: observations about places in the text, and no more.

`ReplyCoach` is the interface; `RuleCoach` is the one that is always there. An observation names the
rule behind it and where in the text it applies. There is no field for a score, and no observation
means nothing at all: rules miss most of what people write.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from courses.content.readability import reading_grade
from courses.content.reply_phrases import (
    COMMON_ENGLISH,
    JARGON,
    OPEN_QUESTION_STARTS,
    STOCK_PHRASES,
    WHO_WILL_ACT,
)

LONGEST_REPLY = 2000
FEWEST_COMMON_WORDS = 0.2

_QUESTION_MARKS = "?？؟\u037e՞⁇⁈⁉"  # U+037E is the Greek one
_CLOSING = "\"'”’»」』)]"
_JOINERS = "\u200d\ufe0e\ufe0f"


class Rule(StrEnum):
    """What an observation goes by."""

    OPEN_QUESTION = "open-question"
    QUESTION = "question"
    STACKED_QUESTIONS = "stacked-questions"
    JARGON = "jargon"
    NEXT_STEP = "next-step"
    STOCK_PHRASE = "stock-phrase"
    READING_GRADE = "reading-grade"


@dataclass(frozen=True, order=True)
class Observation:
    """A place in the text, in code points from `start` to before `end`, and the rule behind it.

    `grade` is a school grade, for `READING_GRADE` alone.
    """

    start: int
    end: int
    rule: Rule
    grade: int | None = None


class ReplyCoach(Protocol):
    """Something that makes observations about a reply."""

    @property
    def stays_here(self) -> bool:
        """Whether the text never leaves this server; a page tells its reader so."""

    def observe(self, text: str) -> tuple[Observation, ...]:
        """Return observations about a text of up to `LONGEST_REPLY` characters."""


@dataclass(frozen=True)
class RuleCoach:
    """The local coach: word lists and question marks, the same for everybody, nothing learned."""

    stays_here: bool = True

    def observe(self, text: str) -> tuple[Observation, ...]:
        """Return what the rules find, in the order of the text."""
        sentences = tuple(_sentences(text))
        found = (
            *_questions(text, sentences),
            *_next_steps(text, sentences),
            *(Observation(start, end, Rule.JARGON) for start, end in _listed(_JARGON, text)),
            *(Observation(start, end, Rule.STOCK_PHRASE) for start, end in _listed(_STOCK, text)),
            *_reading(text),
        )
        return tuple(sorted(found))


def usable_observations(text: str, found: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return, in order, those observations whose place is in the text; for coaches not ours."""
    return tuple(sorted({one for one in found if 0 <= one.start < one.end <= len(text)}))


@dataclass(frozen=True)
class _Sentence:
    start: int
    end: int
    is_question: bool


def _sentences(text: str) -> Iterator[_Sentence]:
    """Cut a text after full stops, question marks of any script, and line breaks."""
    start = 0
    for mark in _END.finditer(text):
        end = _past_marks(text, mark.end())
        yield from _sentence(text, start, end, any(one in _QUESTION_MARKS for one in mark[0]))
        start = end
    yield from _sentence(text, start, len(text), is_question=False)


def _sentence(text: str, start: int, end: int, is_question: bool) -> Iterator[_Sentence]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    if any(one.isalnum() for one in piece):
        yield _Sentence(start, start + len(piece.strip()), is_question)


def _questions(text: str, sentences: tuple[_Sentence, ...]) -> Iterator[Observation]:
    run: list[_Sentence] = []
    for sentence in (*sentences, None):
        if sentence and sentence.is_question:
            run.append(sentence)
            is_open = _OPEN.match(text, sentence.start, sentence.end)
            rule = Rule.OPEN_QUESTION if is_open else Rule.QUESTION
            yield Observation(sentence.start, sentence.end, rule)
            continue
        if len(run) > 1:
            yield Observation(run[0].start, run[-1].end, Rule.STACKED_QUESTIONS)
        run = []


def _next_steps(text: str, sentences: tuple[_Sentence, ...]) -> Iterator[Observation]:
    for one in sentences:
        piece = text[one.start : one.end]
        if not one.is_question and any(_listed(_ACTS, piece)) and any(_listed(_TIME, piece)):
            yield Observation(one.start, one.end, Rule.NEXT_STEP)


def _reading(text: str) -> Iterator[Observation]:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if not words or sum(word in COMMON_ENGLISH for word in words) / len(words) < (
        FEWEST_COMMON_WORDS
    ):
        return
    if found := reading_grade(text):
        yield Observation(0, len(text), Rule.READING_GRADE, grade=max(round(found.grade), 1))


def _listed(listed: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a listed expression stands by itself: not as a part of a longer word."""
    for found in listed.finditer(text):
        following = text[found.end() : found.end() + 1]
        if not following or not _belongs_to_the_character_before(following):
            yield found.span()


def _past_marks(text: str, end: int) -> int:
    """Move an end past closing quotes, and past all that is drawn on the character before it."""
    while end < len(text) and (
        text[end] in _CLOSING or _belongs_to_the_character_before(text[end])
    ):
        end += 1
    return end


def _belongs_to_the_character_before(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


def _any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """Match any of these words as a whole, however spaced and with either apostrophe."""
    longest_first = sorted(expressions, key=len, reverse=True)
    spelled = (re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)
    either = "|".join(one.replace("'", "['\u2019]") for one in spelled)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


# A full stop inside 62.40 or a.m. ends nothing; one before a space, a quote or the end does.
_END = re.compile(
    rf"[{re.escape(_QUESTION_MARKS)}!！]+[?!]*|[。｡।۔\n]+|[.\u2026]+(?=[{re.escape(_CLOSING)}\s]|$)"
)
_OPEN = re.compile(
    r"(?:(?:and|so|but|okay|ok|well|thanks|thank you)[,.]?\s+)*"
    + _any_of(OPEN_QUESTION_STARTS).pattern,
    re.IGNORECASE,
)
_JARGON, _STOCK, _ACTS = _any_of(JARGON), _any_of(STOCK_PHRASES), _any_of(WHO_WILL_ACT)
_TIME = re.compile(
    r"(?<!\w)(?:"
    r"(?:by|on|until|before|this|next)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:at|by|morning|afternoon)"
    r"|today|tomorrow|tonight|this\s+(?:morning|afternoon|evening|week)|next\s+week"
    r"|(?:by|at|before|until)\s+(?:noon|\d{1,2}(?::\d\d)?(?:\s*[ap]\.?m)?)"
    r"|(?:in|within)\s+(?:the\s+next\s+)?(?:\d+|an?|one|two|three|four|five|ten|twenty|thirty)\s+"
    r"(?:business\s+|working\s+)?(?:minute|hour|day|week)s?"
    r")(?!\w)",
    re.IGNORECASE,
)
