"""Checks of wording that lessons, quizzes and their extras share."""

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from courses.content.fields import Picture
from courses.content.findings import Finding, Severity
from courses.content.options import KeyedOption
from courses.content.readability import reading_grade

HARDEST_GRADE = 8.0
LENGTH_SPREAD = 0.15
SHORTEST_TEXT_TO_COMPARE = 25
LONGEST_ALT = 300

_UNKIND = re.compile(r"\b(?:incorrect|failed|violations?)\b", re.IGNORECASE)
_BLAND = re.compile(
    r"(?:correct|right|wrong|yes|no|good job|well done|try again)\W*", re.IGNORECASE
)
_ALT_OPENING = re.compile(r"(?:an? )?(?:image|picture|photo|graphic|diagram) of\b", re.IGNORECASE)


def reading_findings(text: str, path: str) -> Iterator[Finding]:
    """Warn where a text asks for more than grade 8."""
    grade = reading_grade(text)
    if grade and grade.grade > HARDEST_GRADE:
        yield Finding(
            "reading-level",
            Severity.WARNING,
            path,
            f"This reads at grade {grade.grade:.1f}; bring it to grade {HARDEST_GRADE:.0f} or"
            " below with shorter sentences and everyday words.",
        )


def voice_findings(text: str, path: str) -> Iterator[Finding]:
    """Warn of exclamation marks and of words that judge people."""
    if "!" in text:
        yield Finding("exclamation", Severity.WARNING, path, "Leave out the exclamation mark.")
    for word in sorted({match.group().lower() for match in _UNKIND.finditer(text)}):
        yield Finding(
            "unkind-word",
            Severity.WARNING,
            path,
            f"Say what to look at again instead of “{word}”.",
        )


def length_findings(options: Sequence[KeyedOption], path: str) -> Iterator[Finding]:
    """Warn of options whose length could give the answer away."""
    lengths = [len(option.shown.text) for option in options]
    if not lengths or max(lengths) < SHORTEST_TEXT_TO_COMPARE:
        return
    mean = fmean(lengths)
    for option, length in zip(options, lengths, strict=True):
        if abs(length - mean) > LENGTH_SPREAD * mean:
            yield Finding(
                "option-length",
                Severity.WARNING,
                f"{path}.{option.shown.id}",
                f"This has {length} characters where options here have {mean:.0f} on average;"
                " keep within 15 percent.",
            )


def feedback_findings(options: Sequence[KeyedOption], path: str) -> Iterator[Finding]:
    """Warn of feedback that only says right or wrong."""
    for option in options:
        if _BLAND.fullmatch(option.feedback.strip()):
            yield Finding(
                "bland-feedback",
                Severity.WARNING,
                f"{path}.{option.shown.id}",
                "Say what this reply does to the caller, or why it helps.",
            )


def picture_findings(picture: Picture, path: str) -> Iterator[Finding]:
    """Warn of alternative text that does not stand in for the picture."""
    if _ALT_OPENING.match(picture.alt):
        sentence = "Begin with what is shown; a screen reader already says that it is an image."
        yield Finding("alt-opening", Severity.WARNING, path, sentence)
    if picture.file.rpartition(".")[0].replace("-", " ") == picture.alt.lower():
        sentence = "Describe what is shown instead of repeating the name of the file."
        yield Finding("alt-file-name", Severity.WARNING, path, sentence)
    if len(picture.alt) > LONGEST_ALT:
        sentence = f"Keep this under {LONGEST_ALT} characters and put the rest into the text."
        yield Finding("alt-long", Severity.WARNING, path, sentence)


def missing_file_findings(
    named: Sequence[str], present: frozenset[str] | None, path: str
) -> Iterator[Finding]:
    """Report media files that are not there; None for `present` leaves this unchecked."""
    for name in sorted(set(named) - present) if present is not None else ():
        yield Finding("missing-file", Severity.ERROR, path, f"There is no media file “{name}”.")
