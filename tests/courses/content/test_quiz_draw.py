"""Drawing from the bank: by what an author says, by the seed alone, and never short."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.lint_quiz import lint_quiz
from courses.content.parsing import ContentError
from courses.content.quiz import Quiz, parse_quiz
from courses.content.quiz_items import ItemType
from tests.factories.contents import option, quiz_raw

SEEDS = st.integers(0, 2**31 - 1)
HARD, EASY = {"difficulty": {"to": 0.5}}, {"difficulty": {"from": 0.6}}


def bank(count: int = 12, **fields: Any) -> list[dict[str, Any]]:
    """Return items that take turns in behavior, difficulty and tag, all of one type."""
    return [
        {
            "id": f"i{number}",
            "type": "single_choice",
            "title": "At the desk",
            "behaviour": ("AL1", "EM1", "AL2")[number % 3],
            "difficulty": (0.4, 0.8)[number % 2],
            "tags": [("chat", "phone")[number // 6 % 2]],
            "prompt": "What now?",
            "rationale": "The story comes first.",
            "options": [option("A", right=True), option("B")],
        }
        | fields
        for number in range(count)
    ]


def quiz_of(*sections: dict[str, Any], items: list[dict[str, Any]] | None = None) -> Quiz:
    return parse_quiz(quiz_raw(items=items or bank(), sections=list(sections)))


def problems_of(*sections: dict[str, Any], items: list[dict[str, Any]] | None = None) -> list[str]:
    with pytest.raises(ContentError) as caught:
        quiz_of(*sections, items=items)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("condition", "fitting"),
    [
        ({}, set(range(12))),
        ({"tags": ["chat", "mail"]}, set(range(6))),
        ({"skills": ["empathy"]}, {1, 4, 7, 10}),
        ({"behaviours": ["AL2"]}, {2, 5, 8, 11}),
        (HARD, {0, 2, 4, 6, 8, 10}),
        ({"types": ["single_choice", "ordering"]}, set(range(12))),
        ({"skills": ["listening"], "tags": ["phone"]} | EASY, {9, 11}),
    ],
)
def test_a_section_draws_from_what_meets_all_its_conditions(condition, fitting) -> None:
    quiz = quiz_of({"draw": 2} | condition)
    drawn = {one for seed in range(300) for one in quiz.drawn(seed)}
    assert drawn == {f"i{number}" for number in fitting}


@given(SEEDS)
def test_the_same_seed_draws_the_same_from_a_bank_in_any_order(seed) -> None:
    sections = ({"draw": 3} | HARD, {"draw": 4})
    there, back = quiz_of(*sections), quiz_of(*sections, items=bank()[::-1])
    assert there.drawn(seed) == quiz_of(*sections).drawn(seed)
    assert set(there.drawn(seed)) == set(back.drawn(seed))


@given(SEEDS, st.booleans())
def test_each_section_asks_its_number_in_turn_and_nothing_is_asked_twice(seed, shuffled) -> None:
    raw = quiz_raw(
        items=bank(),
        sections=[{"draw": 3} | EASY, {"draw": 5}],
        shuffle_questions=shuffled,
    )
    quiz = parse_quiz(raw)
    drawn = quiz.drawn(seed)
    assert len(set(drawn)) == quiz.asked_count == 8
    assert all(quiz.item(one).difficulty == 0.8 for one in drawn[:3])
    if not shuffled:
        places = [int(one[1:]) for one in drawn]
        assert (places[:3], places[3:]) == (sorted(places[:3]), sorted(places[3:]))


def test_over_many_seeds_every_item_is_drawn_about_as_often() -> None:
    quiz = quiz_of({"draw": 4})
    times = Counter(one for seed in range(900) for one in quiz.drawn(seed))
    assert all(240 < times[f"i{number}"] < 360 for number in range(12))


def test_without_sections_everything_is_asked() -> None:
    quiz = parse_quiz(quiz_raw(items=bank()))
    assert quiz.drawn(7) == tuple(f"i{number}" for number in range(12))
    assert quiz.asked_count == 12


def test_a_quiz_as_drawn_asks_only_that_and_knows_its_sections() -> None:
    quiz = quiz_of({"draw": 2, "title": "Warming up"} | EASY, {"draw": 2})
    taken = quiz.only(quiz.drawn(5))
    assert [question.id for question in taken.asked(5)] == list(quiz.drawn(5))
    titles = [taken.section_at(number).title for number in range(1, 5)]
    assert titles == ["Warming up", "Warming up", "", ""]


def test_what_some_seed_could_not_fill_is_refused() -> None:
    assert problems_of({"draw": 4}, {"draw": 3} | HARD) == [
        "sections[1].draw: This draws 3 items, and only 2 are sure to be left."
    ]
    assert problems_of({"draw": 13}) == [
        "sections[0].draw: This draws 13 items, and only 12 are sure to be left."
    ]


def test_a_draw_that_might_give_no_points_is_refused() -> None:
    words = {"type": "short_text", "replies": ["“So.”"]}
    words["checklist"] = [{"id": "one", "text": "One?", "because": "It is so."}]
    own = [{key: one[key] for key in one if key != "options"} | words for one in bank(2)]
    assert problems_of({"draw": 2}, items=[*own, *bank()[2:]]) == [
        "sections: Draw more items than there are without points."
    ]


def test_conditions_that_nobody_knows_are_named() -> None:
    found = problems_of(
        {"draw": 1, "skills": ["patience"], "types": [3], "colour": "red"},
        {"draw": 1, "difficulty": {"from": 0.9, "to": 0.1}},
    )
    assert found[0].startswith("sections[0].skills[0]: Choose one of: listening,")
    assert found[1] == f"sections[0].types[0]: Choose one of: {', '.join(ItemType)}."
    assert found[2:4] == [
        "sections[0].colour: This field is not known here; check its spelling.",
        "sections[1].difficulty.to: Write at least as much as “from”.",
    ]


def test_a_bank_too_small_to_draw_from_is_mentioned_and_so_is_what_nobody_is_asked() -> None:
    quiz = quiz_of({"draw": 5, "tags": ["chat"]}, {"draw": 3} | HARD)
    found = [
        (one.code, one.path) for one in lint_quiz(quiz) if one.code in ("small-bank", "never-drawn")
    ]
    assert found == [
        ("small-bank", "items"),
        ("small-bank", "sections[0]"),
        ("never-drawn", "items.i7"),
        ("never-drawn", "items.i9"),
        ("never-drawn", "items.i11"),
    ]
