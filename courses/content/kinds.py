"""Reading any kind of activity, by the name of its kind."""

from collections.abc import Callable, Mapping
from typing import Any

from courses.content.lesson import Lesson, parse_lesson
from courses.content.quiz import Quiz, parse_quiz
from courses.content.scenario import Scenario, parse_scenario

Content = Lesson | Scenario | Quiz

SCHEMA_VERSION = 1

_PARSERS: dict[str, Callable[[Any], Content]] = {
    "lesson": parse_lesson,
    "scenario": parse_scenario,
    "quiz": parse_quiz,
}


def parse_content(kind: str, raw: Mapping[str, Any]) -> Content:
    """Return the content of an activity of `kind`.

    Raises:
        ContentError: the content cannot be used; the error lists every problem.
    """
    return _PARSERS[kind](raw)
