"""Agreement between raters: the published example, an independent library, and its edges."""

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.coaching.agreement import Agreement, Alpha, agreement_of, leniency, ordinal_alpha

# Krippendorff (2011), section C: four observers, twelve units, the third hardly ever missing.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = [[one for one in unit if one is not None] for unit in zip(*OBSERVERS, strict=True)]

ratings = st.lists(st.integers(1, 5), min_size=2, max_size=6)


def test_the_published_example() -> None:
    assert ordinal_alpha(UNITS) == pytest.approx(0.815, abs=0.0005)


@given(st.lists(ratings, min_size=1, max_size=12))
def test_the_figure_of_an_independent_library(units: list[list[int]]) -> None:
    ours = ordinal_alpha(units)
    if len({one for unit in units for one in unit}) == 1:
        assert ours is None
        return
    width = max(map(len, units))
    rows = [unit + [float("nan")] * (width - len(unit)) for unit in units]
    theirs = krippendorff.alpha(
        reliability_data=list(zip(*rows, strict=True)), level_of_measurement="ordinal"
    )
    assert ours == pytest.approx(theirs)


@given(st.lists(ratings, min_size=2, max_size=8), st.randoms())
def test_neither_the_order_of_units_nor_that_of_raters_matters(units, chance) -> None:
    mixed = [chance.sample(unit, len(unit)) for unit in chance.sample(units, len(units))]
    assert ordinal_alpha(mixed) == pytest.approx(ordinal_alpha(units))


def test_full_agreement_is_one_and_has_an_interval_of_its_own() -> None:
    assert agreement_of([[1, 1, 1], [3, 3, 3], [5, 5, 5]]) == Alpha(1.0, 1.0, 1.0)


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    found = agreement_of(UNITS)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert agreement_of(UNITS) == found


@pytest.mark.parametrize("units", [[], [[3]], [[3], [4]], [[3, 3], [3, 3]]])
def test_there_is_no_figure_where_nothing_can_be_compared(units: list[list[int]]) -> None:
    assert agreement_of(units) is None


def test_one_thing_rated_has_no_interval() -> None:
    found = agreement_of([[2, 4, 4]])
    assert found is not None
    assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.80, Agreement.GOOD), (0.79, Agreement.TENTATIVE), (0.67, Agreement.TENTATIVE),
     (0.66, Agreement.LOW), (-0.2, Agreement.LOW)],
)  # fmt: skip
def test_a_figure_as_a_word(value: float, word: Agreement) -> None:
    assert Alpha(value, None, None).agreement is word


def test_leniency_is_the_mean_distance_from_what_was_agreed() -> None:
    assert leniency([(4, 3), (5, 3), (2, 3)]) == pytest.approx(2 / 3)
    assert leniency([]) is None
