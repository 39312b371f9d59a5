"""A media file has to be what its name says, and an SVG must not run or fetch anything."""

from pathlib import Path

import pytest

from courses.content.media_types import fault_of

LIBRARY = Path(__file__).resolve().parents[3] / "courses/library"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def fault_of_svg(inside: str) -> str:
    return fault_of("ear.svg", SVG.format(inside).encode())


def test_every_file_of_the_curriculum_is_what_it_says():
    files = [path for path in LIBRARY.glob("*/*/media/*") if path.suffix != ".md"]

    assert len(files) > 15
    assert [path.name for path in files if fault_of(path.name, path.read_bytes())] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ear.png", b"\x89PNG\r\n\x1a\n..."),
        ("ear.jpg", b"\xff\xd8\xff\xe0..."),
        ("ear.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("call.webm", b"\x1aE\xdf\xa3..."),
        ("call.mp4", b"\x00\x00\x00\x20ftypisom"),
        ("call.m4a", b"\x00\x00\x00\x20ftypM4A "),
        ("call.mp3", b"ID3\x04..."),
        ("call.ogg", b"OggS..."),
        ("call.vtt", b"WEBVTT\n\n"),
    ],
)
def test_the_first_bytes_tell_the_type(name, content):
    assert fault_of(name, content) == ""
    assert "whatever its name says" in fault_of(name, b"<html><script>alert(1)</script>")


def test_an_ending_that_no_page_shows_is_a_fault():
    assert "“.html” cannot be shown" in fault_of("page.html", b"<html>")
    assert "“nothing” cannot be shown" in fault_of("page", b"")


def test_a_drawing_may_point_into_itself_and_carry_pictures():
    assert fault_of_svg('<path id="a"/><use xlink:href="#a"/><rect fill="url(#a)"/>') == ""
    assert fault_of_svg('<image href="data:image/png;base64,iVBO"/>') == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><b/></foreignObject>",
        "<rect onload='alert(1)'/>",
        "<a href='javascript:alert(1)'><rect/></a>",
        "<a xlink:href='https://example.org'><rect/></a>",
        "<image href='data:image/svg+xml;base64,PHN2'/>",
        "<use href='/media/other.svg#a'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>rect { fill: url(https://example.org/a) }</style>",
        "<rect style='fill: url(https://example.org/a)'/>",
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_refused(inside):
    assert fault_of_svg(inside)


def test_entities_are_refused_before_they_grow():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>'

    assert "entities" in fault_of("ear.svg", bomb)


def test_a_drawing_that_cannot_be_read_is_told():
    assert "cannot be read" in fault_of("ear.svg", b"<svg><g></svg>")
