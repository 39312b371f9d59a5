"""Checks of think-times: nobody is hurried, and nothing happens that was not said before."""

from collections.abc import Iterator, Sequence

from courses.content.findings import Finding, Severity
from courses.content.scenario_shapes import AnswerKind, Card, Moment, Scenario, ThinkTime
from courses.content.scenario_walk import Walk

WORDS_PER_SECOND = 3
"""A calm pace of reading, 180 words a minute: most adults read silently at 175 to 300
(Brysbaert 2019, Journal of Memory and Language 109)."""


def time_findings(scenario: Scenario, walks: Sequence[Walk]) -> Iterator[Finding]:
    """Report think-times too short to read what is there, unfair ones, and silent ones."""
    for card, walk in zip(scenario.cards, walks, strict=True):
        for moment in card.moments.values():
            if moment.think_time is not None:
                yield from _fairness_findings(moment, moment.think_time)
                yield from _length_findings(card, moment, moment.think_time, walk)


def _fairness_findings(moment: Moment, think_time: ThinkTime) -> Iterator[Finding]:
    if moment.answer is AnswerKind.TYPED:
        sentence = "Typing takes as long as it takes; take the think-time off this moment."
        yield Finding("wait-while-typing", Severity.ERROR, think_time.path, sentence)
    if think_time.moves_the_patient and not think_time.then_says:
        sentence = "The wait moves the patient in silence; write what they say once it is over."
        yield Finding("silent-wait", Severity.ERROR, think_time.path, sentence)


def _length_findings(
    card: Card, moment: Moment, think_time: ThinkTime, walk: Walk
) -> Iterator[Finding]:
    offered = [offer.choices for offer in walk.offers if offer.moment == moment.id]
    choices = max((_words(*(one.text for one in each)) for each in offered), default=0)
    heard = max((_words(part.text) for part in moment.says.every_part()), default=0)
    to_read = (choices + heard + _words(*moment.on_screen)) / WORDS_PER_SECOND
    if think_time.comes_to_something and think_time.seconds < to_read:
        sentence = (
            f"Reading this moment with {card.name} takes about {to_read:.0f} seconds at a calm"
            f" pace; let them wait at least so long."
        )
        yield Finding("wait-too-short", Severity.WARNING, think_time.path, sentence)


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
