"""The curve of a run: a point for each state, and a table that says the same."""

from assessments.queries.curve import Curve, Mark
from courses.content.scenario_graph import RunState


def curve(*levels: tuple[int, int, int]) -> Curve:
    return Curve(tuple(RunState("hello", *one) for one in levels))


def test_points_run_from_left_to_right_and_up_with_the_level() -> None:
    drawn = curve((0, 4, 2), (2, 2, 2), (4, 0, 2))
    assert drawn.trust == (Mark(0, 14.0, 135), Mark(1, 140.0, 75), Mark(2, 266.0, 15))
    assert drawn.distress == (Mark(0, 14.0, 15), Mark(1, 140.0, 75), Mark(2, 266.0, 135))
    assert [mark.y for mark in drawn.understanding] == [75, 75, 75]
    assert drawn.grid == (15, 45, 75, 105, 135)


def test_a_run_without_a_reply_is_one_point() -> None:
    assert curve((2, 2, 2)).trust == (Mark(0, 14.0, 75),)


def test_few_replies_are_all_numbered_and_many_only_now_and_then() -> None:
    few, many = curve(*[(2, 2, 2)] * 9), curve(*[(2, 2, 2)] * 14)
    assert [mark.reply for mark in few.labels] == [*range(9)]
    assert [mark.reply for mark in many.labels] == [0, 3, 6, 9, 12]


def test_the_turning_point_stands_where_its_reply_does() -> None:
    states = curve((2, 2, 2), (4, 0, 2), (4, 1, 2)).states
    assert Curve(states, turning_reply=1).turning_point == Mark(1, 140.0, 15)
    assert Curve(states).turning_point is None


def test_the_table_has_every_value_in_words() -> None:
    rows = curve((2, 2, 1), (3, 1, 1)).rows
    assert rows == (
        (0, ("Waiting", "Uneasy", "Unsure")),
        (1, ("Warming", "Settling", "Unsure")),
    )
