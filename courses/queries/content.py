"""Published content, parsed once per process: a revision never changes."""

from functools import lru_cache

from courses.content.fingerprint import Known
from courses.content.kinds import Content, parse_content
from courses.content.lesson import Lesson
from courses.content.quiz import Quiz
from courses.content.scenario_shapes import Scenario
from courses.models import Activity, ActivityKind, ContentRevision


def content_of(revision: ContentRevision, kind: str) -> Content:
    """Return the parsed content of a revision of an activity of `kind`.

    Fetch the revision with `defer("content")`: the column is read only by the first request
    that a process answers about it.
    """
    return _parsed(Known((kind, revision.content_sha256), revision), kind)


def lesson_of(revision: ContentRevision) -> Lesson:
    """Return the content of a lesson's revision."""
    content = content_of(revision, ActivityKind.LESSON)
    assert isinstance(content, Lesson)
    return content


def scenario_of(revision: ContentRevision) -> Scenario:
    """Return the content of a scenario's revision."""
    content = content_of(revision, ActivityKind.SCENARIO)
    assert isinstance(content, Scenario)
    return content


def quiz_of(revision: ContentRevision) -> Quiz:
    """Return the content of a quiz's revision."""
    content = content_of(revision, ActivityKind.QUIZ)
    assert isinstance(content, Quiz)
    return content


def live_revision_of(activity: Activity) -> ContentRevision:
    """Return what learners read of an activity that is on offer."""
    assert activity.live_revision is not None
    return activity.live_revision


@lru_cache(maxsize=256)
def _parsed(known: Known[ContentRevision], kind: str) -> Content:
    return parse_content(kind, known.value.content)
