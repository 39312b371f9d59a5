"""Templates compile, hold nothing that the security policy blocks, and can be translated."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ALL = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
PAGES = [path for path in ALL if path.suffix == ".html" and "emails" not in path.parts]

INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:|<script(?![^>]*\bsrc=)[^>]*>""", re.I
)
STATIC = re.compile(r"""\{%\s*static\s+['"]([^'"]+)['"]""")

BLOCK = re.compile(r"\{%\s*blocktranslate(.*?)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)

# What a reader never sees, or sees translated.
UNSEEN = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktranslate.*?endblocktranslate\s*%\}"
    r"|\{%\s*block\s+\w*class\w*\s*%\}.*?endblock\s*%\}"
    r"|<!--.*?-->|<style.*?</style>|<script.*?</script>",
    re.S,
)
SHOWN_ATTRIBUTE = re.compile(
    r"""\s(?:aria-label|aria-description|alt|title|placeholder)="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)\""""
)
ARGUMENT = re.compile(r"""\s(\w+)="([^"]*\s[^"]*)\"""")
INCLUDE = re.compile(r"\{%\s*include\s(.*?)%\}", re.S)
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
HTML_TAG = re.compile(r"</?[a-zA-Z!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Attune"}


def name_of(path: Path) -> str:
    """Return a template's name as Django knows it."""
    return str(path.relative_to(TEMPLATES))


def untranslated_texts(source: str) -> list[str]:
    """Return the pieces of text in a template that stand outside translation tags."""
    source = UNSEEN.sub(" ", source)
    attributes = [TEMPLATE_TAG.sub(" ", text) for text in SHOWN_ATTRIBUTE.findall(source)]
    arguments = [
        text
        for tag in INCLUDE.findall(source)
        for argument, text in ARGUMENT.findall(tag)
        if "class" not in argument
    ]
    visible = HTML_TAG.sub("\n", TEMPLATE_TAG.sub("", source)).splitlines()
    texts = [text.strip() for text in (*attributes, *arguments, *visible)]
    return [text for text in texts if set(WORD.findall(re.sub(r"&\w+;", "", text))) - NAMES]


def found_in(paths: list[Path], find: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """Return what `find` makes of each template's text, for those in which it finds anything."""
    found = {name_of(path): find(path.read_text(encoding="utf-8")) for path in paths}
    return {name: texts for name, texts in found.items() if texts}


def inline_code(source: str) -> list[str]:
    """Return what the security policy would block in a template."""
    return INLINE.findall(TEMPLATE_TAG.sub(" ", source))


def untrimmed_lines(source: str) -> list[str]:
    """Return the texts of several lines whose indentation a translator would have to repeat."""
    return [text for way, text in BLOCK.findall(source) if "trimmed" not in way and "\n" in text]


def missing_static_files(source: str) -> list[str]:
    """Return the static files that a template names and nobody finds."""
    return [name for name in STATIC.findall(source) if not finders.find(name)]


def test_every_template_compiles():
    for path in ALL:
        engines["django"].get_template(name_of(path))


def test_no_page_has_inline_scripts_styles_or_handlers():
    assert found_in(PAGES, inline_code) == {}


def test_every_text_can_be_translated():
    assert found_in(ALL, untranslated_texts) == {}


def test_translated_texts_do_not_depend_on_indentation_which_is_left_out():
    assert found_in(ALL, untrimmed_lines) == {}
    assert untrimmed_lines("{% blocktranslate %}a\n  b{% endblocktranslate %}") == ["a\n  b"]


def test_every_static_file_exists():
    assert found_in(ALL, missing_static_files) == {}


@pytest.mark.parametrize(
    ("source", "is_inline"),
    [
        ('<p style="color: red">', True),
        ('<button onclick="go()">', True),
        ("<script>go()</script>", True),
        ('<script src="{% static "js/portal.js" %}"></script>', False),
        ("{% include 'x.html' with one=two %}", False),
        ('<p class="{{ style }}">on = off</p>', False),
    ],
)
def test_what_counts_as_inline(source, is_inline):
    assert bool(inline_code(source)) == is_inline


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %} {{ name }} · 5</p>', []),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", []),
        ('<a title="Go on" class="x">{{ y }}</a>', ["Go on"]),
        ("""<a title="{% translate "Go on" %}">{{ y }}</a>""", []),
        ('{% include "x.html" with label="Go on" %}', ["Go on"]),
        ('{% include "x.html" with label=_("Go on") classes="a b" %}', []),
    ],
)
def test_what_counts_as_untranslated(source, texts):
    assert untranslated_texts(source) == texts
