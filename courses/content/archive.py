"""A course as one ZIP archive: the same files as in the curriculum's folder, and nothing else.

The same files always give the same bytes, so that two archives can be compared. An archive that
comes in is believed nothing: what it says of its sizes is checked while it is read, and its names
have to be those of a course.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

from courses.content.parsing import ContentError, Problem

MOST_FILES = 2_000
LARGEST_FILE = 16 * 1024 * 1024
MOST_BYTES = 128 * 1024 * 1024
LARGEST_ARCHIVE = 19 * 1024 * 1024  # a little less than what the reverse proxy lets through

_SLUG = r"[a-z0-9][a-z0-9-]{0,79}"
_NAME = re.compile(
    rf"{_SLUG}/(?:course\.yaml|{_SLUG}/(?:"
    r"(?:module|refresher|job-aid|lead-guide)\.yaml"
    rf"|{_SLUG}\.(?:lesson|scenario|quiz)\.yaml"
    r"|media/[a-z0-9][a-z0-9-]{0,99}\.[a-z0-9]{2,4}"
    r"))"
)
# What people and their computers leave beside the files of a course.
_PASSED_OVER = re.compile(r"__MACOSX/.*|(?:.*/)?(?:\.DS_Store|Thumbs\.db|[A-Za-z0-9-]+\.md)|.*/")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1
_PIECE = 64 * 1024


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their names; the order in which they come does not matter."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3  # the same on every system
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()


def unpack(source: BinaryIO) -> dict[str, bytes]:
    """Return the files of an archive by their names.

    Raises:
        ContentError: the archive is damaged, hostile, too large or holds something that belongs
            to no course; every name that is wrong is told.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise _refusal("This archive is damaged, or it is not a ZIP file.") from None


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not _is_passed_over(one)]
    if len(entries) > MOST_FILES:
        raise _refusal(f"An archive may hold {MOST_FILES:,} files; this one has {len(entries):,}.")
    problems = [Problem(one.filename[:200], fault) for one in entries if (fault := _fault(one))]
    names = [one.filename for one in entries]
    problems += [
        Problem(name, "This name stands in the archive twice.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise ContentError(problems)
    if not entries:
        raise _refusal("There is no course in this archive.")
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        files[entry.filename] = _content(archive, entry, left)
        left -= len(files[entry.filename])
    return files


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    return ".." not in entry.filename and bool(_PASSED_OVER.fullmatch(entry.filename))


def _fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "Only plain files may be in the archive, no links."
    if entry.flag_bits & _ENCRYPTED:
        return "This file is locked with a password."
    if not _NAME.fullmatch(entry.filename):
        return "A course has no file of this name at this place."
    return ""


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Return a file's bytes, and stop as soon as there are more of them than may be."""
    most = min(LARGEST_FILE, left)
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as source:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > most:
                whole = "the whole archive" if most < LARGEST_FILE else "a file"
                limit = MOST_BYTES if most < LARGEST_FILE else LARGEST_FILE
                sentence = f"Unpacked, {whole} may have {limit // 1024 // 1024} MB."
                raise ContentError([Problem(entry.filename, sentence)])
            pieces.append(piece)
    return b"".join(pieces)


def _refusal(sentence: str) -> ContentError:
    return ContentError([Problem("", sentence)])
