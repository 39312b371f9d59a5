"""The day on which tests play, unless they say otherwise."""

from datetime import UTC, date, datetime

# A Monday, ten in the morning in New York.
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)
