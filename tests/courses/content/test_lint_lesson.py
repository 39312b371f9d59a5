"""Checks of lessons: complete, honest about time, readable, and open to everybody."""

from typing import Any

import pytest

from courses.content.findings import Finding, Severity
from courses.content.lesson import parse_lesson
from courses.content.lint_lesson import lint_captions, lint_lesson
from tests.factories.contents import lesson_raw, option

REFLECTION = {"id": "mine", "type": "reflection", "prompt": "When did you wait?"}
CHECK = {
    "id": "check",
    "type": "quick_check",
    "prompt": "Which reply?",
    "options": [option("A", right=True), option("B")],
}
FILM = {
    "id": "film",
    "type": "video",
    "title": "Ray",
    "sources": [{"file": "ray.webm"}],
    "captions": "ray.vtt",
    "poster": "ray.jpg",
    "width": 704,
    "height": 396,
    "seconds": 10,
    "silent": True,
    "transcript": [
        {"text": "Two ripples."},
        {"speaker": "Ray", "text": "I moved in January. I told them."},
        {"speaker": "Imani", "text": "Go on."},
    ],
}
CAPTIONS = """WEBVTT

00:00.000 --> 00:02.000
Ray: I moved in January.

00:02.000 --> 00:04.000
I told them.

00:04.000 --> 00:06.000
[Two seconds pass]

00:06.000 --> 00:08.000
Imani: Go on.
"""


def findings_in(*blocks: dict[str, Any], **changes: Any) -> list[Finding]:
    raw = lesson_raw(**{"minutes": 1, "blocks": [*blocks, REFLECTION, CHECK]} | changes)
    return list(lint_lesson(parse_lesson(raw)))


def minutes(sentence: str) -> Finding:
    return Finding("minutes", Severity.WARNING, "minutes", sentence)


def text(html: str) -> dict[str, Any]:
    return {"id": "why", "type": "rich_text", "html": html}


def film() -> Any:
    return parse_lesson(lesson_raw(blocks=[FILM])).block("film")


def codes(source: str) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in lint_captions(source, film())]


def test_a_small_complete_lesson_has_no_findings():
    assert findings_in(text("<p>Wait for the story to end.</p>")) == []


def test_a_lesson_lets_people_try_and_think():
    assert findings_in(blocks=[text("<p>Wait.</p>")]) == [
        Finding(
            "no-quick-check",
            Severity.WARNING,
            "blocks",
            "Add a quick check, so that people can try the move at once.",
        ),
        Finding(
            "no-reflection",
            Severity.WARNING,
            "blocks",
            "Add a reflection, so that people bring it to a call of their own.",
        ),
    ]


def test_the_minutes_are_honest():
    long_text = text(f"<p>{'Wait for it to end. ' * 200}</p>")

    assert findings_in(long_text, minutes=6) == []
    assert findings_in(long_text, minutes=2) == [
        minutes("Reading and trying takes about 7 minutes; say so.")
    ]


def test_hard_reading_is_mentioned():
    hard = "Representatives consistently demonstrate comprehensive interpersonal understanding, "

    assert [one.code for one in findings_in(text(f"<p>{hard * 20}</p>"))] == ["reading-level"]


def test_the_voice_is_calm_and_kind_in_every_block():
    card = {"title": "You failed", "html": "<p>Try.</p>"}
    snippet = {"speaker": "Ray", "text": "Hello!"}

    assert [
        (one.code, one.path)
        for one in findings_in(
            {"id": "hard", "type": "cards", "cards": [card]},
            {"id": "call", "type": "snippet", "lines": [snippet]},
        )
    ] == [("unkind-word", "blocks.hard"), ("exclamation", "blocks.call")]


def test_a_quick_check_gives_nothing_away_and_says_why():
    options = [
        option("A", right=True, text="“You drove forty minutes, and it happened anyway.”"),
        option("B", text="“Thank you for calling.”", feedback="Wrong."),
    ]

    assert [
        (one.code, one.path) for one in findings_in(CHECK | {"id": "june", "options": options})
    ] == [
        ("option-length", "blocks.june.options.A"),
        ("option-length", "blocks.june.options.B"),
        ("bland-feedback", "blocks.june.options.B"),
    ]


def test_pictures_and_films_must_exist():
    image = {
        "id": "map",
        "type": "image",
        "file": "map.svg",
        "alt": "Rings.",
        "width": 8,
        "height": 6,
    }
    lesson = parse_lesson(lesson_raw(minutes=1, blocks=[image, FILM, REFLECTION, CHECK]))

    assert lint_lesson(lesson, files=frozenset({"map.svg", "ray.webm", "ray.jpg"})) == (
        Finding("missing-file", Severity.ERROR, "blocks", "There is no media file “ray.vtt”."),
    )


def test_captions_that_fit_the_film_have_no_findings():
    assert lint_captions(CAPTIONS, film()) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("WEBVTT", "SUBTITLES", ("captions-unreadable", Severity.ERROR)),
        ("I told them.", "I told somebody.", ("captions-differ", Severity.WARNING)),
        ("00:04.000 -->", "00:03.000 -->", ("captions-order", Severity.ERROR)),
        ("--> 00:08.000", "--> 00:18.000", ("captions-late", Severity.ERROR)),
        ("--> 00:08.000", "--> 00:06.500", ("captions-fast", Severity.WARNING)),
        (
            "[Two seconds pass]",
            "[Two seconds pass in which no one says it]",
            ("captions-fast", Severity.WARNING),
        ),
        (
            "[Two seconds pass]",
            f"[{'.' * 41}]",
            ("captions-wide", Severity.WARNING),
        ),
    ],
)
def test_captions_that_keep_people_from_following(old, new, expected):
    assert expected in codes(CAPTIONS.replace(old, new))
