"""How dates, times, spans and names are put into words, the same on every screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache, wraps
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

R = TypeVar("R")

# A date this near deserves attention, one this near names its day of the week, and one further
# away than the last could be misread without its year.
DAYS_SOON, DAYS_WITH_WEEKDAY, DAYS_WITHOUT_YEAR = 7, 14, 180
MINUTES_IN_AN_HOUR = 60
NOON, EVENING = 12, 17


@dataclass(frozen=True)
class DueWords:
    """When something is due, in words, and how pressing that is: a status kind and its icon."""

    text: str
    kind: str
    icon: str


def weekday_date(day: date) -> str:
    """Return "Friday 27 November"."""
    return _day(day, "l j F", get_language())


def dated(day: date) -> str:
    """Return "Fri 27 Nov 2026"."""
    return _day(day, "D j M Y", get_language())


def short_date(day: date) -> str:
    """Return "27 Nov 2026"."""
    return _day(day, "j M Y", get_language())


def moment(at: datetime, zone: tzinfo | None = None) -> str:
    """Return "Wednesday 25 Nov, 2:30 pm EST" in `zone`, which is the reader's own by default."""
    local = timezone.localtime(at, zone)
    language = get_language()
    day = _day(local.date(), "l j M", language)
    return f"{day}, {_clock(local.hour, local.minute, language)} {zone_name(local)}"


def clock_span(start: datetime, end: datetime) -> str:
    """Return "2:30–3:00 pm", or "11:30 am–12:15 pm" where noon or midnight lies between."""
    first, last = (_clock(at.hour, at.minute, get_language()) for at in (start, end))
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last}"


def zone_name(local: datetime) -> str:
    """Return the short name of a time's zone ("EST"), or its city where it has only numbers."""
    name = local.tzname() or ""
    if name.isalpha() or not isinstance(local.tzinfo, ZoneInfo):
        return name
    city = local.tzinfo.key.rpartition("/")[2].replace("_", " ")
    return _("%(city)s time") % {"city": city}


def due_words(due_on: date, today: date) -> DueWords:
    """Return how a due date reads `today`, both in the assignee's own zone."""
    days = (due_on - today).days
    if days < 0:
        return DueWords(_overdue(-days), "danger", "exclamation-circle-fill")
    if days <= DAYS_SOON:
        return DueWords(_due(due_on, days), "warn", "clock-fill")
    return DueWords(_due(due_on, days), "", "calendar-event")


def duration(minutes: int) -> str:
    """Return "45 min", "1 h" or "1 h 5 min"."""
    hours, rest = divmod(minutes, MINUTES_IN_AN_HOUR)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name, as on an avatar."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def greeting(name: str, hour: int) -> str:
    """Return the greeting for an hour (0 to 23) of the reader's own day."""
    if hour < NOON:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < EVENING:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def once_a_language(words: Callable[[], R]) -> Callable[[], R]:
    """Let a function that only puts something into words run once for each language."""
    kept = lru_cache(maxsize=32)(lambda language: words())
    return wraps(words)(lambda: kept(get_language()))


# A list names few days and times, on many lines, so each is put into words once for a language.


@lru_cache(maxsize=2048)
def _day(day: date, form: str, language: str | None) -> str:
    return format_date(day, form)


@lru_cache(maxsize=2 * 24 * 60)
def _clock(hour: int, minute: int, language: str | None) -> str:
    return time_format(time(hour, minute), "g:i A").lower()


def _due(due_on: date, days: int) -> str:
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    if days <= DAYS_WITH_WEEKDAY:
        day = _day(due_on, "l j M", get_language())
    elif days <= DAYS_WITHOUT_YEAR:
        day = _day(due_on, "j M", get_language())
    else:
        day = short_date(due_on)
    return _("Due %(day)s") % {"day": day}


def _overdue(days: int) -> str:
    return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", days) % {"days": days}
