"""The skill frame: the file that ships, and what a usable frame must have."""

from copy import deepcopy

import pytest
from django.conf import settings

from courses.content.library import read_library
from courses.content.parsing import ContentError
from courses.content.skill_frame import Expected, parse_frame, read_frame_file
from courses.content.skills import Skill


@pytest.fixture
def raw():
    return deepcopy(read_frame_file(settings.LIBRARY_ROOT))


def problems_in(raw) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_frame(raw)
    return [str(problem) for problem in caught.value.problems]


def test_the_frame_that_ships_has_every_behavior_that_content_names(raw):
    frame = parse_frame(raw)

    assert {framed.skill: [one.code for one in framed.behaviours] for framed in frame.skills} == {
        Skill.LISTENING: ["AL1", "AL2", "AL3", "AL4"],
        Skill.COMMUNICATION: ["EC1", "EC2", "EC3", "EC4", "EC5"],
        Skill.EMPATHY: ["EM1", "EM2", "EM3", "EM4"],
        Skill.PROBLEM: ["PS1", "PS2", "PS3", "PS4"],
        Skill.EQ: ["EI1", "EI2", "EI3", "EI4"],
    }


def test_every_module_that_ships_names_behaviors_of_the_frame(raw):
    known = set(parse_frame(raw).titles)

    for course in read_library(settings.LIBRARY_ROOT):
        for module in course.modules:
            assert set(module.text.behaviours) <= known


def test_levels_are_shares_of_the_points(raw):
    assert parse_frame(raw).skill(Skill.EMPATHY).expected == Expected(agent=0.6, lead=0.7)


def test_a_title_is_found_by_its_code(raw):
    assert parse_frame(raw).titles["EC1"] == "One plain idea per sentence"


def test_every_skill_stands_once_and_in_order(raw):
    raw["skills"][0], raw["skills"][1] = raw["skills"][1], raw["skills"][0]

    assert problems_in(raw) == [
        "skills: Name each skill once, in this order:"
        " listening, communication, empathy, problem, eq."
    ]


def test_a_behavior_belongs_to_its_skill_and_stands_once(raw):
    raw["skills"][0]["behaviours"][0]["code"] = "EC1"

    assert problems_in(raw) == [
        "skills[0].behaviours[0].code: This code belongs to another skill.",
        "skills: The id “EC1” is used more than once; ids must differ.",
    ]


def test_a_skill_has_four_to_six_behaviors_with_every_anchor(raw):
    raw["skills"][2]["behaviours"].pop()
    del raw["skills"][2]["behaviours"][0]["at_3"]

    assert problems_in(raw) == [
        "skills[2].behaviours[0].at_3: Write a text here.",
        "skills[2].behaviours: Give each skill four to six behaviors.",
    ]


def test_an_unknown_code_is_told_apart_from_a_misplaced_one(raw):
    raw["skills"][0]["behaviours"][0]["code"] = "XX1"

    assert [problem.partition(":")[0] for problem in problems_in(raw)] == [
        "skills[0].behaviours[0].code"
    ]
