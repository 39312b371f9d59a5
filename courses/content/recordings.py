"""Films and sounds that content plays, each with words for those who do not hear or see them."""

from dataclasses import dataclass

from courses.content.fields import (
    FILM_ENDINGS,
    PICTURE_ENDINGS,
    SOUND_TYPES,
    Line,
    read_file,
    read_lines,
)
from courses.content.lesson_blocks import FilmSource, Video
from courses.content.parsing import Reader


@dataclass(frozen=True)
class SoundSource:
    """One encoding of a sound."""

    file: str

    @property
    def mime(self) -> str:
        """The media type a browser chooses by."""
        return SOUND_TYPES[self.file.rpartition(".")[2]]


@dataclass(frozen=True)
class Audio:
    """Something to listen to, with every word of it to read (WCAG 2.2, 1.2.1)."""

    title: str
    sources: tuple[SoundSource, ...]
    transcript: tuple[Line, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The media files that are played."""
        return tuple(source.file for source in self.sources)


def read_video(reader: Reader, block_id: str = "video", heading: str = "") -> Video:
    """Read a film with its captions, poster and transcript."""
    return Video(
        id=block_id,
        heading=heading,
        title=reader.text("title", longest=120),
        sources=reader.each("sources", _read_film_source),
        captions=read_file(reader, "captions", ("vtt",)),
        poster=read_file(reader, "poster", PICTURE_ENDINGS),
        width=reader.whole("width", 1, 8000),
        height=reader.whole("height", 1, 8000),
        seconds=reader.whole("seconds", 1, 3600),
        silent=reader.flag("silent"),
        transcript=read_lines(reader, "transcript"),
        caption=reader.text("caption", default="", longest=300),
    )


def read_audio(reader: Reader) -> Audio:
    """Read a sound with its transcript."""
    return Audio(
        title=reader.text("title", longest=120),
        sources=reader.each("sources", _read_sound_source),
        transcript=read_lines(reader, "transcript"),
    )


def _read_film_source(reader: Reader) -> FilmSource:
    return FilmSource(file=read_file(reader, "file", FILM_ENDINGS))


def _read_sound_source(reader: Reader) -> SoundSource:
    return SoundSource(file=read_file(reader, "file", tuple(SOUND_TYPES)))
