"""The evidence model: its worked example to the last digit, and what must hold for any evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.skill_estimate import (
    Estimate,
    Evidence,
    Source,
    Word,
    estimate_of,
    fade,
    imported_noise,
    lead_noise,
    mean_share,
    predict,
    quiz_noise,
    rating_value,
    scenario_noise,
    steps_of,
    update,
)

TODAY = date(2026, 11, 25)
START = Estimate(mean=0.70, variance=0.19**2, on=TODAY - timedelta(days=90))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def to_three_digits(value):
    return pytest.approx(value, abs=0.001)


EXAMPLE = (
    Evidence(Source.QUIZ, 4 / 5, quiz_noise(5), days_ago(90)),
    Evidence(Source.SCENARIO, mean_share([0.625], [0.75], 0.70), scenario_noise(4), days_ago(40)),
    Evidence(Source.LEAD, rating_value(4), lead_noise(is_calibrated=True), days_ago(14)),
    Evidence(Source.SCENARIO, 0.875, scenario_noise(4), days_ago(3)),
)

SOURCES = st.sampled_from([Source.SCENARIO, Source.QUIZ, Source.LEAD, Source.IMPORTED])
EVENTS = st.builds(
    Evidence,
    source=SOURCES,
    value=st.floats(0, 1),
    noise=st.floats(0.025, 0.3),
    on=st.integers(0, 400).map(days_ago),
)


# The worked example


def test_the_worked_example_values_and_noises():
    assert [(one.value, one.noise) for one in EXAMPLE] == [
        to_three_digits((0.800, 0.065)),
        to_three_digits((0.575, 0.055)),
        to_three_digits((0.750, 0.045)),
        to_three_digits((0.875, 0.055)),
    ]


def test_the_worked_example_step_by_step():
    steps = steps_of(EXAMPLE, START)

    assert [(step.gain, step.after.mean, step.after.sd) for step in steps] == [
        to_three_digits((0.357, 0.736, 0.152)),
        to_three_digits((0.332, 0.682, 0.135)),
        to_three_digits((0.312, 0.703, 0.119)),
        to_three_digits((0.214, 0.740, 0.109)),
    ]


def test_the_worked_example_today_is_just_under_a_strength():
    today = fade(estimate_of(EXAMPLE, START), TODAY)

    assert (today.mean, today.sd) == to_three_digits((0.740, 0.110))
    assert today.interval == pytest.approx((0.60, 0.88), abs=0.005)
    assert today.chance_of(0.60) == to_three_digits(0.899)
    assert today.word() is Word.OPEN


# Noise


@pytest.mark.parametrize(
    ("noise", "variance"),
    [
        (scenario_noise(1), 0.130),
        (scenario_noise(4), 0.055),
        (scenario_noise(4, is_provisional=True), 0.110),
        (quiz_noise(5), 0.065),
        (lead_noise(is_calibrated=True), 0.045),
        (lead_noise(is_calibrated=False), 0.090),
        (imported_noise(), 0.090),
    ],
)
def test_the_noise_of_each_source(noise, variance):
    assert noise == pytest.approx(variance)


# Difficulty


def test_an_easy_item_earns_a_little_less_and_a_hard_one_a_little_more():
    assert mean_share([0.6, 0.6], [0.75, 0.5], 0.7) == pytest.approx((0.55 + 0.8) / 2)


def test_an_item_that_few_have_taken_counts_as_it_is():
    assert mean_share([0.6, 1.0], [None, None], 0.7) == pytest.approx(0.8)
    assert mean_share([0.6, 1.0]) == pytest.approx(0.8)


# Fading and predicting


def test_thirty_days_without_evidence_add_a_twentieth_to_the_sd():
    month = fade(Estimate(variance=0.0, on=days_ago(30)), TODAY)

    assert month.sd == pytest.approx(0.05)


def test_fading_never_goes_back():
    assert fade(START, START.on - timedelta(days=9)) == START


def test_a_start_without_a_day_does_not_fade():
    assert fade(Estimate(), TODAY) == Estimate()


def test_a_prediction_adds_the_noise_of_the_event():
    expected = predict(START, noise=0.055, on=START.on)

    assert (expected.mean, expected.variance) == pytest.approx((0.70, 0.19**2 + 0.055))
    assert expected.holds(0.40)
    assert not expected.holds(0.30)


# Words


def known(mean: float, sd: float = 0.1, events: int = 3, sources: int = 2) -> Estimate:
    return Estimate(mean, sd**2, TODAY, events, frozenset(list(Source)[:sources]))


@pytest.mark.parametrize(
    ("estimate", "word"),
    [
        (known(0.73), Word.STRENGTH),
        (known(0.72), Word.OPEN),
        (known(0.52), Word.OPEN),
        (known(0.51), Word.GAP),
        (known(0.9, events=2), Word.TOO_LITTLE),
        (known(0.9, sources=1), Word.TOO_LITTLE),
        (known(0.5, sd=0.14), Word.TOO_LITTLE),
        (known(0.5, sd=0.13), Word.OPEN),
    ],
)
def test_what_may_be_said(estimate, word):
    assert estimate.word() is word


def test_a_word_is_about_the_level_expected():
    assert (known(0.73).word(0.60), known(0.73).word(0.82)) == (Word.STRENGTH, Word.GAP)


def test_the_range_stays_within_the_scale():
    assert known(0.95, sd=0.2).interval == (pytest.approx(0.694), 1.0)


# What must hold for any evidence


@given(st.lists(EVENTS, max_size=6), st.data())
def test_the_order_of_evidence_of_one_day_does_not_matter(events, data):
    same_day = [replace(one, on=TODAY) for one in events]
    shuffled = data.draw(st.permutations(same_day))

    one, other = estimate_of(same_day, START), estimate_of(shuffled, START)

    assert abs(one.mean - other.mean) < 1e-9
    assert abs(one.variance - other.variance) < 1e-9


@given(st.lists(EVENTS, max_size=6), EVENTS)
def test_more_evidence_never_makes_less_sure_on_the_same_day(events, extra):
    before = fade(estimate_of(events, START), TODAY)
    after = update(before, replace(extra, on=TODAY)).after

    assert after.variance <= before.variance


@given(st.lists(EVENTS, max_size=6), EVENTS)
def test_agreeing_evidence_never_widens_the_range(events, extra):
    before = fade(estimate_of(events, START), TODAY)
    after = update(before, replace(extra, on=TODAY, value=before.mean)).after

    assert after.interval[1] - after.interval[0] <= before.interval[1] - before.interval[0] + 1e-12


@given(st.lists(EVENTS, max_size=12))
def test_the_mean_stays_within_the_scale_and_the_variance_positive(events):
    estimate = estimate_of(events)
    low, high = estimate.interval

    assert 0 <= low <= estimate.mean <= high <= 1
    assert estimate.variance > 0


@given(st.lists(EVENTS, max_size=6), EVENTS, st.sampled_from([Source.SELF, Source.COACH]))
def test_a_self_rating_and_the_coach_change_nothing(events, extra, source):
    before = estimate_of(events, START)

    assert update(before, replace(extra, source=source)).after == before


@given(st.lists(EVENTS, max_size=6), EVENTS)
def test_evidence_pulls_towards_itself_and_never_past(events, extra):
    step = update(estimate_of(events, START), extra)

    assert 0 < step.gain < 1
    assert step.moved * (extra.value - (step.after.mean - step.moved)) >= 0


@given(EVENTS, EVENTS)
def test_evidence_that_arrives_late_counts_less_than_fresh(first, late):
    before = estimate_of([replace(first, on=TODAY)])

    fresh_gain = update(before, replace(late, on=TODAY)).gain
    late_step = update(before, late)

    assert late_step.gain <= fresh_gain
    assert late_step.after.on == TODAY
