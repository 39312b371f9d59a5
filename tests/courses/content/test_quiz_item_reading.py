"""Reading items: what keeps one from being used, and media with words for everybody."""

import pytest

from tests.factories.contents import option
from tests.factories.raw_items import (
    BEST_WORST,
    FILL_GAP,
    MATCHING,
    ORDERING,
    RATE_EACH,
    SHORT_TEXT,
    SINGLE,
    item_raw,
    problems_in,
    quiz_of,
)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (
            SINGLE | {"options": [option("A", right=True), option("B", right=True)]},
            "options: Mark exactly one option as right (“right: true”).",
        ),
        (
            SINGLE | {"options": [option("A", right=True)]},
            "options: Write 2 to 6 options; here are 1.",
        ),
        (
            SINGLE | {"options": [option("A", right=True), option("A")]},
            "options: The id “A” is used more than once; ids must differ.",
        ),
        (
            SINGLE | {"options": [option("A", right=True), {"id": "B", "text": "Option B."}]},
            "options[1].feedback: Write a text here.",
        ),
        (
            item_raw("multiple_choice", options=[option(one, right=True) for one in "ABC"]),
            "options: Mark at least one option as right (“right: true”), and not all.",
        ),
        (
            item_raw("true_false", if_true="So.", if_false="No."),
            "answer: Write true or false.",
        ),
        (
            BEST_WORST | {"options": [option(one) for one in "ABC"]},
            "options: Mark exactly one option as the best (“standing: best”).",
        ),
        (
            BEST_WORST | {"options": [option("A", standing="right"), *BEST_WORST["options"][1:]]},
            "options[0].standing: Choose best, worst or other.",
        ),
        (
            RATE_EACH | {"options": [option(one, rating=3) for one in "ABC"]},
            "options: Give at least two different ratings; equal ones compare nothing.",
        ),
        (
            RATE_EACH | {"options": [*RATE_EACH["options"][:2], option("C", rating=6)]},
            "options[2].rating: Write a number from 1 to 5.",
        ),
        (
            MATCHING | {"options": [option("A", goes_with="y"), option("B", goes_with="q")]},
            "options[1].goes_with: There is no answer “q”; write the id of one of them.",
        ),
        (
            MATCHING | {"options": [option(one, goes_with="y") for one in "AB"]},
            "options: Let the options go with at least two different answers.",
        ),
        (
            MATCHING | {"answers": [{"id": one, "text": "The  same."} for one in "yz"]},
            "answers: Two answers read the same; write each one once.",
        ),
        (
            MATCHING | {"answers": [{"id": "y", "text": "One."}]},
            "answers: Write 2 to 10 answers; here are 1.",
        ),
        (
            FILL_GAP | {"text": "It went to the {one} house."},
            "text: Write “{two}” once, in the place of that gap.",
        ),
        (
            FILL_GAP | {"text": "{one} {two} {three}"},
            "text: “{three}” is not among the gaps; add it there, or leave out the braces.",
        ),
        (
            FILL_GAP | {"gaps": [{"id": "one", "accepted": ["…"], "feedback": "So."}]},
            "gaps[0].accepted[0]: Write a word here; punctuation does not count.",
        ),
        (SHORT_TEXT | {"checklist": []}, "checklist: Write a list here."),
        (
            SINGLE | {"behaviour": "G1"},
            "behaviour: “G1” is not a behavior; write a code such as AL1.",
        ),
        (SINGLE | {"difficulty": 70}, "difficulty: Write a number from 0.05 to 1.0."),
    ],
)
def test_an_item_that_cannot_be_used_says_why(raw, problem):
    assert f"items[0].{problem}" in problems_in(raw)


PLAYED = {
    "picture": {"file": "a.png", "alt": "A desk.", "width": 4, "height": 3},
    "audio": {
        "title": "Ray",
        "sources": [{"file": "ray.ogg"}, {"file": "ray.m4a"}],
        "transcript": [{"speaker": "Ray", "text": "No."}],
    },
    "video": {
        "title": "Imani",
        "sources": [{"file": "i.webm"}],
        "captions": "i.vtt",
        "poster": "i.webp",
        "width": 4,
        "height": 3,
        "seconds": 9,
        "transcript": [{"text": "She waits."}],
    },
}


@pytest.mark.parametrize("raw", [SINGLE, ORDERING, FILL_GAP, SHORT_TEXT])
def test_any_item_shows_and_plays_media_and_asks_how_sure_one_is(raw):
    quiz = quiz_of(raw | PLAYED | {"confidence": True}, SINGLE | {"id": "two"})
    question, other = quiz.asked(1)

    assert quiz.files == ("a.png", "i.webm", "i.vtt", "i.webp", "ray.ogg", "ray.m4a")
    assert (question.video.title, question.audio.title, question.asks_confidence) == (
        "Imani",
        "Ray",
        True,
    )
    assert [source.mime for source in question.audio.sources] == ["audio/ogg", "audio/mp4"]
    assert (other.picture, other.video, other.audio, other.asks_confidence) == (
        *[None] * 3,
        False,
    )


@pytest.mark.parametrize(
    ("media", "problem"),
    [
        ({"audio": PLAYED["audio"] | {"transcript": []}}, "audio.transcript: Write a list here."),
        ({"video": PLAYED["video"] | {"captions": None}}, "video.captions: Write a text here."),
        ({"picture": PLAYED["picture"] | {"alt": ""}}, "picture.alt: Write a text here."),
    ],
)
def test_media_without_words_for_those_who_do_not_hear_or_see_is_refused(media, problem):
    assert problems_in(SINGLE | media) == [f"items[0].{problem}"]
