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
from portal.kit.templatetags.attune import skill_name
from portal.kit.wording import once_a_language

register = template.Library()

# The id that stands for any other while the address of a person's skill is looked up.
_ANY_ID = 1234567890123456789

_PERSON = """<tr><th scope="row" class="heat-agent"><label class="heat-pick">
<input class="form-check-input" type="checkbox" name="person" value="{id}">
<span class="visually-hidden">{select} </span><span>{name}</span></label></th>"""


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
    """Return one cell; its band, its mark of a gap and its dots are drawn by its classes."""
    start, end = _url(cell.skill)
    number, label = "", f"{name}, {said.skills[cell.skill]}: {said.words[cell.word]}"
    if cell.is_known:
        number, label = cell.percent, f"{cell.percent} {label}, {cell.low}–{cell.high}"
    return (
        f'<td class="{cell.look}"><a href="{start}{person_id}{end}" aria-label="{label}">'
        f"{number}</a></td>"
    )


@lru_cache(maxsize=len(Skill))
def _url(skill: Skill) -> tuple[str, str]:
    """Return the address of a person's skill: what stands before the id, and what after it."""
    address = reverse("assessments:person-skill", args=[_ANY_ID, skill])
    before, _, after = address.partition(str(_ANY_ID))
    return before, after
