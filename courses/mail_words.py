"""Short texts in the mails about learning: subjects that fit a phone, due dates, what is left."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import ChangeOfDuty
from portal.kit.wording import duration, weekday_date

SUBJECT_LIMIT = 45


def assigned_subject(lead: str, minutes: int) -> str:
    """Return "Dana set aside 22 minutes for you"."""
    with_lead = ngettext(
        "%(lead)s set aside %(minutes)d minute for you",
        "%(lead)s set aside %(minutes)d minutes for you",
        minutes,
    )
    without = ngettext(
        "%(minutes)d minute of learning for you", "%(minutes)d minutes of learning for you", minutes
    )
    values = {"lead": lead, "minutes": minutes}
    return _first_that_fits(with_lead % values, without % values)


def due_soon_subject(name: str, minutes: int) -> str:
    """Return "16 minutes left, Priya"."""
    left = ngettext("%(minutes)d minute left", "%(minutes)d minutes left", minutes)
    return _with_name(left % {"minutes": minutes}, name)


def overdue_subject(name: str, due_on: date) -> str:
    """Return "This was due Friday 20 Nov, Priya"."""
    return _with_name(_("This was due %(day)s") % {"day": format_date(due_on, "l j M")}, name)


def several_subject(name: str, count: int) -> str:
    """Return "3 things to finish, Priya"."""
    words = ngettext("%(count)d thing to finish", "%(count)d things to finish", count)
    return _with_name(words % {"count": count}, name)


def changed_subject(kind: str, title: str) -> str:
    """Return "More time for “Plain words”", or that it is off one's list."""
    if kind == ChangeOfDuty.EXTENDED:
        return _first_that_fits(
            _("More time for “%(title)s”") % {"title": title}, _("You have more time")
        )
    if kind == ChangeOfDuty.EXEMPTION_ENDED:
        return _("Your exemption has ended")
    return _first_that_fits(
        _("Off your list: “%(title)s”") % {"title": title}, _("Something is off your list")
    )


def due_line(due_on: date, zone: str, *, is_overdue: bool) -> str:
    """Return "Due Friday 4 December, New York time", or on which day it was due."""
    if is_overdue:
        return _("Was due %(day)s") % {"day": weekday_date(due_on)}
    return _("Due %(day)s, %(zone)s") % {
        "day": weekday_date(due_on),
        "zone": zone_in_words(zone),
    }


def closing_line(closes_on: date) -> str:
    """Return "It closes at the end of Friday 11 December"."""
    return _("It closes at the end of %(day)s") % {"day": weekday_date(closes_on)}


def length_line(minutes: int) -> str:
    """Return "About 22 min"."""
    return _("About %(span)s") % {"span": duration(minutes)}


def progress_line(number: int, total: int, minutes: int) -> str:
    """Return "Step 3 of 5 · about 16 min left"."""
    return _("Step %(number)d of %(total)d · about %(span)s left") % {
        "number": number,
        "total": total,
        "span": duration(minutes),
    }


def zone_in_words(zone: str) -> str:
    """Return how people call the time of an IANA zone: "New York time"; "UTC" stays as it is."""
    area, slash, city = zone.rpartition("/")
    if not slash or area == "Etc":
        return city
    return _("%(city)s time") % {"city": city.replace("_", " ")}


def _with_name(words: str, name: str) -> str:
    return _first_that_fits(_("%(words)s, %(name)s") % {"words": words, "name": name}, words)


def _first_that_fits(*subjects: str) -> str:
    return next((one for one in subjects if len(one) <= SUBJECT_LIMIT), subjects[-1])
