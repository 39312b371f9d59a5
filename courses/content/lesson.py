"""A lesson: blocks to read, watch and try, in the order in which they are met."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courses.content.fields import (
    read_html,
    read_id,
    read_lines,
    read_picture,
    read_type,
)
from courses.content.lesson_blocks import (
    Block,
    BlockType,
    Callout,
    CalloutKind,
    Card,
    Cards,
    Image,
    Phrase,
    Phrases,
    QuickCheck,
    Quote,
    Reflection,
    RichText,
    Snippet,
    Video,
)
from courses.content.options import read_one_right
from courses.content.parsing import Reader, note_repeats
from courses.content.recordings import read_video


@dataclass(frozen=True)
class Step:
    """Blocks that belong together under one heading; an entry of the lesson's outline."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lesson:
    """One move, shown, tried and used today."""

    title: str
    objective: str
    minutes: int
    blocks: tuple[Block, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lesson, parted before each heading; what comes before it goes by the title."""
        groups: list[list[Block]] = []
        for block in self.blocks:
            if block.heading or not groups:
                groups.append([])
            groups[-1].append(block)
        return tuple(
            Step(group[0].id, group[0].heading or self.title, tuple(group)) for group in groups
        )

    @property
    def files(self) -> tuple[str, ...]:
        """The media files the lesson shows, in order."""
        shown = (block.files for block in self.blocks if isinstance(block, Image | Video))
        return tuple(file for files in shown for file in files)

    def block(self, block_id: str) -> Block | None:
        """Return the block with this id, if there is one."""
        return next((block for block in self.blocks if block.id == block_id), None)

    def quick_checks(self) -> tuple[QuickCheck, ...]:
        """Return the questions of the lesson, in order."""
        return tuple(block for block in self.blocks if isinstance(block, QuickCheck))


def parse_lesson(raw: Any) -> Lesson:
    """Read a lesson from plain values, as a file or a revision holds it.

    Raises:
        ContentError: with every problem found.
    """
    with Reader.of(raw).closed() as reader:
        title = reader.text("title", longest=120)
        objective = reader.text("objective", longest=300)
        minutes = reader.whole("minutes", 1, 60)
        blocks = [block for block in reader.each("blocks", _read_block) if block]
        note_repeats(reader, "blocks", [block.id for block in blocks])
    reader.finish()
    return Lesson(title, objective, minutes, tuple(blocks))


def _read_block(reader: Reader) -> Block | None:
    """Read one block; None if nobody can tell what it is meant to be."""
    block_type = read_type(reader, BlockType)
    if block_type is None:
        return None
    heading = reader.text("heading", default="", longest=120)
    return _BLOCK_READERS[block_type](reader, read_id(reader), heading)


def _read_rich_text(reader: Reader, block_id: str, heading: str) -> RichText:
    return RichText(block_id, heading, html=read_html(reader))


def _read_quote(reader: Reader, block_id: str, heading: str) -> Quote:
    text, source = reader.text("text", longest=1000), reader.text("source", longest=200)
    return Quote(block_id, heading, text, source)


def _read_phrases(reader: Reader, block_id: str, heading: str) -> Phrases:
    return Phrases(block_id, heading, rows=reader.each("rows", _read_phrase))


def _read_phrase(reader: Reader) -> Phrase:
    return Phrase(
        say=reader.text("say", longest=300),
        rather_than=reader.text("rather_than", longest=300),
        because=reader.text("because", longest=300),
    )


def _read_callout(reader: Reader, block_id: str, heading: str) -> Callout:
    kind = reader.choice("kind", CalloutKind, default=CalloutKind.INFO)
    title = reader.text("title", longest=120)
    return Callout(block_id, heading, kind, title, html=read_html(reader))


def _read_image(reader: Reader, block_id: str, heading: str) -> Image:
    caption = reader.text("caption", default="", longest=300)
    return Image(block_id, heading, read_picture(reader), caption)


def _read_snippet(reader: Reader, block_id: str, heading: str) -> Snippet:
    caption = reader.text("caption", default="", longest=300)
    return Snippet(block_id, heading, caption, lines=read_lines(reader, "lines"))


def _read_cards(reader: Reader, block_id: str, heading: str) -> Cards:
    return Cards(block_id, heading, cards=reader.each("cards", _read_card))


def _read_card(reader: Reader) -> Card:
    return Card(title=reader.text("title", longest=120), html=read_html(reader))


def _read_reflection(reader: Reader, block_id: str, heading: str) -> Reflection:
    return Reflection(block_id, heading, prompt=reader.text("prompt", longest=600))


def _read_quick_check(reader: Reader, block_id: str, heading: str) -> QuickCheck:
    return QuickCheck(
        id=block_id,
        heading=heading,
        stem=reader.text("stem", default="", longest=1000),
        prompt=reader.text("prompt", longest=600),
        _options=read_one_right(reader),
    )


_BLOCK_READERS: dict[BlockType, Callable[[Reader, str, str], Block]] = {
    BlockType.RICH_TEXT: _read_rich_text,
    BlockType.QUOTE: _read_quote,
    BlockType.PHRASES: _read_phrases,
    BlockType.CALLOUT: _read_callout,
    BlockType.IMAGE: _read_image,
    BlockType.VIDEO: read_video,
    BlockType.SNIPPET: _read_snippet,
    BlockType.CARDS: _read_cards,
    BlockType.REFLECTION: _read_reflection,
    BlockType.QUICK_CHECK: _read_quick_check,
}
