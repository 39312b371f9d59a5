"""A session as an iCalendar entry (RFC 5545, RFC 5546), for a mail's calendar part."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

_RULES_FOR = timedelta(days=400)  # of the zone's clock changes: both of a year, and one more


class CalendarMethod(StrEnum):
    """What the entry asks a calendar to do: put it in or move it, or take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Guest:
    """Somebody who takes part."""

    name: str
    email: str
    has_accepted: bool = False


@dataclass(frozen=True)
class CalendarEntry:
    """One entry. `uid` never changes; `sequence` rises with each change, so calendars follow.

    Times are written in the IANA `zone` of the reader, with its rules included.
    """

    method: CalendarMethod
    uid: str
    sequence: int
    title: str
    description: str
    place: str
    url: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    stamped_at: datetime
    organizer: Guest
    guests: tuple[Guest, ...]

    def as_text(self) -> str:
        """Return the entry as a calendar file."""
        calendar = Calendar()
        calendar.add("prodid", "-//Attune//Feedback sessions//EN")
        calendar.add("version", "2.0")
        calendar.add("method", self.method.value)
        calendar.add_component(self._event())
        first = self.starts_at.date()
        calendar.add_missing_timezones(first_date=first, last_date=first + _RULES_FOR)
        return calendar.to_ical().decode()

    def _event(self) -> Event:
        zone = ZoneInfo(self.zone)
        event = Event()
        event.add("uid", self.uid)
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.stamped_at)
        event.add("dtstart", self.starts_at.astimezone(zone))
        event.add("dtend", self.ends_at.astimezone(zone))
        event.add("summary", self.title)
        event.add("description", self.description)
        event.add("url", self.url)
        if self.place:
            event.add("location", self.place)
        is_cancelled = self.method is CalendarMethod.CANCEL
        event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
        event["organizer"] = _address(self.organizer)
        for guest in self.guests:
            event.add("attendee", _attendee(guest), encode=False)
        return event


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = vText(guest.name)
    return address


def _attendee(guest: Guest) -> vCalAddress:
    address = _address(guest)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED" if guest.has_accepted else "NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE" if guest.has_accepted else "TRUE")
    return address
