"""Whether a media file's bytes are what its name says, and harmless to show."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from xml.etree import ElementTree

_RISKY_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RISKY_TAGS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "set"})
# Where an SVG may point: into itself, and at pictures that it carries along.
_HARMLESS_LINK = re.compile(r"#|data:image/(?:png|jpeg|webp);")
_FETCHING_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def fault_of(name: str, content: bytes) -> str:
    """Return what is wrong with a media file, in a sentence for its author; empty if nothing is.

    The first bytes of a file have to fit the ending of its name; an ending that no page shows is
    a fault as well. An SVG must not run or fetch anything.
    """
    ending = PurePosixPath(name).suffix.lower()
    begins_right = _BEGINNINGS.get(ending)
    if begins_right is None:
        return f"Files that end in “{ending or 'nothing'}” cannot be shown."
    if not begins_right(content):
        return f"This is not a {ending[1:]} file, whatever its name says."
    return _fault_of_svg(content) if ending == ".svg" else ""


def _fault_of_svg(content: bytes) -> str:
    if _RISKY_XML.search(content):
        return "Leave document types and entities out of an SVG."
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  (without entities it cannot grow)
    except ElementTree.ParseError as error:
        return f"This SVG cannot be read: {error}."
    return next(filter(None, map(_fault_of_element, root.iter())), "")


def _fault_of_element(element: ElementTree.Element) -> str:
    tag = _plain(element.tag)
    if tag in _RISKY_TAGS:
        return f"An SVG here may not use <{tag}>."
    if tag == "style" and _FETCHING_STYLE.search(element.text or ""):
        return "A style in an SVG here may not fetch anything."
    faults = (_fault_of_attribute(_plain(name), value) for name, value in element.attrib.items())
    return next(filter(None, faults), "")


def _fault_of_attribute(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"An SVG here may not react to events ({name})."
    if name in ("href", "src") and not _HARMLESS_LINK.match(value.strip()):
        return "An SVG here may point only into itself."
    return "A style in an SVG here may not fetch anything." if _FETCHING_STYLE.search(value) else ""


def _plain(name: object) -> str:
    """Return the name of a tag or attribute without its namespace, in small letters."""
    return str(name).rpartition("}")[2].lower()


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _is_iso_media(content: bytes) -> bool:
    """Whether it is an MP4 or M4A: these begin with a box of the type `ftyp`."""
    return content[4:8] == b"ftyp"


def _is_svg(content: bytes) -> bool:
    return b"<svg" in content[:2000]


_BEGINNINGS: Mapping[str, Callable[[bytes], bool]] = {
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    ".jpg": _begins(b"\xff\xd8\xff"),
    ".webp": _is_webp,
    ".svg": _is_svg,
    ".webm": _begins(b"\x1aE\xdf\xa3"),
    ".mp4": _is_iso_media,
    ".m4a": _is_iso_media,
    ".mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".ogg": _begins(b"OggS"),
    ".vtt": _begins(b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
