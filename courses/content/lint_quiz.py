"""Checks of a quiz beyond its form: is it fair, balanced, kind and easy to read?"""

import re
from collections import Counter
from collections.abc import Iterator

from courses.content.answer_text import comparable, is_accepted
from courses.content.findings import Finding, Severity
from courses.content.lint_lesson import block_texts
from courses.content.lint_text import (
    feedback_findings,
    length_findings,
    missing_file_findings,
    picture_findings,
    reading_findings,
    voice_findings,
)
from courses.content.options import KeyedOption, Standing
from courses.content.quiz import Quiz
from courses.content.quiz_items import PUT_IN_ORDER, SITUATIONAL_JUDGEMENT, Item, ItemType

FEWEST_ITEMS = 8
FEWEST_IN_BANK = 14
ROOM_TO_DRAW = 1.5
FEWEST_TO_BALANCE = 4
SHARE_OF_JUDGEMENT = 1 / 3

_COMPARED = frozenset(
    {
        ItemType.SINGLE_CHOICE,
        ItemType.MULTIPLE_CHOICE,
        ItemType.BEST_WORST,
        ItemType.RANK_ALL,
        ItemType.RATE_EACH,
    }
)
_ONE_KEY = frozenset({ItemType.SINGLE_CHOICE, ItemType.BEST_WORST})
_TELLING_ID = re.compile(r"(?:^|-)(?:right|wrong|correct|best|worst|key|good|bad)(?:-|$)")
_REFERS_TO_OTHERS = re.compile(r"\b(?:all|none|both) of (?:the above|these)\b", re.IGNORECASE)


def lint_quiz(quiz: Quiz, *, files: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """Return what is worth an author's attention; `files` are the media files that exist."""
    return (
        *_size_findings(quiz),
        *_bank_findings(quiz),
        *_time_findings(quiz),
        *_balance_findings(quiz),
        *(finding for item in quiz.items for finding in _item_findings(item)),
        *reading_findings("\n".join(_quiz_texts(quiz)), "items"),
        *voice_findings(f"{quiz.title}\n{quiz.intro}", "intro"),
        *missing_file_findings(quiz.files, files, "items"),
    )


def _size_findings(quiz: Quiz) -> Iterator[Finding]:
    count = len(quiz.items)
    if quiz.asked_count < FEWEST_ITEMS:
        verb = "Draw" if quiz.sections else "Write"
        sentence = f"{verb} at least {FEWEST_ITEMS} items; here are {quiz.asked_count}."
        yield Finding("few-items", Severity.WARNING, "items", sentence)
    judged = sum(item.type in SITUATIONAL_JUDGEMENT for item in quiz.items)
    if judged < SHARE_OF_JUDGEMENT * count:
        sentence = (
            f"Let a third of the items ask for judgment in a situation; here are {judged}"
            f" of {count}."
        )
        yield Finding("few-judgments", Severity.WARNING, "items", sentence)


def _bank_findings(quiz: Quiz) -> Iterator[Finding]:
    """Warn if a second attempt would ask much the same, and of items that nobody is asked."""
    if not quiz.sections:
        return
    count = len(quiz.items)
    if count < FEWEST_IN_BANK:
        sentence = f"Draw from a bank of at least {FEWEST_IN_BANK} items; here are {count}."
        yield Finding("small-bank", Severity.WARNING, "items", sentence)
    for number, section in enumerate(quiz.sections):
        fitting = sum(section.fits(item) for item in quiz.items)
        if fitting < ROOM_TO_DRAW * section.draw:
            sentence = (
                f"This draws {section.draw} of {fitting} items that fit, so each attempt asks much"
                " the same; write half as many more as it draws."
            )
            yield Finding("small-bank", Severity.WARNING, f"sections[{number}]", sentence)
    for item in quiz.items:
        if not any(section.fits(item) for section in quiz.sections):
            sentence = "No section draws this item, so nobody is ever asked it."
            yield Finding("never-drawn", Severity.WARNING, f"items.{item.id}", sentence)


def _time_findings(quiz: Quiz) -> Iterator[Finding]:
    limit = quiz.rules.time_limit
    if limit is not None and limit < quiz.minutes:
        sentence = (
            f"The quiz says it takes {quiz.minutes} minutes and stops after {limit}; give at least"
            " as much time as it takes."
        )
        yield Finding("short-time-limit", Severity.WARNING, "time_limit", sentence)


def _balance_findings(quiz: Quiz) -> Iterator[Finding]:
    """Warn if the key is mostly in one place, or mostly the longest option."""
    keyed = [(item, _place_of_key(item)) for item in quiz.items if item.type in _ONE_KEY]
    if len(keyed) < FEWEST_TO_BALANCE:
        return
    (place, times), *_ = Counter(place for _, place in keyed).most_common(1)
    if times > len(keyed) / 2:
        sentence = f"The key stands at place {place + 1} in {times} of {len(keyed)} items; mix it."
        yield Finding("key-position", Severity.WARNING, "items", sentence)
    longest = sum(_key_is_longest(item, place) for item, place in keyed)
    if longest > len(keyed) / 2:
        sentence = f"The key is the longest option in {longest} of {len(keyed)} items; even it out."
        yield Finding("key-length", Severity.WARNING, "items", sentence)


def _item_findings(item: Item) -> Iterator[Finding]:
    path = f"items.{item.id}"
    options = f"{path}.options"
    yield from voice_findings("\n".join(_item_texts(item)), path)
    yield from feedback_findings(item.options, options)
    yield from _id_findings(item, options)
    yield from _match_findings(item, path)
    yield from _gap_findings(item, path)
    if item.type in _COMPARED:
        yield from length_findings(item.options, options)
    if item.picture:
        yield from picture_findings(item.picture, f"{path}.picture")
    if item.asks_confidence and not item.is_scored:
        sentence = "Confidence is held against points, and nothing gives any here; leave it out."
        yield Finding("confidence-without-points", Severity.WARNING, f"{path}.confidence", sentence)
    for option in item.options:
        if _REFERS_TO_OTHERS.search(option.shown.text):
            sentence = "Let each option stand alone; their order changes."
            yield Finding("refers-to-others", Severity.WARNING, options, sentence)


def _id_findings(item: Item, path: str) -> Iterator[Finding]:
    """Report ids that would give the answer away, since ids are sent to the browser."""
    ids = [option_id.lower() for option_id in item.option_ids()]
    telling = [one for one in ids if _TELLING_ID.search(one)]
    telling += [one.shown.id for one in item.options if _names_its_key(one)]
    in_order = [option.shown.id.lower() for option in item.explained().options]
    if item.type in PUT_IN_ORDER and in_order == sorted(in_order):
        telling = in_order
    if telling:
        sentence = f"These ids give the answer away: {', '.join(telling)}. Choose neutral ones."
        yield Finding("telling-id", Severity.ERROR, path, sentence)


def _names_its_key(option: KeyedOption) -> bool:
    own = comparable(option.shown.id)
    return own == comparable(option.goes_with) or is_accepted(own, option.accepted)


def _match_findings(item: Item, path: str) -> Iterator[Finding]:
    """Warn if the last match is left over once the others are found."""
    matched = sorted(option.goes_with for option in item.options)
    if item.answers and matched == sorted(answer.id for answer in item.answers):
        sentence = "The last one is left over; add an answer that fits nowhere or fits twice."
        yield Finding("no-spare-answer", Severity.WARNING, f"{path}.answers", sentence)


def _gap_findings(item: Item, path: str) -> Iterator[Finding]:
    """Mention variants that are accepted anyway."""
    for gap in item.options:
        counts = Counter(map(comparable, gap.accepted))
        for word in (one for one, times in counts.items() if times > 1):
            sentence = f"“{word}” is accepted however it is typed; write it once."
            place = f"{path}.gaps.{gap.shown.id}"
            yield Finding("same-variant", Severity.INFO, place, sentence)


def _place_of_key(item: Item) -> int:
    standings = [option.standing for option in item.options]
    return standings.index(Standing.BEST if item.type is ItemType.BEST_WORST else Standing.RIGHT)


def _key_is_longest(item: Item, place: int) -> bool:
    lengths = [len(option.shown.text) for option in item.options]
    return lengths[place] == max(lengths) and lengths.count(max(lengths)) == 1


def _item_texts(item: Item) -> Iterator[str]:
    yield from (item.title, item.stem, item.prompt, item.rationale, *item.replies)
    yield from (item.gap_text, *(answer.text for answer in item.answers))
    if item.video:
        yield from block_texts(item.video)
    if item.audio:
        yield from (item.audio.title, *(line.text for line in item.audio.transcript))
    for option in item.options:
        yield from (option.shown.text, option.feedback)
    for point in item.checklist:
        yield from (point.text, point.because)
    for criterion in item.rubric:
        yield from (criterion.text, *(level.anchor for level in criterion.levels))


def _quiz_texts(quiz: Quiz) -> Iterator[str]:
    yield from (quiz.title, quiz.intro)
    for item in quiz.items:
        yield from _item_texts(item)
