"""Lessons: every block as an author writes it, and what a page may know before the answer."""

from dataclasses import asdict

import pytest

from courses.content.fields import Line, Picture
from courses.content.lesson import Step, parse_lesson
from courses.content.lesson_blocks import (
    Callout,
    CalloutKind,
    Card,
    Cards,
    FilmSource,
    Image,
    Judgement,
    Phrase,
    Phrases,
    QuickCheck,
    Quote,
    Reflection,
    RichText,
    Snippet,
    Video,
)
from courses.content.options import Option, UnknownOption
from courses.content.parsing import ContentError
from tests.factories.contents import lesson_raw, option

FILM = {
    "id": "film",
    "type": "video",
    "title": "Ray",
    "sources": [{"file": "ray.webm"}, {"file": "ray.mp4"}],
    "captions": "ray.vtt",
    "poster": "ray.jpg",
    "width": 704,
    "height": 396,
    "seconds": 39,
    "silent": True,
    "transcript": [{"text": "A pause."}, {"speaker": "Ray", "text": "Hello."}],
}
CHECK = {
    "id": "check",
    "type": "quick_check",
    "stem": "June: “I paid.”",
    "prompt": "Which reply?",
    "options": [option("A"), option("B", right=True), option("C")],
}


def only_block(raw: dict) -> object:
    (block,) = parse_lesson(lesson_raw(blocks=[raw])).blocks
    return block


def problems_in(raw: object) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_lesson(raw)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("raw", "block"),
    [
        (
            {"id": "why", "type": "rich_text", "heading": "Why", "html": "<p>Wait.</p>"},
            RichText("why", "Why", "<p>Wait.</p>"),
        ),
        (
            {"id": "ray", "type": "quote", "text": "I moved.", "source": "Ray"},
            Quote("ray", "", "I moved.", "Ray"),
        ),
        (
            {
                "id": "words",
                "type": "phrases",
                "rows": [{"say": "Go on.", "rather_than": "Okay.", "because": "It ends it."}],
            },
            Phrases("words", "", (Phrase("Go on.", "Okay.", "It ends it."),)),
        ),
        (
            {"id": "role", "type": "callout", "kind": "scope", "title": "Role", "html": "<p>x</p>"},
            Callout("role", "", CalloutKind.SCOPE, "Role", "<p>x</p>"),
        ),
        (
            {"id": "tip", "type": "callout", "title": "Tip", "html": "<p>x</p>"},
            Callout("tip", "", CalloutKind.INFO, "Tip", "<p>x</p>"),
        ),
        (
            {
                "id": "map",
                "type": "image",
                "file": "map.svg",
                "alt": "Three rings.",
                "width": 800,
                "height": 600,
            },
            Image("map", "", Picture("map.svg", "Three rings.", 800, 600), ""),
        ),
        (
            FILM,
            Video(
                id="film",
                heading="",
                title="Ray",
                sources=(FilmSource("ray.webm"), FilmSource("ray.mp4")),
                captions="ray.vtt",
                poster="ray.jpg",
                width=704,
                height=396,
                seconds=39,
                silent=True,
                transcript=(Line("", "A pause."), Line("Ray", "Hello.")),
                caption="",
            ),
        ),
        (
            {"id": "call", "type": "snippet", "lines": [{"speaker": "Ray", "text": "Hello."}]},
            Snippet("call", "", "", (Line("Ray", "Hello."),)),
        ),
        (
            {"id": "hard", "type": "cards", "cards": [{"title": "Long", "html": "<p>x</p>"}]},
            Cards("hard", "", (Card("Long", "<p>x</p>"),)),
        ),
        (
            {"id": "mine", "type": "reflection", "prompt": "When?"},
            Reflection("mine", "", "When?"),
        ),
    ],
)
def test_each_type_of_block_is_read(raw, block):
    assert only_block(raw) == block


def test_film_sources_name_their_media_type():
    film = only_block(FILM)

    assert [source.mime for source in film.sources] == ["video/webm", "video/mp4"]


def test_a_quick_check_shows_only_its_options_before_the_answer():
    check = only_block(CHECK)

    assert isinstance(check, QuickCheck)
    assert check.options == (
        Option("A", "Option A."),
        Option("B", "Option B."),
        Option("C", "Option C."),
    )
    assert "This is what" not in repr(check)
    assert [name for name in asdict(check) if not name.startswith("_")] == [
        "id",
        "heading",
        "stem",
        "prompt",
    ]


def test_a_quick_check_judges_the_chosen_option_alone():
    check = only_block(CHECK)

    assert check.judge("A") == Judgement("A", right=False, feedback="This is what A does.")
    assert check.judge("B") == Judgement("B", right=True, feedback="This is what B does.")
    with pytest.raises(UnknownOption):
        check.judge("Z")


@pytest.mark.parametrize("rights", [(), ("A", "B")])
def test_a_quick_check_has_exactly_one_right_option(rights):
    options = [option(one, right=one in rights) for one in "ABC"]

    assert problems_in(lesson_raw(blocks=[CHECK | {"options": options}])) == [
        "blocks[0].options: Mark exactly one option as right (“right: true”)."
    ]


def test_steps_begin_at_headings():
    text = {"type": "rich_text", "html": "<p>x</p>"}
    lesson = parse_lesson(
        lesson_raw(
            title="The lesson",
            blocks=[
                text | {"id": "a"},
                text | {"id": "b", "heading": "Second"},
                text | {"id": "c"},
                text | {"id": "d", "heading": "Third"},
            ],
        )
    )
    a, b, c, d = lesson.blocks

    assert lesson.steps == (
        Step("a", "The lesson", (a,)),
        Step("b", "Second", (b, c)),
        Step("d", "Third", (d,)),
    )


def test_a_lesson_knows_its_blocks_its_questions_and_its_files():
    image = {
        "id": "map",
        "type": "image",
        "file": "map.svg",
        "alt": "Rings.",
        "width": 8,
        "height": 6,
    }
    lesson = parse_lesson(lesson_raw(blocks=[image, FILM, CHECK]))

    assert lesson.files == ("map.svg", "ray.webm", "ray.mp4", "ray.vtt", "ray.jpg")
    assert lesson.quick_checks() == (lesson.block("check"),)
    assert lesson.block("nowhere") is None


def test_pictures_and_films_need_what_lets_everybody_in():
    image = {"id": "map", "type": "image", "file": "map.svg", "width": 8, "height": 6}
    film = {key: FILM[key] for key in FILM if key not in {"captions", "transcript"}}

    assert problems_in(lesson_raw(blocks=[image, film])) == [
        "blocks[0].alt: Write a text here.",
        "blocks[1].captions: Write a text here.",
        "blocks[1].transcript: Write a list here.",
    ]


def test_an_unknown_type_is_one_problem_and_hides_no_other():
    blocks = [
        {"id": "a", "type": "hologram", "beam": 3},
        {"id": "b", "type": "reflection"},
        {"id": "b", "type": "reflection", "prompt": "When?", "promt": "x"},
    ]

    assert problems_in(lesson_raw(blocks=blocks)) == [
        "blocks[0].type: Choose one of: rich_text, quote, phrases, callout, image, video, snippet,"
        " cards, reflection, quick_check.",
        "blocks[1].prompt: Write a text here.",
        "blocks[2].promt: This field is not known here; check its spelling.",
        "blocks: The id “b” is used more than once; ids must differ.",
    ]


@pytest.mark.parametrize("raw", [None, [], "lesson", 3, {}])
def test_anything_else_is_refused_with_advice(raw):
    assert problems_in(raw)
