"""The coaching guides that ship: one for each skill, complete, and in plain words."""

from itertools import chain

import pytest
import yaml
from django.utils.translation import override

from courses.content.parsing import ContentError
from courses.content.readability import reading_grade
from courses.content.skills import Skill
from portal.coaching.coaching_guide import CoachingGuide, parse_guide
from portal.coaching.queries.guides import GUIDES_ROOT, guide_for, guides_for


def words_of(guide: CoachingGuide) -> str:
    grow = guide.grow
    return " ".join(
        (
            guide.open_with,
            *guide.listen_for,
            *chain(grow.goal, grow.reality, grow.options, grow.will),
            guide.when_strong,
            *(one.because for one in guide.rather_not),
        )
    )


@pytest.mark.parametrize("skill", Skill)
def test_every_skill_has_a_guide_in_words_of_grade_eight_at_most(skill):
    guide = guide_for(skill)
    assert guide.skill is skill
    found = reading_grade(words_of(guide))
    assert found is not None
    assert found.grade <= 8


def test_a_guide_asks_and_never_repeats_a_question():
    guides = [guide_for(skill) for skill in Skill]
    steps = [
        (guide.grow.goal, guide.grow.reality, guide.grow.options, guide.grow.will)
        for guide in guides
    ]
    questions = [one for guide in steps for step in guide for one in step]
    assert all("?" in one for one in questions)
    assert len(set(questions)) == len(questions)


def test_guides_come_once_each_in_the_order_of_every_screen():
    found = guides_for(["empathy", "", "listening", "empathy"])
    assert [guide.skill for guide in found] == [Skill.LISTENING, Skill.EMPATHY]


def test_a_reader_of_another_language_gets_the_words_that_there_are():
    with override("de-at"):
        assert guide_for(Skill.EQ) == parse_guide(
            yaml.safe_load((GUIDES_ROOT / "en" / "eq.yaml").read_text(encoding="utf-8"))
        )


def test_a_guide_with_mistakes_says_each_of_them():
    raw = yaml.safe_load((GUIDES_ROOT / "en" / "eq.yaml").read_text(encoding="utf-8"))
    raw["grow"]["goal"] = []
    del raw["feedback"]
    raw["grow"]["will"] = ["Why?"] * 4
    raw["tone"] = "warm"
    with pytest.raises(ContentError) as refused:
        parse_guide(raw)
    assert sorted(one.path for one in refused.value.problems) == [
        *("feedback", "grow.goal", "grow.will", "tone")
    ]
