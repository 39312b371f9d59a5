"""Everything the checks have to say about an activity's content, whatever its kind."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from courses.content.findings import Finding, Severity
from courses.content.fingerprint import Known, fingerprint
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
    return _found(Known((kind, fingerprint(raw, {})), content), files)


def forbids_publishing(findings: tuple[Finding, ...]) -> bool:
    """Whether one of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


@lru_cache(maxsize=256)
def _found(known: Known[Content], files: frozenset[str] | None) -> tuple[Finding, ...]:
    findings = _findings_of(known.value, files)
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))


def _findings_of(content: Content, files: frozenset[str] | None) -> tuple[Finding, ...]:
    if isinstance(content, Lesson):
        return lint_lesson(content, files=files)
    if isinstance(content, Quiz):
        return lint_quiz(content, files=files)
    return lint_scenario(content)
