"""Forms of blocks and questions: what was there stays to the letter, and what is typed goes in."""

from collections.abc import Iterator
from typing import Any

import pytest

from courses.content.checks import check_content
from courses.content.editing import findings_by_piece
from courses.content.lesson_blocks import BlockType
from courses.content.quiz_items import ItemType
from courses.forms.kinds_of_pieces import SETTINGS, TO_ADD, listed_pieces, shape_of
from courses.forms.pieces import (
    FieldView,
    as_sent,
    begun,
    fields_of,
    loose_findings,
    rearranged,
    settled,
)
from courses.forms.shapes import Shape
from tests.factories.contents import lesson_raw, quiz_raw
from tests.factories.curriculum import sample_of_curriculum
from tests.factories.quizzes import every_type_raw
from tests.factories.raw_items import FILL_GAP, MATCHING, ORDERING, RANK_ALL, RATE_EACH, SHORT_TEXT

CHOICES: dict[str, list[tuple[str, str]]] = {"behaviours": [("AL1", "AL1 · Lets it end")]}


def sent_by(fields: tuple[FieldView, ...]) -> dict[str, str]:
    """Return what a browser sends of a form that nobody touched."""
    return dict(_pairs(fields))


def _pairs(fields: tuple[FieldView, ...]) -> Iterator[tuple[str, str]]:
    for one in fields:
        if one.shape.kind == "rows":
            yield f"{one.name}-n", str(len(one.rows))
        elif one.shape.kind == "tick":
            if one.value:
                yield one.name, "on"
        elif one.shape.kind == "choice":
            yield one.name, next((value for value, _name, chosen in one.choices if chosen), "")
        else:
            yield one.name, one.value.replace("\n", "\r\n")
        for row in one.rows:
            yield f"{row.prefix}was", row.was
            if one.shape.with_ids:
                yield f"{row.prefix}id", row.row_id
            yield from _pairs(row.fields)


def untouched(shapes: tuple[Shape, ...], raw: dict[str, Any]) -> dict[str, Any]:
    return as_sent(shapes, sent_by(fields_of(shapes, raw, choices=CHOICES)), raw)


def typed(raw: dict[str, Any], **values: str) -> dict[str, Any]:
    """Return a piece after its form was sent with some values typed."""
    shape = shape_of("quiz" if raw["type"] in list(ItemType) else "lesson", raw)
    sent = sent_by(fields_of(shape.shapes, raw, choices=CHOICES))
    return settled(raw["type"], as_sent(shape.shapes, sent | values, raw))


def test_a_form_that_nobody_touched_changes_nothing():
    drafts = [
        (files.kind, files.raw)
        for course in sample_of_curriculum()
        for module in course.modules
        for files in module.activities
        if files.kind in SETTINGS
    ]
    drafts += [("quiz", every_type_raw()), ("lesson", lesson_raw()), ("quiz", quiz_raw())]
    for kind, raw in drafts:
        assert settled("", untouched(SETTINGS[kind], raw)) == raw
        for piece in raw["blocks" if kind == "lesson" else "items"]:
            shape = shape_of(kind, piece)
            assert settled(piece["type"], untouched(shape.shapes, piece)) == piece


def test_every_type_can_be_added():
    assert set(TO_ADD["lesson"]) == set(BlockType)
    assert set(TO_ADD["quiz"]) == {*ItemType, "marked_short_text"}


def test_what_is_typed_goes_into_the_draft_finished_or_not():
    piece = lesson_raw()["blocks"][0]
    changed = typed(piece, html='Say **this**.\r\n\r\n"Go on."', heading="")
    assert changed == {
        "id": "why",
        "type": "rich_text",
        "html": "<p>Say <strong>this</strong>.</p>\n<p><q>Go on.</q></p>",
    }
    item = typed(quiz_raw()["items"][0], difficulty="most", tags="a\r\n\r\n b ")
    assert (item["difficulty"], item["tags"]) == ("most", ["a", "b"])
    assert typed(quiz_raw()["items"][0], difficulty="0.5")["difficulty"] == 0.5


def test_the_key_is_ticked_rated_or_chosen():
    single = typed(quiz_raw()["items"][0], **{"options-1-right": "on"})
    assert [one.get("right") for one in single["options"]] == [True, True, None]
    assert typed(quiz_raw()["items"][1], answer="False")["answer"] is False
    assert typed(RANK_ALL, **{"options-0-rating": "4.5"})["options"][0]["rating"] == 4.5
    matched = typed(MATCHING, **{"options-0-goes_with": "x"})
    assert matched["options"][0]["goes_with"] == "x"
    gaps = typed(FILL_GAP, **{"gaps-0-accepted": "old\r\nelder"})
    assert gaps["gaps"][0]["accepted"] == ["old", "elder"]


def test_what_a_form_does_not_know_stays():
    piece = {**RATE_EACH, "keyed_by": "panel", "picture": {"file": "a.svg"}}
    piece["options"] = [{**one, "raters": 5, "spread": 0.4} for one in piece["options"]]
    assert typed(piece, prompt="New?") == {**piece, "prompt": "New?"}


def test_rows_are_added_moved_and_taken_out_before_anything_is_saved():
    shape = shape_of("quiz", SHORT_TEXT)
    fields = lambda raw: sent_by(fields_of(shape.shapes, raw, choices=CHOICES))  # noqa: E731  (short, and used below only)
    more = rearranged(SHORT_TEXT, "add:checklist", shape.shapes)
    assert len(more["checklist"]) == 2
    up = rearranged(more, "up:checklist-1", shape.shapes)
    new = {**fields(up), "checklist-0-text": "First", "checklist-0-because": "It is."}
    saved = settled("short_text", as_sent(shape.shapes, new, SHORT_TEXT))
    assert [one["text"] for one in saved["checklist"]] == ["First", "SECRET point"]
    assert saved["checklist"][1] == SHORT_TEXT["checklist"][0]
    less = rearranged(up, "remove:checklist-0", shape.shapes)
    assert [one["id"] for one in less["checklist"]] == ["opened"]
    for odd in ("up:checklist-9", "remove:nothing-0", "add:prompt", "down:checklist-0-x-1", "add:"):
        assert rearranged(SHORT_TEXT, odd, shape.shapes) == SHORT_TEXT


def test_levels_of_a_criterion_are_rows_within_rows():
    shape = TO_ADD["quiz"]["long_text"]
    piece = begun(shape.shapes, shape.begins_with)
    assert len(piece["rubric"][0]["levels"]) == 2
    more = rearranged(piece, "add:rubric-0-levels", shape.shapes)
    assert len(more["rubric"][0]["levels"]) == 3


def test_ids_of_what_is_put_in_order_never_tell_the_order():
    first, *rest = ORDERING["options"]
    moved = {**ORDERING, "options": sorted([first, *rest], key=lambda one: one["id"])}
    assert check_content("quiz", quiz_raw(items=[moved]))[0].code == "telling-id"
    saved = settled("ordering", moved)
    codes = [one.code for one in check_content("quiz", quiz_raw(items=[saved]))]
    assert "telling-id" not in codes


def test_a_finding_stands_beside_its_field_or_row_and_the_rest_is_not_lost():
    raw = quiz_raw()
    item = raw["items"][0]
    item["options"][1]["right"] = True
    del item["options"][2]["feedback"], item["prompt"]
    found = findings_by_piece("quiz", raw, check_content("quiz", raw))["first"]
    fields = {
        one.name: one
        for one in fields_of(shape_of("quiz", item).shapes, item, choices=CHOICES, found=found)
    }
    assert [one.sentence for one in fields["prompt"].findings] == ["Write a text here."]
    assert "Mark exactly one option" in fields["options"].findings[0].sentence
    row = fields["options"].rows[2]
    assert {one.name: one.is_error for one in row.fields} == {
        "options-2-text": False,
        "options-2-feedback": True,
        "options-2-right": False,
    }
    assert loose_findings(tuple(fields.values()), found) == ()


def test_a_piece_that_nobody_can_tell_is_listed_without_a_form():
    raw = lesson_raw(blocks=["odd", {"type": "poem", "id": "x"}, *lesson_raw()["blocks"]])
    listed = listed_pieces("lesson", raw, check_content("lesson", raw))
    assert [one.id for one in listed] == ["", "", "why", "mine", "check"]


@pytest.mark.parametrize("kind", ["lesson", "quiz"])
def test_a_new_piece_says_what_is_missing(kind: str):
    for name, shape in TO_ADD[kind].items():
        piece = settled(shape.type, begun(shape.shapes, shape.begins_with))
        assert shape_of(kind, {**piece, "type": str(shape.type)}) is TO_ADD[kind][name]
