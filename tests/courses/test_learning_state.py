"""How somebody stands with a module, in one word."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.learning_state import LearningState, due_soon_until, learning_state
from portal.kit.clock import end_of_day

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SEVEN_DAYS_ON = end_of_day(date(2026, 11, 30), "America/New_York")
EIGHT_DAYS_ON = end_of_day(date(2026, 12, 1), "America/New_York")


def test_the_words_are_one_fixed_list() -> None:
    assert [str(state.label) for state in LearningState] == [
        "Not started",
        "In progress",
        "Waiting for marking",
        "Due soon",
        "Overdue",
        "Finished",
        "Withdrawn",
        "Exempt",
        "Closed",
    ]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"is_started": False}, LearningState.NOT_STARTED),
        ({"is_started": True}, LearningState.IN_PROGRESS),
        ({"is_waiting": True, "is_started": True}, LearningState.WAITING),
        ({"is_started": True, "due_at": NOW - SECOND}, LearningState.OVERDUE),
        ({"is_started": False, "due_at": NOW - SECOND}, LearningState.OVERDUE),
        ({"is_started": True, "due_at": NOW}, LearningState.DUE_SOON),
        ({"is_started": True, "due_at": SEVEN_DAYS_ON}, LearningState.DUE_SOON),
        ({"is_started": True, "due_at": EIGHT_DAYS_ON}, LearningState.IN_PROGRESS),
        ({"is_started": False, "due_at": EIGHT_DAYS_ON}, LearningState.NOT_STARTED),
    ],
)
def test_what_is_open_is_named_by_what_presses_most(
    facts: dict[str, object], state: LearningState
) -> None:
    assert learning_state(now=NOW, **facts) == state  # type: ignore[arg-type]  # named by each row


def test_what_was_finished_late_is_finished() -> None:
    late = learning_state(now=NOW, is_started=True, due_at=NOW - SECOND, finished_at=NOW)
    assert late == LearningState.FINISHED


def test_what_was_withdrawn_is_withdrawn_even_when_overdue() -> None:
    overdue = NOW - timedelta(days=3)
    state = learning_state(now=NOW, is_started=True, due_at=overdue, withdrawn_as="withdrawn")
    assert state == LearningState.WITHDRAWN


def test_what_is_over_leaves_nothing_to_do() -> None:
    over = [state for state in LearningState if not state.is_open]
    assert over == [
        LearningState.FINISHED,
        LearningState.WITHDRAWN,
        LearningState.EXEMPT,
        LearningState.CLOSED,
    ]


def test_a_week_from_today_is_soon_from_the_first_to_the_last_minute_of_today() -> None:
    first = end_of_day(date(2026, 11, 22), "America/New_York") + SECOND
    last = end_of_day(date(2026, 11, 23), "America/New_York")
    soon = [due_soon_until(at) > SEVEN_DAYS_ON for at in (first, last)]
    later = [due_soon_until(at) > EIGHT_DAYS_ON for at in (first, last - SECOND)]
    assert (soon, later) == ([True, True], [False, False])
