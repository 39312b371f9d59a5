"""Checks of a scenario's words: feedback is there, no choice stands out, all is plain."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from courses.content.bots import best
from courses.content.findings import Finding, Severity
from courses.content.lint_scenario_scoring import FEWEST_MOMENTS_TO_JUDGE
from courses.content.lint_text import (
    LENGTH_SPREAD,
    SHORTEST_TEXT_TO_COMPARE,
    reading_findings,
    voice_findings,
)
from courses.content.readability import sentence_count
from courses.content.scenario_shapes import AnswerKind, Card, Choice, Moment, Scenario
from courses.content.scenario_walk import Offer, Walk

VISIBLY_LONGER = 1.05


def wording_findings(scenario: Scenario, walks: Sequence[Walk]) -> Iterator[Finding]:
    """Report missing feedback, telling lengths, hard words and words that judge people."""
    for moment in scenario.moments:
        yield from _feedback_findings(moment)
        yield from _voice_findings(moment)
    for card, walk in zip(scenario.cards, walks, strict=True):
        for offer in walk.offers:
            yield from _length_findings(offer)
        yield from _form_findings(walk)
        yield from reading_findings(_heard_by_the_patient(card, walk), card.path)


def _feedback_findings(moment: Moment) -> Iterator[Finding]:
    if not moment.expert:
        sentence = "Write what an expert would say here."
        yield Finding("no-feedback", Severity.ERROR, f"{moment.path}.expert", sentence)
    for choice in moment.choices:
        for name, text, sentence in (
            ("felt", choice.felt, "Write what the patient felt at this answer."),
            ("why", choice.why, "Write why it felt like that."),
        ):
            if not text:
                yield Finding("no-feedback", Severity.ERROR, f"{choice.path}.{name}", sentence)


def _voice_findings(moment: Moment) -> Iterator[Finding]:
    yield from voice_findings(moment.expert, f"{moment.path}.expert")
    yield from voice_findings(moment.hint, f"{moment.path}.hint")
    for choice in moment.choices:
        yield from voice_findings(choice.text, f"{choice.path}.text")
        yield from voice_findings(choice.felt, f"{choice.path}.felt")
        yield from voice_findings(choice.why, f"{choice.path}.why")


def _length_findings(offer: Offer) -> Iterator[Finding]:
    lengths = [len(choice.text) for choice in offer.choices]
    if max(lengths, default=0) < SHORTEST_TEXT_TO_COMPARE:
        return
    mean = fmean(lengths)
    for choice, length in zip(offer.choices, lengths, strict=True):
        if abs(length - mean) > LENGTH_SPREAD * mean:
            sentence = (
                f"This has {length} characters where choices here have {mean:.0f} on average;"
                f" keep within {LENGTH_SPREAD:.0%}."
            )
            yield Finding("choice-length", Severity.WARNING, choice.path, sentence)


def _form_findings(walk: Walk) -> Iterator[Finding]:
    """Warn if somebody who reads nothing could tell the best choice by its form."""
    first_offers = {offer.moment: offer.choices for offer in reversed(walk.offers)}
    count = len(first_offers)
    if count < FEWEST_MOMENTS_TO_JUDGE:
        return
    longest = sum(_best_is_longest(choices) for choices in first_offers.values())
    if longest > count / 2:
        sentence = (
            f"The best choice is visibly the longest in {longest} of {count} moments;"
            " shorten some, or lengthen others."
        )
        yield Finding("best-is-longest", Severity.WARNING, "moments", sentence)
    choppiest = sum(_best_has_most_sentences(choices) for choices in first_offers.values())
    if choppiest > count / 2:
        sentence = (
            f"The best choice has the most sentences in {choppiest} of {count} moments;"
            " join some of them, or break up other choices."
        )
        yield Finding("best-has-most-sentences", Severity.WARNING, "moments", sentence)


def _best_is_longest(choices: tuple[Choice, ...]) -> bool:
    good = best(choices)
    others = [len(choice.text) for choice in choices if choice is not good]
    return bool(others) and len(good.text) > VISIBLY_LONGER * max(others)


def _best_has_most_sentences(choices: tuple[Choice, ...]) -> bool:
    good = best(choices)
    others = [sentence_count(choice.text) for choice in choices if choice is not good]
    return bool(others) and sentence_count(good.text) > max(others)


def _heard_by_the_patient(card: Card, walk: Walk) -> str:
    """Return every sentence that an agent may say to the patient, each once."""
    said = {
        choice.text: None
        for offer in walk.offers
        if card.moments[offer.moment].answer is not AnswerKind.ACTION
        for choice in offer.choices
    }
    experts = {moment.expert: None for moment in card.moments.values() if moment.expert}
    return "\n".join(said | experts)
