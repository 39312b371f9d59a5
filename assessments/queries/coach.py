"""The coach of typed replies: which one speaks, and what it says in words.

The coach of rules in `courses.content.reply_coach` speaks unless an admin names another one in
`REPLY_COACH`. Another one is asked each time a page shows its observations, so one that goes over
a network would have to keep them first.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from courses.content.reply_coach import (
    Observation,
    ReplyCoach,
    Rule,
    RuleCoach,
    usable_observations,
)

logger = logging.getLogger(__name__)

_SAYS: Mapping[Rule, tuple[str | Promise, str | Promise]] = {
    Rule.OPEN_QUESTION: (
        _("This looks like an open question."),
        _("It begins with words that usually ask for a story, and ends with a question mark."),
    ),
    Rule.QUESTION: (_("This is a question."), _("It ends with a question mark.")),
    Rule.STACKED_QUESTIONS: (
        _("These are questions in a row."),
        _("Sentences with a question mark follow one another; people tend to answer the last."),
    ),
    Rule.JARGON: (
        _("This is on our list of insurance and clinic terms."),
        _("The list has words that many patients do not use."),
    ),
    Rule.NEXT_STEP: (
        _("This looks like a next step with a time."),
        _("It has somebody who will act, such as “I’ll”, and a day or a time."),
    ),
    Rule.STOCK_PHRASE: (
        _("This is on our list of stock phrases."),
        _("The list has phrases that callers hear everywhere."),
    ),
    Rule.READING_GRADE: (
        _("This reads at about school grade %(grade)d."),
        _("Two formulas count letters, words and sentences, from 100 words up."),
    ),
}


@dataclass(frozen=True)
class CoachNote:
    """One observation as a reader sees it; `number` stands by the marked words in the text."""

    number: int
    observation: Observation
    marked: str
    is_reported: bool = False

    @property
    def says(self) -> str:
        """What is observed, in a sentence."""
        says = str(_SAYS[self.observation.rule][0])
        return says % {"grade": self.observation.grade} if self.observation.grade else says

    @property
    def because(self) -> str | Promise:
        """The rule behind it."""
        return _SAYS[self.observation.rule][1]

    @property
    def is_about_all(self) -> bool:
        """Whether it is about the whole text, so that no place in it is marked."""
        return self.observation.rule is Rule.READING_GRADE


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: marked or not, with the numbers of the notes that end here."""

    text: str
    is_marked: bool
    numbers: tuple[int, ...] = ()


def coach_in_use() -> ReplyCoach:
    """Return the coach that speaks on this site."""
    if not settings.REPLY_COACH:
        return RuleCoach()
    coach: ReplyCoach = import_string(settings.REPLY_COACH)()
    return coach


def observed(text: str) -> tuple[Observation, ...]:
    """Return what the coach in use observes; if another one fails, what the rules find."""
    try:
        return usable_observations(text, coach_in_use().observe(text))
    except Exception:  # whatever a coach of others does, the call goes on
        logger.exception("The coach %s failed; the rules speak instead.", settings.REPLY_COACH)
        return RuleCoach().observe(text)


def rule_words(rule: str) -> str | Promise:
    """Return what a rule says wherever it applies; its name if there is no such rule any more."""
    known = {one.value: says for one, (says, _because) in _SAYS.items()}
    said = known.get(rule, rule)
    return str(said).replace("%(grade)d", "…")


def notes_on(text: str, reported: frozenset[Observation]) -> tuple[CoachNote, ...]:
    """Return the observations on a text, numbered in its order; `reported` ones have no grade."""
    return tuple(
        CoachNote(number, one, text[one.start : one.end], replace(one, grade=None) in reported)
        for number, one in enumerate(observed(text), start=1)
    )


def pieces_of(text: str, notes: tuple[CoachNote, ...]) -> tuple[Piece, ...]:
    """Cut a text wherever a note begins or ends."""
    placed = [note for note in notes if not note.is_about_all]
    spans = [note.observation for note in placed]
    cuts = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    return tuple(
        Piece(
            text=text[start:end],
            is_marked=any(s.start <= start and end <= s.end for s in spans),
            numbers=tuple(note.number for note in placed if note.observation.end == end),
        )
        for start, end in pairwise(cuts)
    )
