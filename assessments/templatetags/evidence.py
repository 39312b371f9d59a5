"""Pieces of evidence in a list.

They are put together in Python, as the cells of a team's skills are: as a template, they cost
more than all the rest of the page. Every text that a person wrote goes through `escape`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from assessments.models import EvidenceKind, EvidenceSource, SkillEvidence
from assessments.templatetags.skills import evidence_name, moved_words, proof_url
from courses.content.skills import Skill
from portal.kit.addresses import Site, current_site, reverse_quickly
from portal.kit.templatetags.attune import skill_glyph, skill_name
from portal.kit.wording import once_a_language, short_date

register = template.Library()

_ROW = """<li class="item">{glyph}<div class="grow">
<a class="item-title cover" href="{proof}">{name}</a><div class="meta">{about}</div></div>{contest}
<div class="item-side"><a class="small above" href="{page}">{moved}<span class="visually-hidden">, \
{name}</span></a><span class="meta">{day}</span></div></li>"""
_CONTEST = """<a class="btn btn-ghost btn-sm above" href="{url}?evidence={id}">{differently}\
<span class="visually-hidden">: {name}, {day}</span></a>"""


@register.simple_tag
def evidence_rows(
    evidence: Iterable[SkillEvidence], *, shows_skill: bool, is_own: bool
) -> SafeString:
    """Show a list item for each piece: with its skill, or with the way to contest it."""
    said, site = _said(), current_site()
    drawn = (_row(one, said, site, shows_skill=shows_skill, is_own=is_own) for one in evidence)
    return mark_safe("".join(drawn))  # noqa: S308  (escaped there)


@dataclass(frozen=True)
class _Said:
    """What is said again and again, safe to show."""

    glyphs: dict[str, str]
    skills: dict[str, str]
    kinds: dict[str, str]
    sources: dict[str, str]
    differently: str
    provisional: str
    corrected: str


@once_a_language
def _said() -> _Said:
    return _Said(
        glyphs={skill: skill_glyph(skill, "sm") for skill in Skill},
        skills={skill: escape(skill_name(skill)) for skill in Skill},
        kinds={kind: escape(str(kind.label)) for kind in EvidenceKind},
        sources={source: escape(str(source.label)) for source in EvidenceSource},
        differently=escape(gettext("I see this differently")),
        provisional=escape(gettext("author’s key, provisional")),
        corrected=escape(gettext("corrected on %(day)s")),
    )


def _row(one: SkillEvidence, said: _Said, site: Site, *, shows_skill: bool, is_own: bool) -> str:
    name, day = escape(evidence_name(one)), escape(short_date(one.on))
    page = reverse_quickly("assessments:evidence", [one.pk], site=site)
    about = [said.skills[one.skill]] if shows_skill else []
    about += [said.kinds[one.kind], said.sources[one.source]]
    if one.given_by:
        about.append(escape(one.given_by.name))
    if one.is_provisional:
        about.append(said.provisional)
    if one.supersedes_id:
        corrected_on = short_date(timezone.localtime(one.recorded_at).date())
        about.append(said.corrected % {"day": escape(corrected_on)})
    contest = ""
    if is_own:
        url = reverse_quickly("assessments:see-differently", [one.skill], site=site)
        contest = _CONTEST.format(
            url=url, id=one.pk, differently=said.differently, name=name, day=day
        )
    return _ROW.format(
        glyph=said.glyphs[one.skill] if shows_skill else "",
        proof=proof_url(one) if one.attempt_id else page,
        name=name,
        about=" · ".join(about),
        contest=contest,
        page=page,
        moved=escape(moved_words(one.moved)),
        day=day,
    )
