"""Due days and sessions as a calendar to subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

_ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class DueDay:
    """A whole day, by the end of which something is to be finished."""

    uid: str
    title: str
    url: str
    day: date
    changed_at: datetime


@dataclass(frozen=True)
class Meeting:
    """Some time together; `sequence` rises with each change."""

    uid: str
    title: str
    url: str
    place: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime


def calendar_text(name: str, entries: Iterable[DueDay | Meeting]) -> str:
    """Return a calendar file of these entries, times in UTC; `name` is what programs call it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Attune//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event_of(entry))
    return calendar.to_ical().decode()


def _event_of(entry: DueDay | Meeting) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("url", entry.url)
    if isinstance(entry, DueDay):
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # it takes no time of that day
        return event
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    if entry.place:
        event.add("location", entry.place)
    return event
