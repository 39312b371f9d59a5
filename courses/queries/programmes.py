"""Programmes, parsed once per process: a version never changes."""

from functools import lru_cache

from courses.content.fingerprint import Known
from courses.content.programme import Programme, parse_programme
from courses.models import ProgrammeVersion


def programme_of(version: ProgrammeVersion) -> Programme:
    """Return what a version says; fetch it with `defer("content")`."""
    return _parsed(Known((version.pk, version.content_sha256), version))


@lru_cache(maxsize=512)
def _parsed(known: Known[ProgrammeVersion]) -> Programme:
    return parse_programme(known.value.content)
