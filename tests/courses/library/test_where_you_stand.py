"""The diagnostic: a look at all five skills in ten minutes, that seeds the skill profile."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessments.skill_estimate import START_SD, quiz_noise
from courses.content.checks import check_content
from courses.content.course import parse_course, parse_module
from courses.content.findings import Severity
from courses.content.programme import read_programmes
from courses.content.quiz import Quiz, parse_quiz
from courses.content.quiz_items import ItemType
from courses.content.quiz_rules import FeedbackMoment
from courses.content.skills import Skill, skill_of

LIBRARY = Path(__file__).parents[3] / "courses/library"
FOLDER = LIBRARY / "start-here/where-you-stand"
EACH_SKILL_ONCE = dict.fromkeys(Skill, 1)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def raw() -> Any:
    return read(FOLDER / "fifteen-moments.quiz.yaml")


@pytest.fixture(scope="module")
def quiz(raw: Any) -> Quiz:
    return parse_quiz(raw)


def test_it_asks_each_skill_three_times_in_three_forms(quiz):
    forms = (ItemType.BEST_WORST, ItemType.RATE_EACH, ItemType.RANK_ALL)
    asked = {
        form: Counter(skill_of(one.behaviour) for one in quiz.items if one.type is form)
        for form in forms
    }
    assert asked == dict.fromkeys(forms, EACH_SKILL_ONCE)
    assert len({one.behaviour for one in quiz.items}) == quiz.asked_count == 15


def test_neighbors_are_about_different_skills(quiz):
    skills = [skill_of(one.behaviour) for one in quiz.items]
    assert all(one is not after for one, after in pairwise(skills))


def test_there_is_nothing_to_pass_and_nothing_is_taught_before_the_end(quiz):
    assert (quiz.pass_mark, quiz.rules.attempts) == (0, 1)
    assert quiz.feedback is FeedbackMoment.AT_END


def test_it_has_no_error_and_no_warning(raw):
    found = [one for one in check_content("quiz", raw) if one.severity is not Severity.INFO]
    assert found == []


def test_its_course_is_on_no_single_skill_and_stands_first():
    course = parse_course(read(LIBRARY / "start-here/course.yaml"))
    assert (course.skill, course.position) == (None, 0)


def test_its_module_promises_what_it_asks(quiz):
    module = parse_module(read(FOLDER / "module.yaml"))
    assert set(module.behaviours) == {one.behaviour for one in quiz.items}
    assert module.minutes == quiz.minutes == 10


def test_three_items_move_a_fresh_estimate_by_less_than_a_third_of_the_way():
    gain = START_SD**2 / (START_SD**2 + quiz_noise(3))
    assert gain == pytest.approx(0.282, abs=0.001)


def test_newcomers_meet_it_on_their_first_day():
    first = read_programmes(LIBRARY)["first-two-weeks"]["steps"][0]
    assert (first["module"], first["by_day"]) == ("start-here/where-you-stand", 1)
