"""Quizzes: every type of item, and what a learner may know before and after the answer."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.options import KeyedOption, Option, Standing
from courses.content.quiz_items import (
    CheckPoint,
    Explanation,
    ItemType,
    KeySource,
    Piece,
    Question,
)
from courses.content.quiz_rules import FeedbackMoment
from tests.factories.contents import option
from tests.factories.raw_items import (
    BEST_WORST,
    FILL_GAP,
    MATCHING,
    ORDERING,
    RANK_ALL,
    RATE_EACH,
    SHORT_TEXT,
    SINGLE,
    item_raw,
    problems_in,
    quiz_of,
)

SEEDS = st.integers(min_value=0, max_value=2**31 - 1)


def keyed(id_: str, standing: Standing = Standing.OTHER, rating: float | None = None):
    return KeyedOption(Option(id_, f"Option {id_}."), f"This is what {id_} does.", standing, rating)


def test_a_quiz_has_rules_and_items():
    quiz = quiz_of(SINGLE, pass_mark=60, feedback="at_end", shuffle_options=True)

    assert (quiz.pass_mark, quiz.feedback, quiz.shuffle_questions, quiz.shuffle_options) == (
        60,
        FeedbackMoment.AT_END,
        False,
        True,
    )
    assert quiz.item("one").type is ItemType.SINGLE_CHOICE
    assert quiz.item("two") is None


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        (SINGLE, (keyed("A"), keyed("B", Standing.RIGHT))),
        (
            item_raw(
                "multiple_choice",
                options=[option("A", right=True), option("B"), option("C", right=True)],
            ),
            (keyed("A", Standing.RIGHT), keyed("B"), keyed("C", Standing.RIGHT)),
        ),
        (
            item_raw("true_false", answer=False, if_true="Looks so.", if_false="It does not."),
            (
                KeyedOption(Option("true", "True"), "Looks so."),
                KeyedOption(Option("false", "False"), "It does not.", Standing.RIGHT),
            ),
        ),
        (ORDERING, (keyed("story"), keyed("ask"), keyed("open"), keyed("end"))),
        (
            item_raw("mark_sentence", options=[option("A"), option("B", right=True), option("C")]),
            (keyed("A"), keyed("B", Standing.RIGHT), keyed("C")),
        ),
        (BEST_WORST, (keyed("A", Standing.WORST), keyed("B"), keyed("C", Standing.BEST))),
        (RATE_EACH, (keyed("A", rating=5), keyed("B", rating=2.5), keyed("C", rating=1))),
        (
            RANK_ALL | {"options": RATE_EACH["options"][::-1]},
            (keyed("A", rating=5), keyed("B", rating=2.5), keyed("C", rating=1)),
        ),
        (
            MATCHING,
            tuple(replace(keyed(one), goes_with=to) for one, to in zip("ABC", "yzy", strict=True)),
        ),
        (
            FILL_GAP,
            tuple(
                KeyedOption(Option(one, ""), f"SECRET why {one}", accepted=("SECRET old", "é"))
                for one in ("one", "two")
            ),
        ),
    ],
)
def test_each_type_of_item_explains_all_of_its_options_after_the_answer(raw, options):
    assert quiz_of(raw).item("one").explained() == Explanation(
        title="SECRET title",
        rationale="SECRET rationale",
        options=options,
        replies=(),
        checklist=(),
    )


def test_a_short_text_explains_with_other_replies_and_a_checklist():
    item = quiz_of(SHORT_TEXT, SINGLE | {"id": "two"}).item("one")

    assert not item.is_scored
    assert item.explained() == Explanation(
        title="SECRET title",
        rationale="SECRET rationale",
        options=(),
        replies=("SECRET one", "SECRET two"),
        checklist=(CheckPoint("opened", "SECRET point", "SECRET harm"),),
    )


def test_the_question_before_the_answer():
    (question,) = quiz_of(SINGLE).asked(7)

    assert question == Question(
        id="one",
        type=ItemType.SINGLE_CHOICE,
        stem="He calls.",
        prompt="What now?",
        picture=None,
        options=(Option("A", "Option A."), Option("B", "Option B.")),
        is_provisional=True,
    )


@pytest.mark.parametrize(
    "raw", [SINGLE, ORDERING, MATCHING, FILL_GAP, BEST_WORST, RANK_ALL, RATE_EACH, SHORT_TEXT]
)
def test_nothing_of_the_key_is_in_a_question(raw):
    quiz = quiz_of(raw, SINGLE | {"id": "two"}, shuffle_options=True, shuffle_questions=True)
    shown = repr(quiz.asked(3))

    assert "SECRET" not in shown
    assert "This is what" not in shown
    assert "standing" not in shown
    assert "goes_with" not in shown
    assert "accepted" not in shown
    assert "rating" not in shown


def test_a_printed_item_keeps_its_key_to_itself():
    printed = repr(quiz_of(SINGLE, SHORT_TEXT | {"id": "two"}).items)

    assert "SECRET rationale" not in printed
    assert "SECRET one" not in printed
    assert "This is what" not in printed
    assert "right" not in printed


@given(SEEDS)
def test_the_same_seed_always_asks_the_same(seed):
    quiz = quiz_of(SINGLE, RATE_EACH | {"id": "two"}, shuffle_options=True, shuffle_questions=True)

    assert quiz.asked(seed) == quiz.asked(seed)


@given(SEEDS)
def test_shuffling_loses_nothing(seed):
    quiz = quiz_of(RATE_EACH, ORDERING | {"id": "two"}, shuffle_options=True)

    for question, item in zip(quiz.asked(seed), quiz.items, strict=True):
        assert sorted(one.id for one in question.options) == sorted(item.option_ids())


@given(SEEDS)
def test_what_is_put_in_order_is_never_shown_in_its_right_order(seed):
    tied = RANK_ALL | {"options": [option("A", rating=5), *(option(one, rating=2) for one in "BC")]}
    steps, ranked, ranked_tied = quiz_of(
        ORDERING, RANK_ALL | {"id": "two"}, tied | {"id": "three"}, shuffle_options=False
    ).asked(seed)

    assert [one.id for one in steps.options] != ["story", "ask", "open", "end"]
    assert [one.id for one in ranked.options] != ["A", "B", "C"]
    assert ranked_tied.options[0].id != "A"


@given(SEEDS)
def test_answers_to_match_are_in_one_order_that_no_option_decides(seed):
    (question,) = quiz_of(MATCHING).asked(seed)

    assert sorted(question.answers, key=lambda one: one.id) == [
        Option(one, f"Answer {one}.") for one in "xyz"
    ]
    assert (
        question.answers
        == quiz_of(MATCHING | {"options": MATCHING["options"][::-1]}).asked(seed)[0].answers
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "It went to the {one} house, {two}.",
            (
                Piece("It went to the "),
                Piece(gap="one", number=1),
                Piece(" house, "),
                Piece(gap="two", number=2),
                Piece("."),
            ),
        ),
        ("{two}{one}", (Piece(gap="two", number=1), Piece(gap="one", number=2))),
    ],
)
def test_a_text_is_parted_at_its_gaps(text, pieces):
    assert quiz_of(FILL_GAP | {"text": text}).asked(1)[0].pieces == pieces


def test_a_sentence_in_a_passage_and_true_or_false_stay_in_place():
    passage = item_raw(
        "mark_sentence", options=[option(one, right=one == "c") for one in ("a", "b", "c", "d")]
    )
    claim = item_raw("true_false", id="two", answer=True, if_true="So.", if_false="No.")
    quiz = quiz_of(passage, claim, shuffle_options=True)

    for seed in range(20):
        asked = quiz.asked(seed)
        assert [one.id for one in asked[0].options] == ["a", "b", "c", "d"]
        assert [one.id for one in asked[1].options] == ["true", "false"]


def test_over_many_seeds_every_option_comes_first_about_as_often():
    quiz = quiz_of(RATE_EACH, shuffle_options=True)
    first = Counter(quiz.asked(seed)[0].options[0].id for seed in range(900))

    assert all(240 < first[one] < 360 for one in "ABC")


def test_a_panel_s_key_is_not_provisional():
    quiz = quiz_of(BEST_WORST | {"keyed_by": "panel"})

    assert quiz.items[0].keyed_by is KeySource.PANEL
    assert not quiz.asked(1)[0].is_provisional


def test_a_quiz_needs_something_to_score():
    assert problems_in(SHORT_TEXT) == ["items: Add at least one item that can be scored."]


def test_an_unknown_type_is_one_problem():
    assert problems_in(SINGLE, item_raw("essay", id="two", words=500)) == [
        "items[1].type: Choose one of: single_choice, multiple_choice, true_false, ordering,"
        " matching, fill_gap, mark_sentence, best_worst, rank_all, rate_each, short_text,"
        " long_text."
    ]


def test_items_have_ids_of_their_own():
    assert problems_in(SINGLE, SINGLE) == [
        "items: The id “one” is used more than once; ids must differ."
    ]
