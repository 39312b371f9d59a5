"""Templates turned into Python draw what Django draws, in the usual cases and in the odd ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.template import Context, Engine
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from portal.kit.quick_templates.loader import QuickNodes
from portal.people.models import User

OPTIONS = {
    "libraries": {
        "tags": "tests.portal.kit.quick_templates.some_tags",
        "tz": "django.templatetags.tz",
    },
    "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
}
PLAIN, QUICK = (
    "django.template.loaders.locmem.Loader",
    "portal.kit.quick_templates.loader.Loader",
)


class Point(NamedTuple):
    """A tuple whose parts have names."""

    x: int
    y: str


class Color(Enum):
    """Has members that one asks for by name."""

    RED = "red"


@dataclass
class Person:
    """Somebody with all that a template may meet."""

    name: str = "Ada <Lovelace>"
    friends: tuple[str, ...] = ("B & C", "D")
    friend: "Person | None" = None

    def shout(self) -> str:
        return self.name.upper()

    def greet(self, other: str) -> str:
        return f"Hello {other}"

    def delete(self) -> str:
        raise AssertionError("a template must not delete anybody")

    delete.alters_data = True  # type: ignore[attr-defined]  # as Django marks it

    @property
    def broken(self) -> str:
        raise ValueError("broken")

    @property
    def missing(self) -> str:
        raise KeyError("missing")


class Listing:
    """A thing with items and attributes, where items come first, as in a form."""

    title = "attribute"

    def __getitem__(self, name: str) -> str:
        if name == "title":
            return "item"
        raise KeyError(name)


CONTEXT: dict[str, Any] = {
    "person": Person(friend=Person("Grace")),
    "lazy": SimpleLazyObject(Person),
    "reader": User(theme="dark", callers_wait=None),
    "other_reader": User(theme="<pink>", callers_wait="written"),
    "point": Point(3, "four"),
    "listing": Listing(),
    "mapping": {"key": "a < b", "items": "own items", "deep": {"list": [1, 2, 3]}},
    "numbers": [3, 1, 2],
    "pairs": [("a", 1), ("b", 2)],
    "nothing": None,
    "no_items": [],
    "text": "<b>bold</b>",
    "safe": mark_safe("<b>bold</b>"),
    "token": "aZ09" * 16,
    "words": gettext_lazy("Yes"),
    "count": 1234567,
    "ratio": 1234.5,
    "money": Decimal("10.50"),
    "flag": True,
    "color": Color.RED,
    "Color": Color,
    "at": datetime(2026, 11, 27, 20, 30, tzinfo=UTC),
    "day": date(2026, 11, 27),
    "called": lambda: "from a call",
    "other_name": "other.html",
    "generated": (n for n in ()),
}

OTHERS = {
    "other.html": "[{{ text }}|{{ label }}|{% if kind %}{{ kind }}{% endif %}{{ forloop.counter }}",
    "cycling.html": "{% load tags %}{% cycle 'a' 'b' %}",
    "with_block.html": "({% block content %}own{% endblock %})",
    "elsewhere.html": "{% load not_installed %}",
    "self.html": "{{ n }}{% if n %}{% include 'self.html' with n=nothing %}{% endif %}",
    "assigning.html": "{% load tags %}{% add_up 2 3 as total %}{{ total }}",
    "frame.html": (
        "<{% block head %}{{ text }}{% endblock %}|"
        "{% block content %}frame{% block in %}x{% endblock %}{% endblock %}>"
    ),
    "middle.html": (
        "{% extends 'frame.html' %}{% block head %}middle {{ block.super }}{% endblock %}"
    ),
}

TEMPLATES = [
    line
    for line in (Path(__file__).parent / "samples.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def engine(source: str, loader: str) -> Engine:
    """Return an engine with one template and the others, drawn by Django or by Python."""
    files = {**OTHERS, "page.html": source}
    loaders = [(PLAIN, files)] if loader == PLAIN else [(QUICK, [(PLAIN, files)])]
    return Engine(loaders=loaders, **OPTIONS)


def drawn(source: str, loader: str) -> tuple[str, list[Any]]:
    """Return what a template shows, or its mistake, and what it left in the context."""
    context = Context({**CONTEXT, "generated": (n for n in "ab"), "other": "frame.html"})
    try:
        text = engine(source, loader).get_template("page.html").render(context)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the same
        text = f"{type(error).__name__}"
    return text, [sorted(layer) for layer in context.dicts]


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    with timezone.override("America/New_York"), translation.override("en-us"):
        yield


@pytest.mark.parametrize("source", TEMPLATES)
def test_python_draws_what_django_draws(source: str):
    assert drawn(source, QUICK) == drawn(source, PLAIN)
    assert drawn(source, QUICK) == drawn(source, PLAIN)  # now that the types of objects are known


def test_most_of_this_is_really_drawn_by_python():
    by_django = [
        source for source in TEMPLATES if not is_quick(source) and "nowhere.html" not in source
    ]
    assert len(by_django) == 2  # the parent's name is a variable; `block` is more than its `super`


def is_quick(source: str) -> bool:
    """Say whether a template was turned into Python."""
    return engine(source, QUICK).get_template("page.html").nodelist.draw is not None


def test_words_follow_the_language_of_each_reader():
    template = engine("{% translate 'Yes' %} {{ words }}", QUICK).get_template("page.html")
    with translation.override("de"):
        german = template.render(Context(CONTEXT))
    assert (german, template.render(Context(CONTEXT))) == ("Ja Ja", "Yes Yes")


def test_a_template_is_made_once():
    site = engine("{{ text }}", QUICK)
    assert site.get_template("page.html") is site.get_template("page.html")


def test_error_pages_of_developers_show_the_place_so_django_draws_there():
    site = Engine(debug=True, loaders=[(QUICK, [(PLAIN, {"page.html": "{{ x }}"})])])
    assert not isinstance(site.get_template("page.html").nodelist, QuickNodes)


def test_our_own_templates_come_without_indentation_but_line_by_line(tmp_path: Path):
    for name in ("page.html", "mail.txt"):
        (tmp_path / name).write_text("<p>\n    {{ text }}  x\n\n\t</p>")
    own = "portal.kit.quick_templates.loader.OwnTemplates"
    site = Engine(dirs=[str(tmp_path)], loaders=[(QUICK, [own])])
    page, mail = (
        site.get_template(name).render(Context(CONTEXT)) for name in ("page.html", "mail.txt")
    )
    assert page == "<p>\n&lt;b&gt;bold&lt;/b&gt;  x\n\n</p>"
    assert mail == "<p>\n    &lt;b&gt;bold&lt;/b&gt;  x\n\n\t</p>"
