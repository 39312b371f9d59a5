"""Everything the checks have to say about an activity's content, whatever its kind."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from courses.content.findings import Finding, Severity
from courses.content.fingerprint import fingerprint
from courses.content.kinds import Content, parse_content
from courses.content.lesson import Lesson
from courses.content.lint import lint_scenario
from courses.content.lint_lesson import lint_lesson
from courses.content.lint_quiz import lint_quiz
from courses.content.parsing import ContentError
from courses.content.quiz import Quiz

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check_content(
    kind: str, raw: Mapping[str, Any], *, files: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    """Return what is worth an author's attention, errors first; an error forbids publishing.

    What cannot be read at all is an error with the code `unreadable`. `files` are the names of
    the media that are there; None leaves them unchecked. Walking through a long call takes a
    second, so what was checked before is remembered, by its words.
    """
    try:
        content = parse_content(kind, raw)
    except ContentError as error:
        return tuple(
            Finding("unreadable", Severity.ERROR, one.path, one.sentence) for one in error.problems
        )
    return _found(_Key(kind, fingerprint(raw, {}), files, content))


def forbids_publishing(findings: tuple[Finding, ...]) -> bool:
    """Whether one of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class _Key(NamedTuple):
    """Content with the files beside it, known by its words: `content` itself is not compared."""

    kind: str
    fingerprint: str
    files: frozenset[str] | None
    content: Content

    def __hash__(self) -> int:
        return hash(self[:3])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self[:3] == other[:3]


@lru_cache(maxsize=256)
def _found(key: _Key) -> tuple[Finding, ...]:
    findings = _findings_of(key.content, key.files)
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))


def _findings_of(content: Content, files: frozenset[str] | None) -> tuple[Finding, ...]:
    if isinstance(content, Lesson):
        return lint_lesson(content, files=files)
    if isinstance(content, Quiz):
        return lint_quiz(content, files=files)
    return lint_scenario(content)
