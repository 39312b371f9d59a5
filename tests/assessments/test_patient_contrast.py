"""Calls with one kind of patient against the same calls with others: counts first, words late."""

import pytest

from assessments.patient_contrast import CallPlayed, Contrast, Side, Verdict, contrasts
from courses.content.patient_kinds import PatientKind

HEARING, OLDER = PatientKind.HEARING, PatientKind.OLDER


def calls(
    number: int, *kinds: PatientKind, story: int = 1, earned: float = 8.0, possible: float = 10.0
) -> list[CallPlayed]:
    return [CallPlayed(story, frozenset(kinds), earned, possible, is_resolved=True)] * number


def only(played: list[CallPlayed]) -> Contrast:
    (found,) = contrasts(played)
    return found


def test_only_calls_played_with_and_without_are_compared() -> None:
    assert contrasts([*calls(3, HEARING), *calls(3, story=2)]) == ()
    assert contrasts(calls(5)) == ()
    found = only([*calls(1, HEARING), *calls(2), *calls(9, story=2)])
    assert (found.kind, found.own, found.others) == (
        HEARING,
        Side(calls=1, moments=10.0, earned=8.0, resolved=1),
        Side(calls=2, moments=20.0, earned=16.0, resolved=2),
    )


def test_a_patient_may_be_of_two_kinds() -> None:
    found = contrasts([*calls(1, HEARING, OLDER), *calls(1, OLDER), *calls(1)])
    assert [(one.kind, one.own.calls, one.others.calls) for one in found] == [
        (HEARING, 1, 2),
        (OLDER, 2, 1),
    ]


@pytest.mark.parametrize(
    ("own", "others", "possible", "verdict"),
    [
        (2, 9, 10.0, Verdict.TOO_FEW),
        (9, 2, 10.0, Verdict.TOO_FEW),
        (3, 3, 6.0, Verdict.TOO_FEW),  # 18 moments on each side
        (3, 3, 7.0, Verdict.WORSE),
    ],
)
def test_nothing_is_said_below_the_minimum(own, others, possible, verdict) -> None:
    played = calls(own - 1, HEARING, earned=0.0, possible=possible)
    played += calls(others - 1, earned=possible, possible=possible)
    played += calls(1, HEARING, story=2, earned=0.0, possible=possible)
    played += calls(1, story=2, earned=possible, possible=possible)
    assert only(played).verdict is verdict


def test_one_story_says_nothing_however_often_it_is_played() -> None:
    found = only([*calls(30, HEARING, earned=0.0), *calls(30)])
    assert (found.stories, found.verdict) == (1, Verdict.TOO_FEW)


@pytest.mark.parametrize(
    ("own", "others", "verdict"),
    [
        (8.0, 8.0, Verdict.NONE_SEEN),
        (7.0, 8.0, Verdict.NONE_SEEN),
        (3.0, 9.0, Verdict.WORSE),
        (9.0, 3.0, Verdict.BETTER),
    ],
)
def test_only_what_chance_does_not_explain_is_a_difference(own, others, verdict) -> None:
    found = only(
        [
            *[one for story in (1, 2) for one in calls(2, HEARING, story=story, earned=own)],
            *[one for story in (1, 2) for one in calls(2, story=story, earned=others)],
        ]
    )
    assert found.verdict is verdict
    assert found.low <= (own - others) / 10 <= found.high


def test_a_hard_call_played_more_often_with_one_side_is_no_difference() -> None:
    """Pooled, 5.75 of 10 stand against 6.25: a call's own level would pass for a difference."""
    played = [
        *calls(9, HEARING, story=1, earned=2.0),
        *calls(3, story=1, earned=2.0),
        *calls(3, HEARING, story=2, earned=9.0),
        *calls(9, story=2, earned=9.0),
    ]
    found = only(played)
    assert found.own.percent < found.others.percent
    assert found.low == pytest.approx(-found.high)
    assert found.verdict is Verdict.NONE_SEEN


def test_a_call_in_which_nothing_was_measured_counts_nothing() -> None:
    assert contrasts([*calls(1, HEARING, earned=0.0, possible=0.0), *calls(1)]) == ()
