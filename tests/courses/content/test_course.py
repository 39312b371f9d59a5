"""Courses and modules as their files say them."""

import pytest

from courses.content.course import CourseText, ModuleText, parse_course, parse_module
from courses.content.parsing import ContentError
from courses.content.skills import Skill

MODULE = {
    "title": "Hear it",
    "objective": "Let the caller finish.",
    "summary": "Why and how.",
    "behaviours": ["AL1", "EC2"],
    "minutes": 24,
    "position": 1,
    "activities": ["hear-it.lesson", "three-bills.scenario", "check.quiz"],
}


def problems_in(raw: object) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_module(raw)
    return [str(problem) for problem in caught.value.problems]


def test_a_course_has_a_skill_and_a_place():
    raw = {"title": "Listening", "summary": "Hear.", "skill": "listening", "position": 1}

    assert parse_course(raw) == CourseText("Listening", "Hear.", Skill.LISTENING, 1)


def test_a_course_on_all_skills_has_none_of_its_own_and_may_stand_first():
    raw = {"title": "Start here", "summary": "Look.", "skill": "all", "position": 0}

    assert parse_course(raw) == CourseText("Start here", "Look.", None, 0)


def test_a_course_lists_all_its_problems_at_once():
    with pytest.raises(ContentError) as caught:
        parse_course({"title": " ", "skill": "typing", "position": -1, "colour": "red"})

    assert [str(problem) for problem in caught.value.problems] == [
        "title: Write a text here.",
        "summary: Write a text here.",
        "skill: Choose one of: listening, communication, empathy, problem, eq.",
        "position: Write a whole number from 0 to 999.",
        "colour: This field is not known here; check its spelling.",
    ]


def test_a_module_names_its_activities_in_order():
    assert parse_module(MODULE) == ModuleText(
        title="Hear it",
        objective="Let the caller finish.",
        summary="Why and how.",
        content_notice="",
        behaviours=("AL1", "EC2"),
        minutes=24,
        position=1,
        activities=("hear-it.lesson", "three-bills.scenario", "check.quiz"),
    )


@pytest.mark.parametrize("stem", ["hear-it", "hear-it.lesson.yaml", "../x.lesson", "x.video"])
def test_an_activity_is_a_slug_and_a_kind(stem):
    assert problems_in(MODULE | {"activities": [stem]}) == [
        "activities[0]: Write the file’s name without “.yaml”, such as first-two-minutes.quiz."
    ]


def test_two_activities_of_a_module_never_share_an_address():
    assert problems_in(MODULE | {"activities": ["hear-it.lesson", "hear-it.quiz"]}) == [
        "activities: Give each activity a slug of its own; addresses use the slug."
    ]
    assert problems_in(MODULE | {"activities": ["hear-it.lesson", "hear-it.lesson"]}) == [
        "activities: Name each activity once."
    ]
