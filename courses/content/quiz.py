"""A quiz: questions with their keys, and the rules of asking them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
from courses.content.quiz_draw import Section, drawn_from, note_shortfalls, read_section
from courses.content.quiz_items import CheckPoint, Item, ItemType, KeySource, Question
from courses.content.quiz_rules import FeedbackMoment, Rules, read_rules


@dataclass(frozen=True)
class Quiz:
    """Items and the rules of asking them; `pass_mark` is a percentage of the points.

    With `sections` the items are a bank, and each attempt asks those that its seed draws.
    """

    title: str
    intro: str
    minutes: int
    pass_mark: int
    feedback: FeedbackMoment
    shuffle_questions: bool
    shuffle_options: bool
    rules: Rules
    items: tuple[Item, ...]
    sections: tuple[Section, ...] = ()

    @property
    def asked_count(self) -> int:
        """How many questions one attempt asks."""
        return sum(section.draw for section in self.sections) or len(self.items)

    @property
    def files(self) -> tuple[str, ...]:
        """The media files the quiz shows, in order."""
        return tuple(item.picture.file for item in self.items if item.picture)

    def drawn(self, seed: int) -> tuple[str, ...]:
        """Return the ids of the items that an attempt with this seed asks, in their order."""
        return drawn_from(self.items, self.sections, seed, shuffled=self.shuffle_questions)

    def only(self, ids: Sequence[str]) -> "Quiz":
        """Return this quiz as an attempt takes it that drew these items, in this order."""
        by_id = {item.id: item for item in self.items}
        return replace(self, items=tuple(by_id[one] for one in ids))

    def asked(self, seed: int) -> tuple[Question, ...]:
        """Return a question for each item, its options arranged by the seed, without any key."""
        return tuple(item.asked(seed, shuffled=self.shuffle_options) for item in self.items)

    def section_at(self, number: int) -> Section | None:
        """Return the section to which the question with this number belongs, counted from 1."""
        last = 0
        for section in self.sections:
            last += section.draw
            if number <= last:
                return section
        return None

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)


def parse_quiz(raw: Any) -> Quiz:
    """Read a quiz from plain values, as a file or a revision holds it.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        feedback = reader.choice("feedback", FeedbackMoment)
        quiz = Quiz(
            title=reader.text("title", longest=120),
            intro=reader.text("intro", longest=600),
            minutes=reader.whole("minutes", 1, 180),
            pass_mark=reader.whole("pass_mark", 0, 100),
            feedback=feedback,
            shuffle_questions=reader.flag("shuffle_questions"),
            shuffle_options=reader.flag("shuffle_options"),
            rules=read_rules(reader, feedback),
            items=tuple(item for item in reader.each("items", _read_item) if item),
            sections=reader.each("sections", read_section, required=False),
        )
        note_shortfalls(reader, quiz.items, quiz.sections)
        note_repeats(reader, "items", [item.id for item in quiz.items])
        if quiz.items and not any(item.is_scored for item in quiz.items):
            reader.note("items", "Add at least one item that can be scored.")
    reader.finish()
    return quiz


def _read_item(reader: Reader) -> Item | None:
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
        keyed_by=reader.choice("keyed_by", KeySource, default=KeySource.AUTHOR),
        rationale=reader.text("rationale", longest=600),
        tags=frozenset(reader.texts("tags", required=False)),
        **_read_answers(reader, item_type),
    )


def _read_answers(reader: Reader, item_type: ItemType) -> dict[str, Any]:
    if item_type is ItemType.SHORT_TEXT:
        return {"replies": reader.texts("replies"), "checklist": _read_checklist(reader)}
    return {"options": _OPTION_READERS[item_type](reader)}


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
            reader.note("options", f"Mark exactly one option with “standing: {standing}”.")
    return options


def _read_extreme(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    standing = reader.choice("standing", Standing, default=Standing.OTHER)
    if standing is Standing.RIGHT:
        reader.note("standing", "Choose best, worst or other.")
    return KeyedOption(option.shown, option.feedback, standing)


def _read_rated_options(reader: Reader) -> tuple[KeyedOption, ...]:
    options = read_options(reader, _read_rated_option, fewest=3, most=6)
    if options and len({option.rating for option in options}) == 1:
        reader.note("options", "Give at least two different ratings; equal ones compare nothing.")
    return options


def _read_rated_option(reader: Reader) -> KeyedOption:
    option = read_option(reader)
    return KeyedOption(option.shown, option.feedback, rating=reader.number("rating", 1, 5))


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


_OPTION_READERS: dict[ItemType, Callable[[Reader], tuple[KeyedOption, ...]]] = {
    ItemType.SINGLE_CHOICE: read_one_right,
    ItemType.MULTIPLE_CHOICE: read_some_right,
    ItemType.TRUE_FALSE: _read_true_or_false,
    ItemType.ORDERING: _read_steps,
    ItemType.MARK_SENTENCE: _read_passage,
    ItemType.BEST_WORST: _read_extremes,
    ItemType.RATE_EACH: _read_rated_options,
}
