"""Content as text: what is read, what is refused, and that nothing changes on the way."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from courses.content.parsing import ContentError
from courses.content.source import LONGEST_SOURCE, read_source, write_source

LIBRARY = Path(__file__).resolve().parents[3] / "courses/library"
FILES = sorted(LIBRARY.glob("*/*/*.yaml"))
SOME = sorted(LIBRARY.glob("*/open-closed-and-when/*.yaml"))

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_of_the_curriculum_is_read_as_it_is_loaded(path: Path):
    text = path.read_text(encoding="utf-8")
    assert read_source(text) == yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_what_an_author_is_given_to_edit_is_read_back_the_same(path: Path):
    content = read_source(path.read_text(encoding="utf-8"))
    assert read_source(write_source(content)) == content


@given(content=st.dictionaries(st.text(), plain, max_size=5))
def test_writing_and_reading_changes_nothing(content):
    assert read_source(write_source(content)) == content


def test_texts_of_several_lines_are_written_as_blocks():
    assert write_source({"html": "<p>One</p>\n<p>Two</p>\n"}) == (
        "html: |\n  <p>One</p>\n  <p>Two</p>\n"
    )


def test_fields_are_written_in_the_order_one_reads_them():
    stored = {"cards": [{"about": "x", "id": "a", "zebra": 1}], "minutes": 3, "title": "T"}
    assert write_source(stored) == (
        "title: T\nminutes: 3\ncards:\n- id: a\n  about: x\n  zebra: 1\n"
    )


def test_dates_stay_texts():
    assert read_source("title: 2026-12-04") == {"title": "2026-12-04"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: [", "line 1: This cannot be read as YAML"),
        ("a: &x 1\nb: *x", "line 2: This cannot be read as YAML: write it out instead of “*”."),
        ("title: a\ntitle: b", "line 2: This cannot be read as YAML: “title” stands here twice."),
        ("? [a]\n: b", "give this field a name"),
        ("- a\n- b", "Write named fields"),
        ("", "Write named fields"),
        ("a: !!set {x}", "has no place here"),
        ("a: !!python/object/apply:os.system [ls]", "could not determine a constructor"),
        ("a: \x07", "cannot be read as YAML"),
        ("[" * 5000, "cannot be read as YAML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(text: str, problem: str):
    with pytest.raises(ContentError) as refused:
        read_source(text)
    assert problem in str(refused.value)


def test_a_text_that_is_far_too_long_is_not_even_read():
    with pytest.raises(ContentError, match="Keep this under 400,000 characters"):
        read_source("a" * (LONGEST_SOURCE + 1))
