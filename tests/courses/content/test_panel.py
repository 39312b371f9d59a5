"""A panel's key: what raters say of each option, and what is kept of it."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.content.panel import Doubt, PanelResult, panel_result, with_panel_key
from courses.content.quiz import parse_quiz
from courses.content.quiz_items import ItemType, KeySource
from tests.factories.contents import quiz_raw
from tests.factories.raw_items import BEST_WORST, RANK_ALL, RATE_EACH

JUDGED = {
    ItemType.BEST_WORST: BEST_WORST,
    ItemType.RANK_ALL: RANK_ALL,
    ItemType.RATE_EACH: RATE_EACH,
}
RATINGS = st.lists(
    st.fixed_dictionaries({one: st.integers(1, 5) for one in "ABC"}), min_size=1, max_size=20
)


def result(item_type: ItemType = ItemType.RATE_EACH, **by_option: list[int]) -> PanelResult:
    """Return what a panel makes of options, the ratings of each given in the order of raters."""
    raters = [
        dict(zip(by_option, row, strict=True)) for row in zip(*by_option.values(), strict=True)
    ]
    return panel_result(item_type, list(by_option), raters)


AGREED = {"A": [5] * 6 + [4] * 4, "B": [3] * 10, "C": [1] * 9 + [2]}


def test_mean_spread_and_raters_of_each_option() -> None:
    found = result(A=[2, 4, 4, 4, 5, 5, 5, 5, 4, 4], B=[1] * 10, C=[3] * 10).options[0]
    assert (found.mean, found.raters) == (4.2, 10)
    assert round(found.spread, 4) == 0.9189  # of a sample: root of 7.6 / 9


@pytest.mark.parametrize(
    ("changed", "doubts"),
    [
        ({}, ()),
        ({one: ratings[:9] for one, ratings in AGREED.items()}, (Doubt.FEW_RATERS,)),
        ({"B": [1, 5] * 5}, (Doubt.FEW_OPTIONS,)),
        ({"A": [4] * 10, "C": [3] * 10}, (Doubt.SMALL_GAP,)),
        ({"A": [4] * 10, "B": [3] * 10, "C": [2, 3] * 5}, ()),  # exactly 1.5 apart
    ],
)
def test_an_item_is_kept_where_enough_raters_agree_and_the_ends_lie_apart(changed, doubts) -> None:
    found = result(**AGREED | changed)
    assert (found.doubts, found.gives_key) == (doubts, not doubts)


def test_an_option_is_kept_up_to_a_spread_of_one() -> None:
    at_one = result(A=[2] * 5 + [4] * 5 + [3] * 9, B=[1] * 19, C=[5] * 19).options[0]
    assert (round(at_one.spread, 9) <= 1.0, at_one.is_kept) == (True, True)
    beyond = result(A=[2] * 5 + [4] * 5, B=[1] * 10, C=[5] * 10).options[0]
    assert (round(beyond.spread, 3), beyond.is_kept) == (1.054, False)


def test_best_and_worst_may_not_be_shared() -> None:
    shared = AGREED | {"B": AGREED["A"]}
    assert result(ItemType.BEST_WORST, **shared).doubts == (Doubt.TIED,)
    assert result(ItemType.RATE_EACH, **shared).doubts == ()


@pytest.mark.parametrize("item_type", JUDGED)
def test_the_key_goes_into_the_item_and_can_be_published(item_type) -> None:
    other = quiz_raw()["items"][0]
    raw = quiz_raw(items=[JUDGED[item_type], other])
    changed = with_panel_key(raw, raw["items"][0], result(item_type, **AGREED))
    item = parse_quiz(changed).items[0]
    assert item.keyed_by is KeySource.PANEL
    assert [(one.rating, one.spread, one.raters) for one in item.options] == [
        (4.6, 0.52, 10),
        (3.0, 0.0, 10),
        (1.1, 0.32, 10),
    ]
    assert not item.asked(0, shuffled=False).is_provisional
    if item_type is ItemType.BEST_WORST:
        assert [one.standing for one in item.options] == ["best", "other", "worst"]
    assert changed["items"][1] == other
    assert raw["items"][0] == JUDGED[item_type]  # what was given is as it was


def test_an_option_on_which_raters_differ_is_left_out() -> None:
    raw = quiz_raw(
        items=[
            RATE_EACH
            | {
                "options": [
                    *RATE_EACH["options"],
                    {"id": "D", "text": "D.", "feedback": "Why.", "rating": 2},
                ]
            }
        ]
    )
    found = result(**AGREED, D=[1, 5] * 5)
    item = parse_quiz(with_panel_key(raw, raw["items"][0], found)).items[0]
    assert item.option_ids() == ("A", "B", "C")


def test_an_item_that_has_changed_since_takes_no_key() -> None:
    for item_id, options in (("two", RATE_EACH["options"]), ("one", RATE_EACH["options"][:2])):
        raw = quiz_raw(items=[RATE_EACH | {"options": options}])
        with pytest.raises(LookupError):
            with_panel_key(raw, RATE_EACH | {"id": item_id}, result(**AGREED))


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": "Another thing was said."},
        {"prompt": "Something else is asked."},
        {"type": "rank_all"},
        {"options": [one | {"text": f"{one['text']} Too."} for one in RATE_EACH["options"]]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_words_that_no_rater_read_take_no_key(changes) -> None:
    raw = quiz_raw(items=[RATE_EACH | changes])
    with pytest.raises(LookupError):
        with_panel_key(raw, RATE_EACH, result(**AGREED))


def test_another_explanation_takes_the_key() -> None:
    raw = quiz_raw(items=[RATE_EACH | {"rationale": "Said more clearly."}])
    assert with_panel_key(raw, RATE_EACH, result(**AGREED))["items"][0]["keyed_by"] == "panel"


@given(RATINGS)
def test_bounds_hold_and_the_order_of_raters_says_nothing(ratings) -> None:
    found = panel_result(ItemType.RATE_EACH, "ABC", ratings)
    for option in found.options:
        assert 1 <= option.mean <= 5
        assert 0 <= option.spread <= 2.9
        assert option.mean == pytest.approx(fmean(one[option.id] for one in ratings))
    assert 0 <= found.gap <= 4
    again = panel_result(ItemType.RATE_EACH, "ABC", ratings[::-1])
    assert [one.spread for one in again.options] == pytest.approx(
        [one.spread for one in found.options]
    )
    assert again.doubts == found.doubts


@given(RATINGS)
def test_a_rater_who_agrees_with_all_means_never_widens_the_spread(ratings) -> None:
    before = panel_result(ItemType.RATE_EACH, "A", ratings)
    mean = before.options[0].mean
    if mean == round(mean):
        more = panel_result(ItemType.RATE_EACH, "A", [*ratings, {"A": round(mean)}])
        assert more.options[0].spread <= before.options[0].spread + 1e-9
