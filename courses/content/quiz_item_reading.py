"""Reading the items of a quiz, each type with the key that it needs."""

import re
from collections.abc import Callable
from typing import Any

from courses.content.answer_text import comparable
from courses.content.fields import read_behaviour, read_id, read_picture, read_type
from courses.content.options import (
    KeyedOption,
    Option,
    Standing,
    read_one_right,
    read_option,
    read_options,
    read_some_right,
)
from courses.content.parsing import Reader, note_repeats
from courses.content.quiz_items import CheckPoint, Item, ItemType, KeySource
from courses.content.recordings import read_audio, read_video
from courses.content.rubrics import read_rubric

FEWEST_ANSWERS, MOST_ANSWERS = 2, 10
MOST_GAPS = 8

_NAMED_GAP = re.compile(r"\{([^{}]*)\}")


def read_item(reader: Reader) -> Item | None:
    """Read one item; None if nobody can tell of which type it is."""
    item_type = read_type(reader, ItemType)
    if item_type is None:
        return None
    return Item(
        id=read_id(reader),
        type=item_type,
        title=reader.text("title", longest=80),
        behaviour=read_behaviour(reader),
        difficulty=reader.number("difficulty", 0.05, 1.0),
        stem=reader.text("stem", default="", longest=1200),
        prompt=reader.text("prompt", longest=600),
        picture=reader.within("picture", read_picture),
        video=reader.within("video", read_video),
        audio=reader.within("audio", read_audio),
        asks_confidence=reader.flag("confidence"),
        keyed_by=reader.choice("keyed_by", KeySource, default=KeySource.AUTHOR),
        rationale=reader.text("rationale", longest=600),
        tags=frozenset(reader.texts("tags", required=False)),
        origin=reader.text("origin", default="", longest=250),
        **_KEY_READERS[item_type](reader),
    )


def _read_true_or_false(reader: Reader) -> tuple[KeyedOption, ...]:
    answer = reader.flag("answer")
    if "answer" not in reader.raw:
        reader.note("answer", "Write true or false.")
    return tuple(
        KeyedOption(
            shown=Option(id=str(value).lower(), text=str(value)),
            feedback=reader.text(f"if_{value}".lower(), longest=600),
            standing=Standing.RIGHT if value is answer else Standing.OTHER,
        )
        for value in (True, False)
    )


def _read_steps(reader: Reader) -> tuple[KeyedOption, ...]:
    return read_options(reader, read_option, fewest=3, most=8)


def _read_passage(reader: Reader) -> tuple[KeyedOption, ...]:
    return read_one_right(reader, fewest=3, most=12)


def _read_extremes(reader: Reader) -> tuple[KeyedOption, ...]:
    options = read_options(reader, _read_extreme, fewest=3, most=6)
    standings = [option.standing for option in options]
    for standing in (Standing.BEST, Standing.WORST):
        if options and standings.count(standing) != 1:
            reader.note(
                "options", f"Mark exactly one option as the {standing} (“standing: {standing}”)."
            )
    return options


def _read_extreme(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    standing = reader.choice("standing", Standing, default=Standing.OTHER)
    if standing is Standing.RIGHT:
        reader.note("standing", "Choose best, worst or other.")
    rating = reader.number("rating", 1, 5) if "rating" in reader.raw else None
    panel = _read_panel(reader)
    return KeyedOption(option.shown, option.feedback, standing, rating, **panel)


def _read_panel(reader: Reader) -> dict[str, Any]:
    """Read how far a panel was apart, and how many rated; nothing where the author gave the key."""
    if "raters" not in reader.raw:
        return {}
    return {
        "spread": reader.number("spread", 0, 3),
        "raters": reader.whole("raters", 2, 10_000),
    }


def _read_rated_options(reader: Reader) -> tuple[KeyedOption, ...]:
    options = read_options(reader, _read_rated_option, fewest=3, most=6)
    if options and len({option.rating for option in options}) == 1:
        reader.note("options", "Give at least two different ratings; equal ones compare nothing.")
    return options


def _read_rated_option(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    rating = reader.number("rating", 1, 5)
    return KeyedOption(option.shown, option.feedback, rating=rating, **_read_panel(reader))


def _read_checklist(reader: Reader) -> tuple[CheckPoint, ...]:
    checklist = reader.each("checklist", _read_check_point)
    note_repeats(reader, "checklist", [point.id for point in checklist])
    return checklist


def _read_check_point(reader: Reader) -> CheckPoint:
    return CheckPoint(
        id=read_id(reader),
        text=reader.text("text", longest=200),
        because=reader.text("because", longest=200),
    )


def _read_short_text(reader: Reader) -> dict[str, Any]:
    if "rubric" not in reader.raw and "accepted" not in reader.raw:
        return {"replies": reader.texts("replies"), "checklist": _read_checklist(reader)}
    accepted = reader.texts("accepted", required=False)
    for number, pattern in enumerate(accepted):
        if pattern and not any(map(comparable, pattern.split("*"))):
            reader.note(f"accepted[{number}]", "Write a word beside the stars; this fits anything.")
    return {"accepted": accepted, **_read_long_text(reader)}


def _read_long_text(reader: Reader) -> dict[str, Any]:
    return {"replies": reader.texts("replies", required=False), "rubric": read_rubric(reader)}


def _read_matching(reader: Reader) -> dict[str, Any]:
    answers = reader.each("answers", _read_answer)
    ids = [answer.id for answer in answers]
    note_repeats(reader, "answers", ids)
    if answers and not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        span = f"{FEWEST_ANSWERS} to {MOST_ANSWERS}"
        reader.note("answers", f"Write {span} answers; here are {len(answers)}.")
    if len({comparable(answer.text) for answer in answers}) < len(answers):
        reader.note("answers", "Two answers read the same; write each one once.")
    options = read_options(reader, _read_matched, fewest=2, most=8)
    for number, option in enumerate(options):
        if option.goes_with and option.goes_with not in ids:
            sentence = f"There is no answer “{option.goes_with}”; write the id of one of them."
            reader.note(f"options[{number}].goes_with", sentence)
    if len(options) > 1 and len({option.goes_with for option in options}) == 1:
        reader.note("options", "Let the options go with at least two different answers.")
    return {"options": options, "answers": answers}


def _read_answer(reader: Reader) -> Option:
    return Option(id=read_id(reader), text=reader.text("text", longest=300))


def _read_matched(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    return KeyedOption(option.shown, option.feedback, goes_with=read_id(reader, "goes_with"))


def _read_gaps(reader: Reader) -> dict[str, Any]:
    text = reader.text("text", longest=1200)
    gaps = reader.each("gaps", _read_gap)
    ids = [gap.shown.id for gap in gaps]
    note_repeats(reader, "gaps", ids)
    if len(gaps) > MOST_GAPS:
        reader.note("gaps", f"Write {MOST_GAPS} gaps at most; here are {len(gaps)}.")
    named = _NAMED_GAP.findall(text)
    for gap_id in dict.fromkeys(ids):
        if text and named.count(gap_id) != 1:
            reader.note("text", f"Write “{{{gap_id}}}” once, in the place of that gap.")
    for name in dict.fromkeys(named):
        if name not in ids:
            sentence = f"“{{{name}}}” is not among the gaps; add it there, or leave out the braces."
            reader.note("text", sentence)
    return {"options": gaps, "gap_text": text}


def _read_gap(reader: Reader) -> KeyedOption:
    gap = Option(id=read_id(reader), text="")
    accepted = reader.texts("accepted")
    for number, one in enumerate(accepted):
        if one and not comparable(one):
            reader.note(f"accepted[{number}]", "Write a word here; punctuation does not count.")
    return KeyedOption(gap, reader.text("feedback", longest=600), accepted=accepted)


def _options_by(
    read: Callable[[Reader], tuple[KeyedOption, ...]],
) -> Callable[[Reader], dict[str, Any]]:
    return lambda reader: {"options": read(reader)}


_KEY_READERS: dict[ItemType, Callable[[Reader], dict[str, Any]]] = {
    ItemType.SINGLE_CHOICE: _options_by(read_one_right),
    ItemType.MULTIPLE_CHOICE: _options_by(read_some_right),
    ItemType.TRUE_FALSE: _options_by(_read_true_or_false),
    ItemType.ORDERING: _options_by(_read_steps),
    ItemType.MATCHING: _read_matching,
    ItemType.FILL_GAP: _read_gaps,
    ItemType.MARK_SENTENCE: _options_by(_read_passage),
    ItemType.BEST_WORST: _options_by(_read_extremes),
    ItemType.RANK_ALL: _options_by(_read_rated_options),
    ItemType.RATE_EACH: _options_by(_read_rated_options),
    ItemType.SHORT_TEXT: _read_short_text,
    ItemType.LONG_TEXT: _read_long_text,
}
