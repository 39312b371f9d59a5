"""Template tags that show how somebody stands with their learning.

Lists show the same few words on every line, so each is put together once for a language.
"""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from courses.learning_state import LearningState
from courses.mail_words import zone_in_words
from portal.kit.drawing import draw_icon
from portal.kit.wording import moment

register = template.Library()

# How pressing a state is, as a kind of status, and its icon.
_LOOKS = {
    LearningState.NOT_STARTED: ("", "circle"),
    LearningState.IN_PROGRESS: ("info", "hourglass-split"),
    LearningState.WAITING: ("warn", "hourglass-split"),
    LearningState.DUE_SOON: ("warn", "clock-fill"),
    LearningState.OVERDUE: ("danger", "exclamation-circle-fill"),
    LearningState.FINISHED: ("ok", "check-circle-fill"),
    LearningState.WITHDRAWN: ("", "dash"),
    LearningState.EXEMPT: ("", "dash"),
    LearningState.CLOSED: ("", "lock"),
}


@register.filter
def when_in(at: datetime, zone: str) -> str:
    """Return weekday, date, time and zone as on a clock in `zone`."""
    return moment(at, ZoneInfo(zone))


@register.simple_tag
def state_status(state: LearningState | str) -> SafeString:
    """Show a state in its one word, with an icon and a color for how pressing it is."""
    return _state_status(LearningState(state), get_language())


@register.simple_tag
def due_words(state: LearningState, due_on: date) -> str:
    """Return "due Fri 27 Nov", or "was due" where that is over; nothing for what waits."""
    if state == LearningState.WAITING:
        return ""
    return _due_words(state == LearningState.OVERDUE, due_on, get_language())


@register.simple_tag
def done_words(done: int, total: int) -> str:
    """Return "2 of 6 done"."""
    return _done_words(done, total, get_language())


@register.simple_tag
def more_words(number: int) -> str:
    """Return "and 3 more"."""
    return ngettext("and %(n)d more", "and %(n)d more", number) % {"n": number}


@register.filter
def zone_words(zone: str) -> str:
    """Return how people call the time of an IANA zone, for instance "New York time"."""
    return zone_in_words(zone)


@register.filter
def clock_words(clock: time) -> str:
    """Return a time of day as "9 am" or "7:30 am"."""
    return time_format(clock, "g:i A" if clock.minute else "g A").lower()


@lru_cache(maxsize=64)
def _state_status(state: LearningState, language: str | None) -> SafeString:
    kind, icon = _LOOKS[state]
    look = f"status status-{kind}" if kind else "status"
    return format_html('<span class="{}">{}{}</span>', look, draw_icon(icon), state.label)


@lru_cache(maxsize=2048)
def _due_words(is_over: bool, due_on: date, language: str | None) -> str:
    words = gettext("was due %(day)s") if is_over else gettext("due %(day)s")
    return words % {"day": format_date(due_on, "D j M")}


@lru_cache(maxsize=2048)
def _done_words(done: int, total: int, language: str | None) -> str:
    return gettext("%(done)d of %(total)d done") % {"done": done, "total": total}
