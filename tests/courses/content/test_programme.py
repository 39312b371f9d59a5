"""Programmes: what their files may say, how far somebody is, and what puts them at risk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from courses.content.parsing import ContentError
from courses.content.programme import Programme, as_raw, parse_programme, read_programmes
from courses.content.programme_standing import StepState, Track, standing

START = date(2026, 11, 23)


def step(step_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": step_id,
        "kind": "module",
        "module": "listening/first",
        "by_day": 7,
        "minutes": 20,
    } | fields


def programme(*steps: dict[str, Any], **fields: Any) -> Programme:
    raw = {
        "title": "A programme",
        "summary": "What it is for.",
        "days": 14,
        "minutes_per_week": 60,
        "steps": list(steps),
    }
    return parse_programme(raw | fields)


def stands(of, done=(), day=0, gone=()):
    ids = {one.id for one in of.steps}
    return standing(
        of,
        done=set(done),
        on_offer=ids - set(gone),
        minutes={},
        starts_on=START,
        today=START + timedelta(days=day),
    )


def states(found):
    return [one.state.value for one in found.steps]


def test_the_programmes_of_the_library_can_be_read_and_written_again():
    for raw in read_programmes(settings.LIBRARY_ROOT).values():
        parsed = parse_programme(raw)
        assert parse_programme(as_raw(parsed)) == parsed


@pytest.mark.parametrize(
    ("steps", "fields", "sentence"),
    [
        ([step("a"), step("a")], {}, "used more than once"),
        ([step("a", needs=["b"]), step("b")], {}, "no earlier step"),
        ([step("a", by_day=15)], {}, "later than the programme"),
        ([step("a", module="first")], {}, "course/module"),
        ([step("a", kind="scenario")], {}, "Name the scenario"),
        ([{"id": "a", "kind": "session", "by_day": 1}], {}, "what the session is about"),
        ([step("a", choice="c")], {"choices": [{"id": "c", "of": 1}]}, "one more step"),
        ([step("a", colour="red")], {}, "not known here"),
    ],
)
def test_what_cannot_be_used_is_named(steps, fields, sentence):
    with pytest.raises(ContentError, match=sentence):
        programme(*steps, **fields)


def test_a_step_waits_for_what_it_needs():
    of = programme(step("a"), step("b", needs=["a"]))

    assert states(stands(of)) == ["open", "locked"]
    assert states(stands(of, done=["a"])) == ["done", "open"]


def test_a_needed_step_that_is_gone_locks_nothing_and_does_not_count():
    found = stands(programme(step("a"), step("b", needs=["a"])), gone=["a"])

    assert states(found) == ["gone", "open"]
    assert (found.done, found.total) == (0, 1)


def test_of_a_choice_one_is_enough_and_the_rest_is_spare():
    of = programme(
        step("a", choice="c", minutes=20),
        step("b", choice="c", minutes=10),
        step("d", needs=["a"]),
        choices=[{"id": "c", "of": 1}],
    )

    assert states(stands(of)) == ["open", "open", "locked"]
    assert stands(of).minutes_left == 30
    chosen = stands(of, done=["b"])
    assert states(chosen) == ["spare", "done", "open"]
    assert (stands(of).total, chosen.done, chosen.total, chosen.minutes_left) == (2, 1, 2, 20)


def test_a_milestone_is_reached_with_all_that_stands_before_it():
    of = programme(step("a"), step("b", milestone="Half"), step("c", milestone="All"))

    assert stands(of, done=["b"]).reached == ()
    assert stands(of, done=["a", "b"]).reached == ("Half",)
    assert stands(of, done=["a", "b", "c"]).reached == ("Half", "All")


def test_it_is_on_track_until_a_step_is_late():
    of = programme(step("a"), step("b", by_day=14))

    assert stands(of, day=7).track is Track.ON_TRACK
    late = stands(of, day=8)
    assert (late.track, late.late) == (Track.AT_RISK, 1)
    assert late.steps[0].state is StepState.LATE
    assert stands(of, done=["a"], day=8).track is Track.ON_TRACK
    assert stands(of, done=["a", "b"], day=30).track is Track.FINISHED


def test_it_is_at_risk_when_what_is_left_does_not_fit_the_weeks_left():
    of = programme(step("a", by_day=14, minutes=100), minutes_per_week=60)

    assert stands(of, day=0).track is Track.ON_TRACK
    found = stands(of, day=6)
    assert (found.track, found.does_not_fit, found.late) == (Track.AT_RISK, True, 0)
