"""Editing piece by piece: order, copies, and whose finding is whose."""

import pytest

from courses.content.checks import check_content
from courses.content.editing import (
    PieceIsGone,
    duplicated,
    findings_by_piece,
    first_words,
    moved,
    out_of_order,
    piece_of,
    pieces_of,
    with_ids,
    with_new_piece,
    with_piece,
    without,
)
from tests.factories.contents import lesson_raw, quiz_raw


def ids(raw: dict) -> list[str]:
    return [piece["id"] for piece in raw["blocks"]]


def test_pieces_move_by_one_and_stay_at_the_ends():
    raw = lesson_raw()
    assert ids(moved("lesson", raw, "check", -1)) == ["why", "check", "mine"]
    assert ids(moved("lesson", raw, "why", 1)) == ["mine", "why", "check"]
    assert ids(moved("lesson", raw, "why", -1)) == ids(moved("lesson", raw, "check", 1)) == ids(raw)


def test_a_piece_is_replaced_copied_added_and_taken_out():
    raw = lesson_raw()
    new = {"id": "why", "type": "rich_text", "html": "<p>New.</p>"}
    assert piece_of("lesson", with_piece("lesson", raw, new), "why") == new
    assert ids(duplicated("lesson", raw, "why", "b")) == ["why", "b", "mine", "check"]
    assert ids(with_new_piece("lesson", raw, {"id": "b"}, "mine")) == ["why", "mine", "b", "check"]
    assert ids(with_new_piece("lesson", raw, {"id": "b"}, "gone")) == ["why", "mine", "check", "b"]
    assert ids(without("lesson", raw, "why")) == ["mine", "check"]
    assert raw == lesson_raw()
    with pytest.raises(PieceIsGone):
        without("lesson", raw, "gone")


def test_a_draft_that_is_no_list_of_pieces_can_still_get_one():
    assert pieces_of("quiz", {"items": "soon"}) == []
    assert with_new_piece("quiz", {"title": "T"}, {"id": "q"}) == {
        "title": "T",
        "items": [{"id": "q"}],
    }


def test_problems_of_form_find_their_piece_by_number():
    raw = lesson_raw()
    del raw["blocks"][2]["options"][1]["text"]
    raw["minutes"] = "soon"
    found = findings_by_piece("lesson", raw, check_content("lesson", raw))
    assert [place.steps for place, _finding in found["check"]] == [("options", 1, "text")]
    assert [place.steps for place, _finding in found[""]] == [("minutes",)]


def test_other_checks_find_their_piece_and_row_by_id():
    raw = quiz_raw()
    raw["items"][0]["options"][2]["feedback"] = "Wrong."
    found = findings_by_piece("quiz", raw, check_content("quiz", raw))
    assert [place.steps for place, _finding in found["first"]] == [("options", 2)]


def test_a_piece_is_known_by_its_first_words():
    assert first_words({"html": "<p>Let  them\nfinish.</p>"}) == "Let them finish."
    assert first_words({"heading": "", "prompt": "Which?"}) == "Which?"
    assert first_words("text") == first_words({}) == ""


def test_rows_get_ids_that_say_nothing():
    assert with_ids([{"text": "a"}, {"id": "b"}], lambda: "123") == [
        {"text": "a", "id": "o123"},
        {"id": "b"},
    ]


@pytest.mark.parametrize("names", [("a", "b", "c"), ("0", "1", "2"), ("oa", "ob")])
def test_ids_in_the_right_order_would_tell_it_and_are_changed(names: tuple[str, ...]):
    rows = [{"id": name} for name in names]
    found = [row["id"] for row in out_of_order(rows)]
    assert found[:-1] == list(names[:-1])
    assert found != sorted(found)
    assert out_of_order([{"id": "b"}, {"id": "a"}]) == [{"id": "b"}, {"id": "a"}]
