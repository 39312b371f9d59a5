"""A quiz takes over a question of another one: written out, with its address."""

from typing import Any

import pytest

from courses.content.parsing import ContentError
from courses.content.reuse import with_reused
from tests.factories.contents import quiz_raw

GREET = {"id": "greet", "title": "Greet", "tags": ["calls"]}
AT = "empathy/chat/first-line#greet"


def find(address: str) -> dict[str, Any] | None:
    return {AT: GREET, "a/b/c#used": {"use": AT}, "a/b/c#copy": GREET | {"origin": AT}}.get(address)


def test_a_question_is_written_out_and_keeps_its_address() -> None:
    raw = {"title": "T", "items": [{"id": "own"}, {"use": AT}]}
    assert with_reused(raw, find) == {
        "title": "T",
        "items": [{"id": "own"}, GREET | {"origin": AT}],
    }


def test_what_stands_beside_it_counts_instead() -> None:
    used = {"use": AT, "id": "hello", "tags": ["chat"]}
    [item] = with_reused({"items": [used]}, find)["items"]
    assert item == {"id": "hello", "title": "Greet", "tags": ["chat"], "origin": AT}


def test_a_copy_of_a_copy_knows_where_it_was_written_first() -> None:
    [item] = with_reused({"items": [{"use": "a/b/c#copy"}]}, find)["items"]
    assert item["origin"] == AT


@pytest.mark.parametrize("address", ["a/b/c#nothing", "a/b/c#used", 7, None])
def test_an_address_that_leads_nowhere_is_said_with_its_place(address: object) -> None:
    with pytest.raises(ContentError) as refused:
        with_reused({"items": [GREET, {"use": address}]}, find)
    [problem] = refused.value.problems
    assert problem.path == "items[1].use"
    assert f"There is no question “{address}”" in problem.sentence


@pytest.mark.parametrize("raw", [quiz_raw(), {"items": "none"}, {}, {"items": [7]}])
def test_without_any_nothing_changes(raw: dict[str, Any]) -> None:
    assert with_reused(raw, find) is raw
