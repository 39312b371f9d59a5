"""The calendar entry, read back with rules of our own instead of the library that wrote it."""

from dataclasses import replace
from datetime import UTC, datetime

from portal.coaching.calendar_entry import CalendarEntry, CalendarMethod, Guest

ENTRY = CalendarEntry(
    method=CalendarMethod.REQUEST,
    uid="session-1@attune.example",
    sequence=0,
    title="Feedback session with Dana",
    description="Agenda; first, what went well",
    place="Room 4",
    url="https://attune.example/feedback/1/",
    starts_at=datetime(2026, 10, 30, 18, 30, tzinfo=UTC),
    ends_at=datetime(2026, 10, 30, 19, 0, tzinfo=UTC),
    zone="America/New_York",
    stamped_at=datetime(2026, 10, 1, 12, 0, tzinfo=UTC),
    organizer=Guest("Dana Whitfield", "dana@example.org"),
    guests=(
        Guest("Dana Whitfield", "dana@example.org", has_accepted=True),
        Guest("Raman, Priya", "priya@example.org"),
    ),
)


def lines_of(entry: CalendarEntry) -> list[str]:
    """Unfold the lines of a calendar file, as RFC 5545 section 3.1 says."""
    text = entry.as_text()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").splitlines()


def event_of(entry: CalendarEntry) -> dict[str, list[str]]:
    """Return the properties of the one event by name, parameters included in the value."""
    lines = lines_of(entry)
    assert lines.count("BEGIN:VEVENT") == 1
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    found: dict[str, list[str]] = {}
    for line in inside:
        name = line.replace(";", ":", 1).split(":", 1)[0]
        found.setdefault(name, []).append(line[len(name) + 1 :])
    return found


def test_an_invitation_says_who_meets_when_and_where():
    event = event_of(ENTRY)
    assert event["UID"] == ["session-1@attune.example"]
    assert event["SEQUENCE"] == ["0"]
    assert event["STATUS"] == ["CONFIRMED"]
    assert event["DTSTAMP"] == ["20261001T120000Z"]
    assert event["DTSTART"] == ["TZID=America/New_York:20261030T143000"]
    assert event["DTEND"] == ["TZID=America/New_York:20261030T150000"]
    assert event["DESCRIPTION"] == [r"Agenda\; first\, what went well"]
    assert event["ORGANIZER"] == ['CN="Dana Whitfield":mailto:dana@example.org']
    assert event["ATTENDEE"] == [
        'CN="Dana Whitfield";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE'
        ":mailto:dana@example.org",
        'CN="Raman, Priya";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE'
        ":mailto:priya@example.org",
    ]
    assert "METHOD:REQUEST" in lines_of(ENTRY)


def test_the_zone_comes_with_its_rules_so_that_a_clock_change_is_right():
    lines = lines_of(ENTRY)
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert "TZID:America/New_York" in zone
    changes = " ".join(line for line in zone if line.startswith(("DTSTART", "RDATE")))
    assert "20261101T020000" in changes  # back to winter time
    assert "20270314T030000" in changes  # and to summer time
    after = replace(
        ENTRY,
        starts_at=datetime(2026, 11, 2, 19, 30, tzinfo=UTC),
        ends_at=datetime(2026, 11, 2, 20, 0, tzinfo=UTC),
    )
    assert event_of(after)["DTSTART"] == ["TZID=America/New_York:20261102T143000"]


def test_a_cancellation_names_the_same_entry():
    cancelled = replace(ENTRY, method=CalendarMethod.CANCEL, sequence=2)
    event = event_of(cancelled)
    assert event["UID"] == event_of(ENTRY)["UID"]
    assert event["SEQUENCE"] == ["2"]
    assert event["STATUS"] == ["CANCELLED"]
    assert "METHOD:CANCEL" in lines_of(cancelled)


def test_words_cannot_start_a_property_of_their_own():
    sly = replace(ENTRY, title="Hello\r\nATTENDEE:mailto:x@example.org", place="A\nB")
    event = event_of(sly)
    assert len(event["ATTENDEE"]) == 2
    assert event["LOCATION"] == [r"A\nB"]
