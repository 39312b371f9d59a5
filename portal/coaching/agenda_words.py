"""How a line of an agenda reads, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.coaching.models import AgendaItem, AgendaKind
from portal.kit.wording import weekday_date


@dataclass(frozen=True)
class LineWords:
    """A line as shown: what to talk about, why it is there, and what its proof is called."""

    title: str
    detail: str
    proof: str = ""


def words_of(item: AgendaItem) -> LineWords:
    """Return the words of a line; those of a topic are the person's own."""
    if item.kind == AgendaKind.TOPIC:
        who = item.added_by.first_name if item.added_by else ""
        return LineWords(item.words, _("Added by %(name)s") % {"name": who})
    return _WORDS[AgendaKind(item.kind)](item.about)


def _went_well(about: dict[str, Any]) -> LineWords:
    return LineWords(
        _("Celebrate: “%(title)s”") % about,
        _("Assessed call on %(day)s. It ended with the caller helped.") % {"day": _day(about)},
        _("Debrief"),
    )


def _look_at(about: dict[str, Any]) -> LineWords:
    detail = _("Assessed call on %(day)s. Look at its turning point.") % {"day": _day(about)}
    if about["missed_gates"]:
        detail = ngettext(
            "Assessed call on %(day)s. One safety step was missed: follow your client’s process.",
            "Assessed call on %(day)s. %(n)d safety steps were missed: follow your client’s "
            "process.",
            about["missed_gates"],
        ) % {"day": _day(about), "n": about["missed_gates"]}
    return LineWords(_("Look at together: “%(title)s”") % about, detail, _("Debrief"))


def _questions(about: dict[str, Any]) -> LineWords:
    detail = ngettext(
        "%(count)d answer is worth another look.",
        "%(count)d answers are worth another look.",
        about["count"],
    )
    return LineWords(_("Go through “%(title)s”") % about, detail % about, _("Answers"))


def _overdue(about: dict[str, Any]) -> LineWords:
    return LineWords(
        _("What’s in the way of “%(title)s”?") % about,
        _("Was due %(day)s. Ask before you push.") % {"day": _day(about)},
    )


def _agreed(about: dict[str, Any]) -> LineWords:
    return LineWords(
        _("Agreed last time: %(title)s") % about,
        _("%(owner)s, by %(day)s") % {"owner": about["owner"], "day": _day(about)},
        _("That session"),
    )


def _day(about: dict[str, Any]) -> str:
    return weekday_date(date.fromisoformat(about["on"]))


_WORDS = {
    AgendaKind.WENT_WELL: _went_well,
    AgendaKind.LOOK_AT: _look_at,
    AgendaKind.QUESTIONS: _questions,
    AgendaKind.OVERDUE: _overdue,
    AgendaKind.AGREED: _agreed,
}
