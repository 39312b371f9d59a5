"""Dates, times, spans and names in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.kit.wording import (
    DueWords,
    due_words,
    duration,
    greeting,
    initials,
    moment,
    weekday_date,
)

MONDAY = date(2026, 11, 23)
OVERDUE, SOON, LATER = "exclamation-circle-fill", "clock-fill", "calendar-event"


def test_a_date_names_its_weekday():
    assert weekday_date(date(2026, 11, 27)) == "Friday 27 November"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "Wednesday 25 Nov, 2:30 pm EST"),
        ("America/Los_Angeles", "Wednesday 25 Nov, 11:30 am PST"),
        ("Asia/Manila", "Thursday 26 Nov, 3:30 am PST"),
        ("UTC", "Wednesday 25 Nov, 7:30 pm UTC"),
        ("America/Sao_Paulo", "Wednesday 25 Nov, 4:30 pm Sao Paulo time"),
    ],
)
def test_a_moment_has_weekday_date_time_and_zone(zone, words):
    assert moment(datetime(2026, 11, 25, 19, 30, tzinfo=UTC), ZoneInfo(zone)) == words


def test_a_moment_follows_summer_time():
    at = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert moment(at, ZoneInfo("America/New_York")) == "Wednesday 1 Jul, 9:05 am EDT"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, DueWords("Overdue by 3 days", "danger", OVERDUE)),
        (-1, DueWords("Overdue by 1 day", "danger", OVERDUE)),
        (0, DueWords("Due today", "warn", SOON)),
        (1, DueWords("Due tomorrow", "warn", SOON)),
        (4, DueWords("Due Friday 27 Nov", "warn", SOON)),
        (7, DueWords("Due Monday 30 Nov", "warn", SOON)),
        (8, DueWords("Due Tuesday 1 Dec", "", LATER)),
        (14, DueWords("Due Monday 7 Dec", "", LATER)),
        (15, DueWords("Due 8 Dec", "", LATER)),
        (181, DueWords("Due 23 May 2027", "", LATER)),
    ],
)
def test_a_due_date_says_how_near_it_is(days, words):
    assert due_words(MONDAY + timedelta(days=days), MONDAY) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (125, "2 h 5 min")]
)
def test_a_span_is_hours_and_minutes(minutes, words):
    assert duration(minutes) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman", "PR"),
        ("Ana María de la Cruz", "AC"),
        ("Cher", "C"),
        ("ana ana", "AA"),
        ("  ", ""),
    ],
)
def test_an_avatar_shows_first_and_last_initial(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good morning, Priya"),
        (11, "Good morning, Priya"),
        (12, "Good afternoon, Priya"),
        (16, "Good afternoon, Priya"),
        (17, "Good evening, Priya"),
        (23, "Good evening, Priya"),
    ],
)
def test_a_greeting_follows_the_hour(hour, words):
    assert greeting("Priya", hour) == words
