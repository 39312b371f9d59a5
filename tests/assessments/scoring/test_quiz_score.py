"""Points of whole quizzes: how they add up, and when a quiz is passed."""

import pytest

from assessments.responses import InvalidResponse
from assessments.scoring import ItemScore, QuizScore, score_item, score_quiz
from courses.content.quiz import parse_quiz
from tests.factories import items
from tests.factories.contents import option, quiz_raw


def test_no_software_scores_a_reply_in_own_words():
    score = score_item(items.short_text(), {"text": "Three times?", "held": ["times"]})

    assert score == ItemScore("one", True, None, None)


def quiz_with(pass_mark: int, count: int = 3):
    single = {
        "type": "single_choice",
        "title": "The item",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What now?",
        "rationale": "Because.",
        "options": [option("A", right=True), option("B")],
    }
    own_words = {
        "id": "words",
        "type": "short_text",
        "title": "Own words",
        "behaviour": "AL1",
        "difficulty": 0.6,
        "prompt": "What do you say?",
        "rationale": "Because.",
        "replies": ["“So.”"],
        "checklist": [{"id": "times", "text": "Times?", "because": "So."}],
    }
    scored = [single | {"id": f"s{number}"} for number in range(count)]
    return parse_quiz(quiz_raw(pass_mark=pass_mark, items=[*scored, own_words]))


def test_a_quiz_adds_up_and_leaves_out_what_cannot_be_scored():
    score = score_quiz(
        quiz_with(60), {"s0": {"option": "A"}, "s1": {"option": "B"}, "words": {"text": "So."}}
    )

    assert score == QuizScore(
        items=(
            ItemScore("s0", True, 1.0, True),
            ItemScore("s1", True, 0.0, False),
            ItemScore("s2", False, 0.0, None),
            ItemScore("words", True, None, None),
        ),
        points=1.0,
        out_of=3,
        passed=False,
    )
    assert score.percent == pytest.approx(100 / 3)


def test_an_empty_attempt_earns_nothing():
    score = score_quiz(quiz_with(60), {})

    assert (score.points, score.out_of, score.passed) == (0, 3, False)
    assert [one.answered for one in score.items] == [False] * 4


@pytest.mark.parametrize(
    ("pass_mark", "right", "passed"),
    [(0, 0, True), (60, 2, True), (66, 2, True), (67, 2, False), (100, 3, True), (100, 2, False)],
)
def test_reaching_the_pass_mark_is_enough(pass_mark, right, passed):
    answers = {f"s{number}": {"option": "A"} for number in range(right)}

    assert score_quiz(quiz_with(pass_mark), answers).passed is passed


def test_rounding_never_costs_a_pass():
    quiz = quiz_with(70, count=10)

    assert score_quiz(quiz, {f"s{n}": {"option": "A"} for n in range(7)}).passed


@pytest.mark.parametrize("answers", ["ABB", "BAB", "BBA"])
def test_which_items_were_right_does_not_change_the_sum(answers):
    responses = {f"s{number}": {"option": one} for number, one in enumerate(answers)}

    assert score_quiz(quiz_with(60), responses).points == 1


def test_an_unusable_answer_is_never_scored():
    with pytest.raises(InvalidResponse, match="Choose one answer"):
        score_quiz(quiz_with(60), {"s0": {"option": "Z"}})
