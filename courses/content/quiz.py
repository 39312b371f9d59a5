"""A quiz: questions with their keys, and the rules of asking them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from courses.content.parsing import Reader, note_repeats
from courses.content.quiz_draw import Section, drawn_from, note_shortfalls, read_section
from courses.content.quiz_item_reading import read_item
from courses.content.quiz_items import Item, Question
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
    def is_marked_by_lead(self) -> bool:
        """Whether a lead may have to mark something before there is a result."""
        return any(item.rubric for item in self.items)

    @property
    def files(self) -> tuple[str, ...]:
        """The media files the quiz shows, in order."""
        return tuple(file for item in self.items for file in item.files)

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
            items=tuple(item for item in reader.each("items", read_item) if item),
            sections=reader.each("sections", read_section, required=False),
        )
        note_shortfalls(reader, quiz.items, quiz.sections)
        note_repeats(reader, "items", [item.id for item in quiz.items])
        if quiz.items and not any(item.is_scored for item in quiz.items):
            reader.note("items", "Add at least one item that can be scored.")
    reader.finish()
    return quiz
