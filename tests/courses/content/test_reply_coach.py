"""The reply coach says where a rule applies, in any script, and says nothing it cannot know."""

import dataclasses
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.reply_coach import (
    LONGEST_REPLY,
    Observation,
    Rule,
    RuleCoach,
    usable_observations,
)

COACH = RuleCoach()


def seen(text: str) -> list[tuple[str, str]]:
    """Return each rule with the words that it marks."""
    return [(one.rule.value, text[one.start : one.end]) for one in COACH.observe(text)]


# Questions


def test_a_listed_opening_makes_a_question_look_open() -> None:
    assert seen("Thank you. So, what happened then?") == [
        ("open-question", "So, what happened then?")
    ]


def test_any_other_question_is_only_a_question() -> None:
    assert seen("Which envelope did each one mean?") == [
        ("question", "Which envelope did each one mean?")
    ]


def test_questions_without_a_pause_between_them_are_marked_together() -> None:
    text = "May I have your name? And your date of birth? I'm listening."
    assert seen(text) == [
        ("question", "May I have your name?"),
        ("stacked-questions", "May I have your name? And your date of birth?"),
        ("question", "And your date of birth?"),
    ]


def test_questions_with_a_sentence_between_them_are_not_stacked() -> None:
    assert [rule for rule, _ in seen("Is it Friday? I see it here. Is it the lab?")] == [
        "question",
        "question",
    ]


def test_several_question_marks_are_one_question() -> None:
    assert seen("Really??! All right.") == [("question", "Really??!")]


def test_a_question_in_quotes_keeps_its_quotes() -> None:
    assert seen("“Did I miss it?” I asked.") == [("question", "“Did I miss it?”")]


# Words from the lists


def test_listed_jargon_is_marked_where_it_stands() -> None:
    assert seen("Your EOB shows the deductible.") == [
        ("jargon", "EOB"),
        ("jargon", "deductible"),
    ]


def test_the_longest_listed_expression_is_marked_once() -> None:
    assert seen("You need prior authorization.") == [("jargon", "prior authorization")]


@pytest.mark.parametrize("text", ["Philip called.", "The copays-r-us shop.", "deductible\u0301"])
def test_a_part_of_a_longer_word_is_not_marked(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_stock_phrase_is_found_with_either_apostrophe_and_any_spacing(apostrophe: str) -> None:
    text = f"I am afraid that{apostrophe}s  our\npolicy"
    assert seen(text) == [("stock-phrase", f"that{apostrophe}s  our\npolicy")]


def test_a_paraphrase_of_a_stock_phrase_is_left_alone() -> None:
    assert seen("I can see why you are frustrated.") == []


# The next step


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you Thursday at three.",
        "We will write by Friday.",
        "You’ll hear from me within two business days.",
        "I will call at 3:30 pm with the answer.",
    ],
)
def test_somebody_who_will_act_and_a_time_look_like_a_next_step(text: str) -> None:
    assert seen(text) == [("next-step", text)]


@pytest.mark.parametrize(
    "text",
    [
        "I'll look into it.",
        "The bill is due on Friday.",
        "I'll open it. It is due today.",
        "You owe 62.40 at 12 percent.",
    ],
)
def test_a_promise_without_a_time_or_a_time_without_a_promise_is_none(text: str) -> None:
    assert seen(text) == []


# The reading grade


PLAIN = "I can see the bill and I will read it to you now. "


def test_a_reading_grade_needs_a_hundred_words() -> None:
    assert COACH.observe(PLAIN * 7) == ()
    (grade,) = COACH.observe(PLAIN * 9)
    assert grade == Observation(0, len(PLAIN * 9), Rule.READING_GRADE, grade=1)


def test_a_text_that_is_not_english_gets_no_reading_grade() -> None:
    assert COACH.observe("Ich lese Ihnen jetzt gerne Ihre Rechnung vor. " * 20) == ()


# Any script


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("أنا أسمعك. ماذا حدث؟ شكرا", "ماذا حدث؟"),
        ("我明白了。发生了什么事？谢谢。", "发生了什么事？"),
        ("👩🏽‍⚕️ Is it the lab? 🙏", "👩🏽‍⚕️ Is it the lab?"),
        ("Cafe\u0301. Ist es das Labor?\ufe0f Ja", "Ist es das Labor?\ufe0f"),
        ("Τι έγινε\u037e", "Τι έγινε\u037e"),
    ],
)
def test_a_question_mark_of_any_script_is_found_in_code_points(text: str, marked: str) -> None:
    assert seen(text) == [("question", marked)]


def test_what_stands_before_a_phrase_does_not_move_its_place() -> None:
    for before in ("", "🙏🏽 ", "e\u0301" * 50 + " ", "中文 ", "İ\u0130ß "):
        assert seen(f"{before}calm down") == [("stock-phrase", "calm down")]


PIECES = st.sampled_from(["calm down", "EOB", "what happened?", "I'll call by Friday.", "؟", "？"])
TEXTS = st.lists(PIECES | st.text(max_size=40) | st.text(string.printable, max_size=40)).map(
    "".join
)


@given(TEXTS)
def test_every_observation_lies_in_the_text_and_comes_again(text: str) -> None:
    text = text[:LONGEST_REPLY]
    found = COACH.observe(text)
    assert found == usable_observations(text, found) == COACH.observe(text)
    for one in found:
        marked = text[one.start : one.end]
        assert marked.strip()
        assert one.rule is Rule.READING_GRADE or marked == marked.strip()


@given(st.sampled_from(["?", "a?", "i'll ", "calm ", "  ", "."]))
def test_the_longest_reply_takes_no_time_worth_naming(piece: str) -> None:
    COACH.observe((piece * LONGEST_REPLY)[:LONGEST_REPLY])


# What no coach may say


def test_an_observation_has_no_room_for_a_score() -> None:
    assert [field.name for field in dataclasses.fields(Observation)] == [
        "start",
        "end",
        "rule",
        "grade",
    ]


def test_observations_outside_the_text_are_dropped() -> None:
    good = Observation(0, 2, Rule.JARGON)
    bad = (Observation(1, 9, Rule.JARGON), Observation(2, 2, Rule.JARGON))
    assert usable_observations("abc", (*bad, good, good)) == (good,)
