"""The rules of taking a quiz: left out they bind nobody, and what was shown is never taken back."""

from typing import Any

import pytest

from courses.content.lint_quiz import lint_quiz
from courses.content.parsing import ContentError
from courses.content.quiz import parse_quiz
from courses.content.quiz_rules import Review, Rules
from tests.factories.contents import quiz_raw


def rules_of(**fields: Any) -> Rules:
    return parse_quiz(quiz_raw(**fields)).rules


def problems_in(**fields: Any) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_quiz(quiz_raw(**fields))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("feedback", "at_once"), [("per_question", Review.FULL), ("at_end", Review.NOTHING)]
)
def test_a_quiz_without_rules_has_no_limits_and_shows_everything_at_the_end(feedback, at_once):
    assert rules_of(feedback=feedback) == Rules(None, None, at_once, Review.FULL)


def test_every_rule_can_be_set():
    fields = {"attempts": 3, "time_limit": 20, "shown_at_once": "nothing"}
    shown = {"shown_at_end": "right_or_not", "shown_once_settled": "full"}
    assert rules_of(**fields, **shown) == Rules(
        attempts=3,
        time_limit=20,
        shown_at_once=Review.NOTHING,
        shown_at_end=Review.RIGHT_OR_NOT,
        shown_once_settled=Review.FULL,
    )


def test_once_settled_as_much_is_shown_as_at_the_end_unless_said_otherwise():
    rules = rules_of(feedback="at_end", shown_at_end="nothing")
    assert rules.shown_once_settled is Review.NOTHING


def test_what_was_shown_at_the_end_is_not_hidden_later():
    assert problems_in(shown_once_settled="right_or_not") == [
        "shown_once_settled: Show at least as much as at the end."
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("attempts", 0, "Write a whole number from 1 to 20."),
        ("attempts", "two", "Write a whole number from 1 to 20."),
        ("time_limit", 0.5, "Write a whole number from 1 to 180."),
        ("time_limit", 181, "Write a whole number from 1 to 180."),
        ("shown_at_once", "all", "Choose one of: nothing, right_or_not, full."),
    ],
)
def test_a_rule_that_cannot_be_is_noted_at_its_place(field, value, sentence):
    assert f"{field}: {sentence}" in problems_in(**{field: value})


@pytest.mark.parametrize("at_end", ["nothing", "right_or_not"])
def test_the_end_cannot_hide_what_was_shown_at_once(at_end):
    assert problems_in(feedback="per_question", shown_at_end=at_end) == [
        "shown_at_end: Show at least as much as at once; nobody can unsee it."
    ]


@pytest.mark.parametrize(("limit", "is_short"), [(None, False), (2, False), (1, True)])
def test_a_limit_under_the_time_it_takes_is_worth_a_look(limit, is_short):
    findings = lint_quiz(parse_quiz(quiz_raw(time_limit=limit)))
    assert any(finding.code == "short-time-limit" for finding in findings) is is_short
