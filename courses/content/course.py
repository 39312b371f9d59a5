"""A course and its modules: what they are called, what they are for, and what they contain."""

import re
from dataclasses import dataclass
from typing import Any

from courses.content.fields import read_behaviours
from courses.content.parsing import Reader
from courses.content.skills import Skill

ALL_SKILLS = "all"

_ACTIVITY_STEM = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.(?:lesson|scenario|quiz)")


@dataclass(frozen=True)
class CourseText:
    """What `course.yaml` says; the folder's name is the course's slug.

    The file says `skill: all` where it looks at all five, as with the diagnostic; that is None.
    """

    title: str
    summary: str
    skill: Skill | None
    position: int


@dataclass(frozen=True)
class ModuleText:
    """What `module.yaml` says; the folder's name is the module's slug.

    `activities` names the files in the order of learning, as `<slug>.<kind>` without `.yaml`.
    """

    title: str
    objective: str
    summary: str
    content_notice: str
    behaviours: tuple[str, ...]
    minutes: int
    position: int
    activities: tuple[str, ...]


def parse_course(raw: Any) -> CourseText:
    """Read a course.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        course = CourseText(
            title=reader.text("title", longest=120),
            summary=reader.text("summary", longest=600),
            skill=_read_skill(reader),
            position=reader.whole("position", 0, 999),
        )
    reader.finish()
    return course


def _read_skill(reader: Reader) -> Skill | None:
    if reader.text("skill", default="") == ALL_SKILLS:
        return None
    return reader.choice("skill", Skill)


def parse_module(raw: Any) -> ModuleText:
    """Read a module.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        module = ModuleText(
            title=reader.text("title", longest=120),
            objective=reader.text("objective", longest=300),
            summary=reader.text("summary", longest=600),
            content_notice=reader.text("content_notice", default="", longest=600),
            behaviours=read_behaviours(reader),
            minutes=reader.whole("minutes", 1, 600),
            position=reader.whole("position", 0, 999),
            activities=_read_activities(reader),
        )
    reader.finish()
    return module


def _read_activities(reader: Reader) -> tuple[str, ...]:
    stems = reader.texts("activities")
    for number, stem in enumerate(stems):
        if not _ACTIVITY_STEM.fullmatch(stem):
            reader.note(
                f"activities[{number}]",
                "Write the file’s name without “.yaml”, such as first-two-minutes.quiz.",
            )
    if len(set(stems)) < len(stems):
        reader.note("activities", "Name each activity once.")
    slugs = [stem.partition(".")[0] for stem in stems]
    if len(set(slugs)) < len(set(stems)):
        reader.note("activities", "Give each activity a slug of its own; addresses use the slug.")
    return stems
