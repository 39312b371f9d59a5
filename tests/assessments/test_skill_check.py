"""Whether the 80 % ranges hold, on results whose truth is known."""

from statistics import NormalDist

import pytest

from assessments.skill_check import SCALES, Held, Seen, held, histogram, nearest_scale


def results(number=400, spread=1.0, noise=0.05):
    """Return results that lie around their prediction as far as `spread` deviations of .3."""
    normal = NormalDist(0, spread)
    return [
        Seen("listening", 0.6 + 0.3 * normal.inv_cdf((n + 0.5) / number), 0.6, 0.09, noise)
        for n in range(number)
    ]


def test_the_band_of_a_right_prediction_holds_80_of_100():
    assert held(results()).share == pytest.approx(0.80, abs=0.005)
    assert held(results()).is_right


@pytest.mark.parametrize(
    ("spread", "is_too_sure"), [(1.5, True), (0.6, False)], ids=["too narrow", "too wide"]
)
def test_a_band_that_holds_too_few_or_too_many_says_which(spread, is_too_sure):
    found = held(results(spread=spread))
    assert (found.is_right, found.is_too_sure) == (False, is_too_sure)


def test_more_noise_holds_more():
    shares = [held(results(), scale / 100).share for scale in SCALES]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_the_nearest_setting_brings_the_share_near_80():
    seen = results(spread=1.2)
    nearest = nearest_scale(seen, now=100)
    assert nearest == 200
    assert abs(held(seen, nearest / 100).share - 0.8) < abs(held(seen).share - 0.8)
    assert nearest_scale(results(), now=125) == 125


def test_the_histogram_counts_each_result_once_and_the_middle_as_within_the_band():
    counts = histogram(results())
    assert sum(counts) == 400
    assert sum(counts[2:5]) == held(results()).held


def test_the_interval_is_wilsons():
    # Newcombe 1998, table I: 81 of 263 gives .2553 to .3662
    low, high = Held(263, 81).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Held(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("number", "is_few"), [(99, True), (100, False)])
def test_under_a_hundred_results_nothing_is_said(number, is_few):
    assert Held(number, 80).is_few is is_few
