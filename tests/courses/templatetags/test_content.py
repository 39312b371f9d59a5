"""Template tags that show content."""

import pytest
from django.template import engines

from courses.queries.content import lesson_of
from courses.queries.lesson import BlockView
from courses.templatetags.content import given_for, media_url, rating_of, shared_block
from tests.factories.contents import lesson_raw
from tests.factories.courses import LessonFactory


def test_a_file_is_addressed_by_its_hash_and_name() -> None:
    assert media_url({"cover.png": "ab12"}, "cover.png") == "/media/ab12/cover.png"


def test_a_file_nobody_gave_has_no_address() -> None:
    with pytest.raises(KeyError):
        media_url({}, "cover.png")


@pytest.mark.parametrize(
    ("ratings", "shown"), [({"A": 5, "B": 1}, "5"), ({"B": 1}, ""), ({}, ""), (None, "")]
)
def test_a_rating_is_shown_as_a_form_sends_it(ratings, shown: str) -> None:
    assert rating_of(ratings, "A") == shown


def test_without_an_answer_no_rating_is_checked() -> None:
    template = engines["django"].from_string(
        "{% load content %}{% if page.ratings|rating_of:'A' == '5' %}checked{% endif %}"
    )
    assert template.render({"page": {}}) == ""
    assert template.render({"page": {"ratings": {"A": 5}}}) == "checked"


@pytest.mark.django_db
def test_blocks_of_different_revisions_and_ids_are_told_apart() -> None:
    texts = []
    for words in ("One.", "Two."):
        blocks = [
            {"id": one, "type": "rich_text", "html": f"<p>{one} {words}</p>"} for one in ("a", "b")
        ]
        revision = LessonFactory(published=lesson_raw(blocks=blocks)).live_revision
        for block in lesson_of(revision).blocks:
            view = BlockView(activity_id=1, block=block, revision=revision)
            texts += [shared_block(view).strip(), shared_block(view).strip()]
    assert [text for text in texts if "<p>" in text] == texts
    assert len(set(texts)) == 4


def test_what_was_given_for_an_option_is_empty_where_nothing_was() -> None:
    assert [given_for(given, "A") for given in ({"A": "y"}, {"B": "y"}, {}, None, "")] == [
        "y",
        *[""] * 4,
    ]
