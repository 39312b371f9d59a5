"""The cells of a team's skills at a glance.

They are put together in Python: as a template, 250 cells cost more than all the rest of the page.
Every text that a person wrote goes through `escape`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from assessments.queries.skill_profile import WORDS
from assessments.queries.team_skills import Cell, SkillRow
from assessments.skill_estimate import Word
from courses.content.skills import Skill
from portal.kit.drawing import draw_confidence, draw_icon
from portal.kit.templatetags.attune import skill_name
from portal.kit.wording import once_a_language

register = template.Library()

# The id that stands for any other while the address of a person's skill is looked up.
_ANY_ID = 1234567890123456789

_PERSON = """<tr><th scope="row" class="heat-agent"><label class="heat-pick">
<input class="form-check-input" type="checkbox" name="person" value="{id}">
<span class="visually-hidden">{select} </span><span>{name}</span></label></th>"""
_CELL = """<td class="heat-cell {look}"><a href="{url}"><span class="heat-v">{value}</span>{dots}
<span class="visually-hidden">{name}, {skill}: {words}</span></a></td>"""


@register.simple_tag
def skill_rows(rows: Iterable[SkillRow]) -> SafeString:
    """Show one table row for each person: their name, and a cell for each skill."""
    said = _said()
    return mark_safe("".join(_row(row, said) for row in rows))  # noqa: S308  (escaped there)


@dataclass(frozen=True)
class _Said:
    """What is said again and again, safe to show."""

    select: str
    skills: dict[Skill, str]
    words: dict[Word, str]


@once_a_language
def _said() -> _Said:
    return _Said(
        select=escape(gettext("Select")),
        skills={skill: escape(skill_name(skill)) for skill in Skill},
        words={word: escape(str(name)) for word, name in WORDS.items()},
    )


def _row(row: SkillRow, said: _Said) -> str:
    name = escape(row.name)
    cells = "".join(_cell(cell, row.id, name, said) for cell in row.cells)
    return f"{_PERSON.format(id=row.id, select=said.select, name=name)}{cells}</tr>"


def _cell(cell: Cell, person_id: int, name: str, said: _Said) -> str:
    value, dots, words = draw_icon("dash"), "", said.words[cell.word]
    if cell.is_known:
        value = f"{draw_icon('caret-down-fill') if cell.is_gap else ''}{cell.percent}"
        dots = draw_confidence(cell.dots)
        words = f"{words}, {cell.low}–{cell.high}"
    return _CELL.format(
        look=cell.look,
        url=_url(cell.skill).format(person_id),
        value=value,
        dots=dots,
        name=name,
        skill=said.skills[cell.skill],
        words=words,
    )


@lru_cache(maxsize=len(Skill))
def _url(skill: Skill) -> str:
    """Return the address of a person's skill with a place for the id."""
    address = reverse("assessments:person-skill", args=[_ANY_ID, skill])
    return address.replace(str(_ANY_ID), "{}")
