"""Rubrics and patterns: what an author has to mend, and what a learner sees of them."""

import pytest

from courses.content.rubrics import Criterion, Level
from tests.factories.raw_items import SINGLE, item_raw, problems_in, quiz_of


def criterion(id_: str, *points: int) -> dict:
    levels = [{"points": one, "anchor": f"SECRET {one}"} for one in points]
    return {"id": id_, "text": f"It has {id_}.", "levels": levels}


LONG = item_raw("long_text", rubric=[criterion("facts", 0, 1, 2), criterion("next", 0, 2)])
SHORT = item_raw("short_text", accepted=["SECRET *"], rubric=[criterion("facts", 0, 1)])


def test_a_rubric_has_criteria_with_anchored_levels():
    item = quiz_of(LONG, SINGLE | {"id": "two"}).item("one")

    assert item.is_scored
    assert item.rubric[1] == Criterion(
        "next", "It has next.", (Level(0, "SECRET 0"), Level(2, "SECRET 2"))
    )
    assert (item.rubric[0].lowest, item.rubric[0].highest) == (0, 2)


@pytest.mark.parametrize("raw", [LONG, SHORT])
def test_before_the_answer_one_sees_what_is_looked_for_and_no_more(raw):
    quiz = quiz_of(raw, SINGLE | {"id": "two"})
    question = quiz.asked(1)[0]

    assert question.is_marked_by_lead
    assert question.criteria[0] == "It has facts."
    assert "SECRET" not in repr(question)
    assert not any(f"SECRET {one}" in repr(quiz.items) for one in (0, 1, "*"))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (LONG | {"rubric": []}, "rubric: Write a list here."),
        (
            LONG | {"rubric": [criterion("a", 0, 1), criterion("a", 0, 1)]},
            "rubric: The id “a” is used more than once; ids must differ.",
        ),
        (
            LONG | {"rubric": [criterion("a", 1)]},
            "rubric[0].levels: Write 2 to 5 levels; here are 1.",
        ),
        (
            LONG | {"rubric": [criterion("a", 2, 1)]},
            "rubric[0].levels: Go from the fewest points to the most, each level with its own.",
        ),
        (
            SHORT | {"accepted": ["* ... *"]},
            "accepted[0]: Write a word beside the stars; this fits anything.",
        ),
        (item_raw("short_text", accepted=["yes"]), "rubric: Write a list here."),
    ],
)
def test_a_rubric_that_cannot_be_used_says_why(raw, problem):
    assert f"items[0].{problem}" in problems_in(raw, SINGLE | {"id": "two"})
