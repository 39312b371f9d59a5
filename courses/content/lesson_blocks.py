"""The blocks a lesson is made of."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from courses.content.fields import Line, Picture
from courses.content.options import KeyedOption, Option, UnknownOption
from courses.content.rich_text import CleanHtml


class BlockType(StrEnum):
    """What a block is; the value stands in the files and names the block's template."""

    RICH_TEXT = "rich_text"
    QUOTE = "quote"
    PHRASES = "phrases"
    CALLOUT = "callout"
    IMAGE = "image"
    VIDEO = "video"
    SNIPPET = "snippet"
    CARDS = "cards"
    REFLECTION = "reflection"
    QUICK_CHECK = "quick_check"


class CalloutKind(StrEnum):
    """What a callout is for: a hint, a limit of the role, or something that went well."""

    INFO = "info"
    SCOPE = "scope"
    OK = "ok"


@dataclass(frozen=True)
class RichText:
    """Paragraphs and lists."""

    type: ClassVar = BlockType.RICH_TEXT
    id: str
    heading: str
    html: CleanHtml


@dataclass(frozen=True)
class Quote:
    """What an invented patient says, without quotation marks, and who that is."""

    type: ClassVar = BlockType.QUOTE
    id: str
    heading: str
    text: str
    source: str


@dataclass(frozen=True)
class Phrase:
    """Words to use, words to leave, and the reason; without quotation marks."""

    say: str
    rather_than: str
    because: str


@dataclass(frozen=True)
class Phrases:
    """Words to use and words to leave, side by side."""

    type: ClassVar = BlockType.PHRASES
    id: str
    heading: str
    rows: tuple[Phrase, ...]


@dataclass(frozen=True)
class Callout:
    """A note set apart from the text."""

    type: ClassVar = BlockType.CALLOUT
    id: str
    heading: str
    kind: CalloutKind
    title: str
    html: CleanHtml


@dataclass(frozen=True)
class Image:
    """A picture with its alternative text and a caption, which may be empty."""

    type: ClassVar = BlockType.IMAGE
    id: str
    heading: str
    picture: Picture
    caption: str

    @property
    def files(self) -> tuple[str, ...]:
        """The media files this block shows."""
        return (self.picture.file,)


@dataclass(frozen=True)
class FilmSource:
    """One encoding of a film."""

    file: str

    @property
    def mime(self) -> str:
        """The media type a browser chooses by."""
        return f"video/{self.file.rpartition('.')[2]}"


@dataclass(frozen=True)
class Video:
    """A film with captions and a transcript; `sources` are in order of preference."""

    type: ClassVar = BlockType.VIDEO
    id: str
    heading: str
    title: str
    sources: tuple[FilmSource, ...]
    captions: str
    poster: str
    width: int
    height: int
    seconds: int
    silent: bool
    transcript: tuple[Line, ...]
    caption: str

    @property
    def files(self) -> tuple[str, ...]:
        """The media files this block shows."""
        return (*(source.file for source in self.sources), self.captions, self.poster)


@dataclass(frozen=True)
class Snippet:
    """A short piece of a call, to read."""

    type: ClassVar = BlockType.SNIPPET
    id: str
    heading: str
    caption: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Card:
    """One situation and what to do in it."""

    title: str
    html: CleanHtml


@dataclass(frozen=True)
class Cards:
    """A few situations side by side."""

    type: ClassVar = BlockType.CARDS
    id: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Reflection:
    """A question to think about; the answer is private."""

    type: ClassVar = BlockType.REFLECTION
    id: str
    heading: str
    prompt: str


@dataclass(frozen=True)
class Judgement:
    """What a learner sees after choosing an option."""

    option_id: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class QuickCheck:
    """One question on the lesson, without a score.

    A template can reach `options` only: right answer and feedback come from `judge`, after the
    learner has chosen.
    """

    type: ClassVar = BlockType.QUICK_CHECK
    id: str
    heading: str
    stem: str
    prompt: str
    _options: tuple[KeyedOption, ...] = field(repr=False)

    @property
    def options(self) -> tuple[Option, ...]:
        """What may be seen before answering."""
        return tuple(option.shown for option in self._options)

    def judge(self, option_id: str) -> Judgement:
        """Return what to show to a learner who chose `option_id`.

        Raises:
            UnknownOption: there is no such option here.
        """
        for option in self._options:
            if option.shown.id == option_id:
                return Judgement(option_id, option.is_right, option.feedback)
        raise UnknownOption


Block = (
    RichText | Quote | Phrases | Callout | Image | Video | Snippet | Cards | Reflection | QuickCheck
)
