"""Captions: cues are read with their times, and an unreadable file says where."""

import pytest

from courses.content.captions import Cue, UnreadableCaptions, parse_captions

CAPTIONS = """WEBVTT - Ray and Imani

NOTE
Written by hand.

00:00.300 --> 00:02.300
[No sound]

greeting
00:01:02.500 --> 00:01:05.000 align:start
<v Imani>Support line.
What’s going on?
"""


def test_cues_have_times_in_seconds_and_their_lines():
    assert parse_captions(CAPTIONS) == (
        Cue(0.3, 2.3, ("[No sound]",)),
        Cue(62.5, 65.0, ("Support line.", "What’s going on?")),
    )


def test_line_ends_of_any_system_are_read():
    assert parse_captions(CAPTIONS.replace("\n", "\r\n")) == parse_captions(CAPTIONS)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "The first line must be WEBVTT."),
        ("1\n00:01.000 --> 00:02.000\nHello", "The first line must be WEBVTT."),
        ("WEBVTT\n\nfirst\nHello", "This cue has no readable time: first"),
        ("WEBVTT\n\n0:1.0 --> 0:2.0\nHello", "This cue has no readable time: 0:1.0 --> 0:2.0"),
        ("WEBVTT\n\nalone", "This cue has no readable time: alone"),
    ],
)
def test_what_is_not_webvtt_is_refused(source, sentence):
    with pytest.raises(UnreadableCaptions, match=f"^{sentence}$"):
        parse_captions(source)
