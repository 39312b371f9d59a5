"""Fields that kinds of content share: what is accepted, and the advice when it is not."""

import pytest

from courses.content.fields import (
    Line,
    Picture,
    read_behaviour,
    read_behaviours,
    read_file,
    read_html,
    read_id,
    read_lines,
    read_picture,
)
from courses.content.parsing import Reader


def problems_of(reader: Reader) -> list[str]:
    return [str(problem) for problem in reader.problems]


@pytest.mark.parametrize("value", ["A", "say-back", "3f2b8f5e-8d3e-4d55-9d55-0d8f6d0e4f11"])
def test_letters_digits_and_hyphens_make_an_id(value):
    reader = Reader.of({"id": value})

    assert (read_id(reader), problems_of(reader)) == (value, [])


@pytest.mark.parametrize("value", ["two words", "-open", "a" * 65, "naïve", "a/b"])
def test_anything_else_does_not(value):
    reader = Reader.of({"id": value})
    read_id(reader)

    assert problems_of(reader) == ["id: Use letters, digits and hyphens only, 64 at most."]


@pytest.mark.parametrize("code", ["AL", "AL0", "XX1", "al1", "G1", "AL100"])
def test_a_behavior_is_a_code_of_one_of_the_five_skills(code):
    reader = Reader.of({"behaviour": code})
    read_behaviour(reader)

    assert problems_of(reader) == [
        f"behaviour: “{code}” is not a behavior; write a code such as AL1."
    ]


def test_behaviors_are_named_once():
    reader = Reader.of({"behaviours": ["AL1", "EI12", "AL1"]})

    assert read_behaviours(reader) == ("AL1", "EI12", "AL1")
    assert problems_of(reader) == ["behaviours: Name each behavior once."]


@pytest.mark.parametrize(
    "name", ["../secret.png", "Photo.png", "a.gif", "a.png.exe", ".png", "a b.png"]
)
def test_a_file_is_a_bare_name_with_a_known_ending(name):
    reader = Reader.of({"file": name})
    read_file(reader, "file", ("png", "svg"))

    assert problems_of(reader) == [
        "file: Write a file name of small letters, digits and hyphens that ends in .png, .svg."
    ]


def test_a_picture_needs_words_that_stand_in_for_it():
    reader = Reader.of({"file": "map.svg", "width": 800, "height": 600})

    assert read_picture(reader) == Picture("map.svg", "", 800, 600)
    assert problems_of(reader) == ["alt: Write a text here."]


def test_rich_text_that_cleans_to_nothing_is_a_problem():
    reader = Reader.of({"html": "<script>x()</script>"})

    assert read_html(reader) == ""
    assert problems_of(reader) == ["html: Write some words here; nothing of this can be shown."]


def test_a_line_without_a_speaker_is_a_stage_direction():
    reader = Reader.of({"lines": [{"speaker": "Ray", "text": "Hello."}, {"text": "A pause."}]})

    assert read_lines(reader, "lines") == (Line("Ray", "Hello."), Line("", "A pause."))
    assert problems_of(reader) == []
