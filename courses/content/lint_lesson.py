"""Checks of a lesson beyond its form: does it let everybody in, and is it easy to read?"""

import re
from collections.abc import Iterator

from courses.content.captions import Cue, UnreadableCaptions, parse_captions
from courses.content.findings import Finding, Severity
from courses.content.lesson import Lesson
from courses.content.lesson_blocks import (
    Block,
    Callout,
    Cards,
    Image,
    Phrases,
    QuickCheck,
    Quote,
    Reflection,
    RichText,
    Snippet,
    Video,
)
from courses.content.lint_text import (
    feedback_findings,
    length_findings,
    missing_file_findings,
    picture_findings,
    reading_findings,
    voice_findings,
)
from courses.content.options import KeyedOption, Standing
from courses.content.rich_text import plain

WORDS_PER_MINUTE = 180
MINUTES_PER_TRY = 0.5
FASTEST_CAPTION = 20
WIDEST_CAPTION = 42

_SPEAKER = re.compile(r"^[A-Z][\w ]*:\s*")
_SOUND = re.compile(r"\[[^\]]*\]")


def lint_lesson(lesson: Lesson, *, files: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """Return what is worth an author's attention; `files` are the media files that exist."""
    prose = "\n".join(text for block in lesson.blocks for text in block_texts(block))
    return (
        *_completeness_findings(lesson),
        *_length_findings(lesson, prose),
        *(finding for block in lesson.blocks for finding in _block_findings(block)),
        *reading_findings(f"{lesson.title}\n{lesson.objective}\n{prose}", "blocks"),
        *missing_file_findings(lesson.files, files, "blocks"),
    )


def lint_captions(source: str, video: Video) -> tuple[Finding, ...]:
    """Return what keeps people from following the captions of a film."""
    path = f"blocks.{video.id}.captions"
    try:
        cues = parse_captions(source)
    except UnreadableCaptions as error:
        return (Finding("captions-unreadable", Severity.ERROR, path, str(error)),)
    return (
        *(finding for cue in cues for finding in _cue_findings(cue, path)),
        *_timing_findings(cues, video.seconds, path),
        *_wording_findings(cues, video, path),
    )


def block_texts(block: Block) -> Iterator[str]:
    """Yield every text of a block that somebody reads, as plain text."""
    yield block.heading
    match block:
        case RichText():
            yield plain(block.html)
        case Quote():
            yield block.text
        case Phrases():
            for row in block.rows:
                yield from (row.say, row.rather_than, row.because)
        case Callout():
            yield from (block.title, plain(block.html))
        case Image():
            yield block.caption
        case Video():
            yield from (block.title, block.caption, *(line.text for line in block.transcript))
        case Snippet():
            yield from (block.caption, *(line.text for line in block.lines))
        case Cards():
            for card in block.cards:
                yield from (card.title, plain(card.html))
        case Reflection():
            yield block.prompt
        case QuickCheck():
            yield from (block.stem, block.prompt, *(o.shown.text for o in _keyed(block)))
            yield from (option.feedback for option in _keyed(block))


def _completeness_findings(lesson: Lesson) -> Iterator[Finding]:
    if not lesson.quick_checks():
        sentence = "Add a quick check, so that people can try the move at once."
        yield Finding("no-quick-check", Severity.WARNING, "blocks", sentence)
    if not any(isinstance(block, Reflection) for block in lesson.blocks):
        sentence = "Add a reflection, so that people bring it to a call of their own."
        yield Finding("no-reflection", Severity.WARNING, "blocks", sentence)


def _length_findings(lesson: Lesson, prose: str) -> Iterator[Finding]:
    tries = sum(isinstance(block, QuickCheck | Reflection) for block in lesson.blocks)
    seconds = sum(block.seconds for block in lesson.blocks if isinstance(block, Video))
    minutes = max(1, len(prose.split()) / WORDS_PER_MINUTE + seconds / 60 + tries * MINUTES_PER_TRY)
    if not minutes / 2 <= lesson.minutes <= minutes * 2:
        sentence = f"Reading and trying takes about {minutes:.0f} minutes; say so."
        yield Finding("minutes", Severity.WARNING, "minutes", sentence)


def _block_findings(block: Block) -> Iterator[Finding]:
    path = f"blocks.{block.id}"
    yield from voice_findings("\n".join(block_texts(block)), path)
    if isinstance(block, QuickCheck):
        yield from length_findings(_keyed(block), f"{path}.options")
        yield from feedback_findings(_keyed(block), f"{path}.options")
    if isinstance(block, Image):
        yield from picture_findings(block.picture, path)


def _cue_findings(cue: Cue, path: str) -> Iterator[Finding]:
    duration = cue.end - cue.start
    if duration > 0 and len(cue.text) / duration > FASTEST_CAPTION:
        sentence = f"“{cue.text}” is too fast to read; show it longer or part it."
        yield Finding("captions-fast", Severity.WARNING, path, sentence)
    if max(map(len, cue.lines), default=0) > WIDEST_CAPTION:
        sentence = f"“{cue.text}” is too wide; use lines of {WIDEST_CAPTION} characters at most."
        yield Finding("captions-wide", Severity.WARNING, path, sentence)


def _timing_findings(cues: tuple[Cue, ...], seconds: int, path: str) -> Iterator[Finding]:
    times = [time for cue in cues for time in (cue.start, cue.end)]
    if times != sorted(times):
        sentence = "Cues overlap or are out of order; let each end before the next begins."
        yield Finding("captions-order", Severity.ERROR, path, sentence)
    if times and max(times) > seconds + 1:
        sentence = f"The film ends after {seconds} seconds, the captions after {max(times):.0f}."
        yield Finding("captions-late", Severity.ERROR, path, sentence)


def _wording_findings(cues: tuple[Cue, ...], video: Video, path: str) -> Iterator[Finding]:
    """Warn if the captions say other words than the transcript."""
    shown = [_SPEAKER.sub("", _SOUND.sub("", cue.text)) for cue in cues]
    spoken = [line.text for line in video.transcript if line.speaker]
    if " ".join(shown).split() != " ".join(spoken).split():
        sentence = "Captions and transcript differ; let both carry the same words."
        yield Finding("captions-differ", Severity.WARNING, path, sentence)


def _keyed(block: QuickCheck) -> tuple[KeyedOption, ...]:
    judgements = [block.judge(option.id) for option in block.options]
    return tuple(
        KeyedOption(shown, judged.feedback, Standing.RIGHT if judged.right else Standing.OTHER)
        for shown, judged in zip(block.options, judgements, strict=True)
    )
