"""The skill frame: observable behaviors, their anchored scales, and the levels expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from courses.content.fields import read_behaviour
from courses.content.parsing import Reader, note_repeats
from courses.content.skills import BEHAVIOUR_PREFIXES, Skill

FILE_NAME = "skills.yaml"
BEHAVIOURS_PER_SKILL = range(4, 7)
LONGEST_TITLE, LONGEST_ANCHOR = 120, 200


@dataclass(frozen=True)
class Behaviour:
    """Something one can hear, and what it sounds like at 1, 3 and 5 of a five-point scale."""

    code: str
    title: str
    at_1: str
    at_3: str
    at_5: str
    not_observed: str


@dataclass(frozen=True)
class Expected:
    """The share of points that each role is expected to reach, from 0 to 1."""

    agent: float
    lead: float


@dataclass(frozen=True)
class FramedSkill:
    """A skill of the frame with its behaviors."""

    skill: Skill
    summary: str
    expected: Expected
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True)
class SkillFrame:
    """One version of the frame; it has all five skills, in the order of every screen."""

    version: int
    skills: tuple[FramedSkill, ...]

    def skill(self, skill: Skill) -> FramedSkill:
        """Return what the frame says about a skill."""
        return next(one for one in self.skills if one.skill is skill)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of every behavior, by its code."""
        return {one.code: one.title for framed in self.skills for one in framed.behaviours}


def read_frame_file(library: Path) -> dict[str, Any]:
    """Return the frame as the library's file has it, once it is sure that it can be used.

    Raises:
        ContentError: with every problem found.
    """
    raw: dict[str, Any] = yaml.safe_load((library / FILE_NAME).read_text(encoding="utf-8"))
    parse_frame(raw)
    return raw


def parse_frame(raw: Any) -> SkillFrame:
    """Read a frame.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        version = reader.whole("version", 1, 9999)
        skills = reader.each("skills", _read_skill)
        if [framed.skill for framed in skills] != list(Skill):
            reader.note("skills", f"Name each skill once, in this order: {', '.join(Skill)}.")
        codes = [one.code for framed in skills for one in framed.behaviours]
        note_repeats(reader, "skills", codes)
    reader.finish()
    return SkillFrame(version, skills)


def _read_skill(reader: Reader) -> FramedSkill:
    skill = reader.choice("skill", Skill)
    behaviours = reader.each("behaviours", _read_behaviour)
    if len(behaviours) not in BEHAVIOURS_PER_SKILL:
        reader.note("behaviours", "Give each skill four to six behaviors.")
    for number, one in enumerate(behaviours):
        if BEHAVIOUR_PREFIXES.get(one.code[:2], skill) is not skill:
            reader.note(f"behaviours[{number}].code", "This code belongs to another skill.")
    return FramedSkill(
        skill=skill,
        summary=reader.text("summary", longest=LONGEST_ANCHOR),
        expected=reader.within("expected", _read_expected) or Expected(0.0, 0.0),
        behaviours=behaviours,
    )


def _read_behaviour(reader: Reader) -> Behaviour:
    return Behaviour(
        code=read_behaviour(reader, "code"),
        title=reader.text("title", longest=LONGEST_TITLE),
        at_1=reader.text("at_1", longest=LONGEST_ANCHOR),
        at_3=reader.text("at_3", longest=LONGEST_ANCHOR),
        at_5=reader.text("at_5", longest=LONGEST_ANCHOR),
        not_observed=reader.text("not_observed", longest=LONGEST_ANCHOR),
    )


def _read_expected(reader: Reader) -> Expected:
    percents = (reader.whole(role, 1, 99) for role in ("agent", "lead"))
    return Expected(*(percent / 100 for percent in percents))
