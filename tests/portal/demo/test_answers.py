"""The cast can answer whatever the curriculum asks, in each type of item there is."""

import pytest

from assessments.responses import read_kept
from assessments.scoring import score_item
from courses.content.quiz import parse_quiz
from courses.content.quiz_items import Item, ItemType
from portal.demo.answers import answer_to
from tests.factories.curriculum import whole_curriculum
from tests.factories.items import long_text
from tests.factories.quizzes import every_type_raw

ONE_OF_EACH = (*parse_quiz(every_type_raw()).items, long_text())


def all_items() -> list[Item]:
    """Return every item of every quiz of the curriculum."""
    return [
        item
        for course in whole_curriculum()
        for module in course.modules
        for activity in module.activities
        if activity.kind == "quiz"
        for item in parse_quiz(activity.raw).items
    ]


@pytest.mark.parametrize("item", ONE_OF_EACH, ids=lambda item: item.type.value)
def test_a_right_answer_earns_more_than_a_wrong_one(item):
    answers = [read_kept(item, answer_to(item, is_right=one)) for one in (True, False)]
    right, wrong = (score_item(item, answer) for answer in answers)
    if item.type in (ItemType.SHORT_TEXT, ItemType.LONG_TEXT):
        assert (right.points, wrong.points) == (None, None)
    else:
        assert right.points == 1
        assert wrong.points < right.points


def test_each_type_is_tried():
    assert {item.type for item in ONE_OF_EACH} == set(ItemType)


@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_no_item_of_the_curriculum_refuses_what_they_answer(is_right):
    for item in all_items():
        assert read_kept(item, answer_to(item, is_right=is_right)), item.id
