"""Reading the curriculum's folder: courses, modules, activities and their media, as files."""

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml

from courses.content.course import CourseText, ModuleText, parse_course, parse_module
from courses.content.extras import SHEET_NAMES, parse_refresher, parse_sheet
from courses.content.fields import SOUND_TYPES
from courses.content.kinds import Content, parse_content
from courses.content.parsing import ContentError, Problem
from courses.content.reuse import question_in, with_reused

T = TypeVar("T")

# The types of file that a page may show.
SHOWN_TYPES = frozenset(
    {
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/webp",
        "video/webm",
        "video/mp4",
        *SOUND_TYPES.values(),
        "text/vtt",
    }
)
_ADDRESS = re.compile(r"[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+")
# The safe loader in C, where PyYAML has it, reads the curriculum ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

mimetypes.add_type("text/vtt", ".vtt")
mimetypes.add_type("video/webm", ".webm")
mimetypes.add_type("image/webp", ".webp")
for _ending, _sound_type in SOUND_TYPES.items():
    mimetypes.add_type(_sound_type, f".{_ending}")


@dataclass(frozen=True)
class MediaSource:
    """A picture, film, sound or caption file: its name in the content, and where its bytes are."""

    name: str
    path: Path
    mime_type: str
    sha256: str


@dataclass(frozen=True)
class ActivityFiles:
    """One activity as read from `<slug>.<kind>.yaml`; `raw` is what gets published."""

    slug: str
    kind: str
    raw: Mapping[str, Any]
    media: tuple[MediaSource, ...]


@dataclass(frozen=True)
class ModuleFiles:
    """A module's folder.

    `refresher` is what gets published as its cards, if it has any, and `sheets` its job aid and
    guide for leads, by their names.
    """

    slug: str
    text: ModuleText
    activities: tuple[ActivityFiles, ...]
    refresher: Mapping[str, Any] | None = None
    sheets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class CourseFiles:
    """A course's folder."""

    slug: str
    text: CourseText
    modules: tuple[ModuleFiles, ...]


def read_library(root: Path) -> tuple[CourseFiles, ...]:
    """Read every course below `root`, in the order of their positions.

    Raises:
        ContentError: a file cannot be used; each problem names its file and place.
    """
    problems: list[Problem] = []
    courses = [_read_course(path.parent, problems) for path in sorted(root.glob("*/course.yaml"))]
    if problems:
        raise ContentError(problems)
    return tuple(sorted((c for c in courses if c), key=lambda c: c.text.position))


def _read_course(folder: Path, problems: list[Problem]) -> CourseFiles | None:
    text = _parsed(folder / "course.yaml", parse_course, problems)
    paths = sorted(folder.glob("*/module.yaml"))
    modules = [module for path in paths if (module := _read_module(path.parent, problems))]
    modules.sort(key=lambda module: module.text.position)
    return CourseFiles(folder.name, text, tuple(modules)) if text else None


def _read_module(folder: Path, problems: list[Problem]) -> ModuleFiles | None:
    text = _parsed(folder / "module.yaml", parse_module, problems)
    if text is None:
        return None
    media = tuple(_media_in(folder / "media"))
    activities = (_read_activity(folder, stem, media, problems) for stem in text.activities)
    return ModuleFiles(
        folder.name,
        text,
        tuple(one for one in activities if one),
        _read_extra(folder / "refresher.yaml", parse_refresher, problems),
        {
            name: raw
            for name in SHEET_NAMES
            if (raw := _read_extra(folder / f"{name}.yaml", partial(parse_sheet, name), problems))
        },
    )


def _read_extra(
    path: Path, parse: Callable[[Any], object], problems: list[Problem]
) -> Mapping[str, Any] | None:
    if not path.exists():
        return None
    found = _parsed(path, lambda raw: (parse(raw), raw), problems)
    return found[1] if found else None


def _read_activity(
    folder: Path, stem: str, media: tuple[MediaSource, ...], problems: list[Problem]
) -> ActivityFiles | None:
    path = folder / f"{stem}.yaml"
    slug, _, kind = stem.rpartition(".")

    def parse(written: Any) -> tuple[Content, Mapping[str, Any]]:
        raw = with_reused(written, lambda address: _question_at(address, folder.parent.parent))
        return parse_content(kind, raw), raw

    found = _parsed(path, parse, problems)
    if found is None:
        return None
    content, raw = found
    by_name = {one.name: one for one in media}
    shown = getattr(content, "files", ())
    for name in shown:
        if name not in by_name:
            problems.append(Problem(_place_of(path), f"The media file “{name}” is missing."))
    return ActivityFiles(slug, kind, raw, tuple(by_name[name] for name in shown if name in by_name))


def _question_at(address: str, root: Path) -> Mapping[str, Any] | None:
    """Return the question at an address such as `empathy/chat/first-line#greet`, as written."""
    where, _, item_id = address.partition("#")
    if not _ADDRESS.fullmatch(where):
        return None
    path = root / f"{where}.quiz.yaml"
    if not path.is_file():
        return None
    quiz = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  (a safe one)
    return question_in(quiz, item_id) if isinstance(quiz, Mapping) else None


def _parsed(path: Path, parse: Callable[[Any], T], problems: list[Problem]) -> T | None:
    """Return what `parse` makes of the file, or note its problems and return None."""
    place = _place_of(path)
    try:
        return parse(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))  # noqa: S506  (a safe one)
    except FileNotFoundError:
        problems.append(Problem(place, "This file is missing."))
    except UnicodeDecodeError:
        problems.append(Problem(place, "Save this file as UTF-8; it is in another encoding."))
    except yaml.YAMLError as error:
        problems.append(Problem(place, f"This is not readable as YAML: {error}"))
    except ContentError as error:
        problems.extend(Problem(place, str(one)) for one in error.problems)
    return None


def _place_of(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _media_in(folder: Path) -> Iterator[MediaSource]:
    for path in sorted(folder.glob("*")):
        mime_type = mimetypes.guess_type(path.name)[0] or ""
        if mime_type in SHOWN_TYPES:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield MediaSource(path.name, path, mime_type, digest)
