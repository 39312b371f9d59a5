"""How a line of an agenda reads, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import EvidenceKind
from courses.content.skills import Skill
from courses.models.course import SKILL_NAMES
from portal.coaching.models import AgendaItem, AgendaKind
from portal.kit.wording import weekday_date


@dataclass(frozen=True)
class LineWords:
    """A line as shown: what to talk about, why it is there, and what its proof is called."""

    title: str
    detail: str
    proof: str = ""
    in_mail: str = ""

    @property
    def for_mail(self) -> str:
        """The title without what a passer-by should not read off a screen."""
        return self.in_mail or self.title


def words_of(item: AgendaItem) -> LineWords:
    """Return the words of a line; those of a topic are the person's own."""
    if item.kind == AgendaKind.TOPIC:
        who = item.added_by.first_name if item.added_by else ""
        return LineWords(item.words, _("Added by %(name)s") % {"name": who})
    return _WORDS[AgendaKind(item.kind)](item.about, item.skill)


def _strength(about: dict[str, Any], skill: str) -> LineWords:
    return _of_skill(_("A likely strength: %(skill)s"), about, skill)


def _gap(about: dict[str, Any], skill: str) -> LineWords:
    return _of_skill(_("A likely gap: %(skill)s"), about, skill)


def _of_skill(title: str, about: dict[str, Any], skill: str) -> LineWords:
    name = SKILL_NAMES[Skill(skill)]
    detail = ngettext(
        "%(from)s: %(low)d to %(high)d %% of the points, %(level)d %% expected. "
        "One piece of evidence.",
        "%(from)s: %(low)d to %(high)d %% of the points, %(level)d %% expected. "
        "%(pieces)d pieces of evidence.",
        about["pieces"],
    ) % {**about, "from": EvidenceKind(about["from"]).label}
    return LineWords(title % {"skill": name}, detail, _("The evidence"), in_mail=str(name))


def _went_well(about: dict[str, Any], skill: str) -> LineWords:
    detail = _("%(run)s on %(day)s. It ended with the caller helped.")
    return LineWords(
        _("Celebrate: “%(title)s”") % about,
        f"{detail % _run(about)} {_turning_point(about)}".strip(),
        _("Debrief"),
    )


def _look_at(about: dict[str, Any], skill: str) -> LineWords:
    detail = _("%(run)s on %(day)s.") % _run(about)
    if about["missed_gates"]:
        gates = ngettext(
            "One safety step was missed: follow your client’s process.",
            "%(n)d safety steps were missed: follow your client’s process.",
            about["missed_gates"],
        ) % {"n": about["missed_gates"]}
        detail = f"{detail} {gates}"
    return LineWords(
        _("Look at together: “%(title)s”") % about,
        f"{detail} {_turning_point(about)}".strip(),
        _("Debrief"),
    )


def _run(about: dict[str, Any]) -> dict[str, str]:
    is_shared = about.get("is_shared", False)
    kind = _("Practice call that was shared,") if is_shared else _("Assessed call")
    return {"run": kind, "day": _day(about)}


def _turning_point(about: dict[str, Any]) -> str:
    turning = about.get("turning_point")
    return _("Its turning point: “%(title)s”.") % turning if turning else ""


def _questions(about: dict[str, Any], skill: str) -> LineWords:
    detail = ngettext(
        "%(count)d answer is worth another look.",
        "%(count)d answers are worth another look.",
        about["count"],
    )
    return LineWords(_("Go through “%(title)s”") % about, detail % about, _("Answers"))


def _overdue(about: dict[str, Any], skill: str) -> LineWords:
    return LineWords(
        _("What’s in the way of “%(title)s”?") % about,
        _("Was due %(day)s. Ask before you push.") % {"day": _day(about)},
        _("The module"),
    )


def _agreed(about: dict[str, Any], skill: str) -> LineWords:
    return LineWords(
        _("Agreed last time: %(title)s") % about,
        _("%(owner)s, by %(day)s") % {"owner": about["owner"], "day": _day(about)},
        _("That session"),
    )


def _call_quality(about: dict[str, Any], skill: str) -> LineWords:
    marks = ", ".join(f"{SKILL_NAMES[Skill(one)]} {percent} %" for one, percent in about["marks"])
    return LineWords(
        _("Call quality of %(day)s") % {"day": _day(about)},
        _("What was scored on real calls: %(marks)s. Ask how these calls went.") % {"marks": marks},
        _("The evidence"),
        in_mail=_("Call quality"),
    )


def _day(about: dict[str, Any]) -> str:
    return weekday_date(date.fromisoformat(about["on"]))


_WORDS = {
    AgendaKind.STRENGTH: _strength,
    AgendaKind.GAP: _gap,
    AgendaKind.WENT_WELL: _went_well,
    AgendaKind.LOOK_AT: _look_at,
    AgendaKind.QUESTIONS: _questions,
    AgendaKind.OVERDUE: _overdue,
    AgendaKind.AGREED: _agreed,
    AgendaKind.QUALITY: _call_quality,
}
