"""The small part of HTML that authors may use, and the plain text inside it."""

import html
import re

import nh3

TAGS = frozenset({"p", "strong", "em", "ul", "ol", "li", "h2", "h3", "br", "q"})

_BLOCK_END = re.compile(r"</(?:p|li|h2|h3)>|<br>")
_TAG = re.compile(r"<[^>]+>")


class CleanHtml(str):
    """HTML that went through `clean`; template engines that know `__html__` do not escape it."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def clean(source: str) -> CleanHtml:
    """Keep the allowed tags, drop every attribute and everything else; safe to repeat."""
    return CleanHtml(nh3.clean(source, tags=set(TAGS), attributes={}).strip())


def plain(source: CleanHtml) -> str:
    """Return the words alone, each paragraph, heading and list item on its own line."""
    with_breaks = _BLOCK_END.sub("\n", " ".join(source.split()))
    text = html.unescape(_TAG.sub("", with_breaks))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
