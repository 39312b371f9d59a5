"""When something is due for one person, and how a list says it."""

from datetime import date

import pytest

from courses.due_dates import DuePolicy

TODAY = date(2026, 11, 23)
LONG_AGO, NEXT_WEEK = date(2020, 1, 6), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("policy", "hired_on", "due_on"),
    [
        (DuePolicy.on_date(date(2026, 12, 4)), LONG_AGO, date(2026, 12, 4)),
        (DuePolicy.after_assigning(14), NEXT_WEEK, date(2026, 12, 7)),
        (DuePolicy.after_hire(14), NEXT_WEEK, date(2026, 12, 14)),
        # Who was hired long ago is not late on the first day.
        (DuePolicy.after_hire(14), LONG_AGO, date(2026, 12, 7)),
    ],
)
def test_a_last_day_is_a_date_or_counted_from_a_day_of_ones_own(
    policy: DuePolicy, hired_on: date, due_on: date
) -> None:
    assert policy.due_on(assigned_on=TODAY, hired_on=hired_on) == due_on


def test_a_list_says_from_what_it_is_counted() -> None:
    policies = (
        DuePolicy.on_date(date(2026, 12, 4)),
        DuePolicy.after_assigning(1),
        DuePolicy.after_hire(30),
    )
    assert [policy.in_words for policy in policies] == [
        "Due Friday 4 December",
        "Due 1 day after they get it",
        "Due 30 days after the hire date",
    ]
