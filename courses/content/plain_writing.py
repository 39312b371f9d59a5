"""Rich text as an author types it, without tags, and back to the small HTML that is kept.

Blank lines part paragraphs; `- ` and `1. ` begin the points of a list, `## ` and `### ` headings;
`**strong**`, `*em*`, and straight quotes around `"spoken words"`. HTML stays what is stored: words
that are not changed keep theirs to the letter, and what this cannot say is shown as HTML.
"""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from courses.content.rich_text import clean

_BLOCKS = re.compile(r"<(?:p|ul|ol|li|h2|h3)>")
_POINT, _NUMBER = re.compile(r"[-*•]\s+"), re.compile(r"\d{1,2}[.)]\s+")
_HEADING = re.compile(r"(##|###)\s+(.+)", re.DOTALL)
_STRONG, _EM = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), re.compile(r"\*(?=\S)(.+?)(?<=\S)\*")
_QUOTED = re.compile(r"\"(?=\S)([^\"]+?)(?<=\S)\"")
_MARKS = {"strong": "**", "em": "*", "q": '"'}


def as_typed(source: str) -> str:
    """Return stored HTML as an author reads and types it; as HTML where nothing else says it."""
    writer = _Writer()
    writer.feed(clean(source))
    writer.close()
    typed = "\n\n".join(block for block in writer.blocks() if block)
    return typed if _tidy(as_html(typed)) == _tidy(clean(source)) else source.strip()


def as_html(typed: str) -> str:
    """Return what an author typed as HTML of the allowed tags; HTML itself is cleaned."""
    typed = typed.replace("\r\n", "\n").replace("\x00", "").strip()
    if _BLOCKS.search(typed):
        return str(clean(typed))
    parts = re.split(r"\n\s*\n", typed) if typed else []
    return str(clean("\n".join(map(_block, parts))))


def _block(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    for tag, mark in (("ul", _POINT), ("ol", _NUMBER)):
        if mark.match(lines[0]):
            points = "".join(f"<li>{_inline(point)}</li>" for point in _points(lines, mark))
            return f"<{tag}>{points}</{tag}>"
    if heading := _HEADING.fullmatch(" ".join(lines)):
        tag = f"h{len(heading[1])}"
        return f"<{tag}>{_inline(heading[2])}</{tag}>"
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _points(lines: list[str], mark: re.Pattern[str]) -> Iterator[str]:
    """Yield the points of a list; a line without a mark goes on with the point before it."""
    point = ""
    for line in lines:
        if mark.match(line):
            if point:
                yield point
            point = mark.sub("", line, count=1)
        else:
            point = f"{point} {line}"
    yield point


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    for pattern, tag in ((_STRONG, "strong"), (_EM, "em"), (_QUOTED, "q")):
        safe = pattern.sub(rf"<{tag}>\1</{tag}>", safe)
    return safe


def _tidy(source: str) -> str:
    """Return HTML without the spaces and breaks that nobody sees."""
    text = re.sub(r"\s+", " ", source)
    return re.sub(r"\s*(</?(?:p|ul|ol|li|h2|h3|br)>)\s*", r"\1", text).strip()


class _Writer(HTMLParser):
    """Writes clean HTML the way an author types it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._list = ""
        self._number = 0

    def blocks(self) -> list[str]:
        """Return the paragraphs, headings and lists that were read."""
        return [re.sub(r" +\n", "\n", "".join(parts)).strip() for parts in self._lines]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _MARKS:
            self._add(_MARKS[tag])
        elif tag == "br":
            self._add("\n")
        elif tag in ("ul", "ol"):
            self._list, self._number = tag, 0
            self._lines.append([])
        elif tag == "li":
            self._number += 1
            mark = "- " if self._list == "ul" else f"{self._number}. "
            self._add(f"\n{mark}" if self._number > 1 else mark)
        else:
            self._lines.append(["## " if tag == "h2" else "### " if tag == "h3" else ""])

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self._add(_MARKS[tag])
        elif tag != "li":
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if not self._lines[-1] or self._lines[-1][-1].endswith(("\n", "- ", ". ", "# ")):
            words = words.lstrip()
        self._add(words)

    def _add(self, text: str) -> None:
        self._lines[-1].append(text)
