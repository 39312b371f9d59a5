"""Guards: small conditions, written as data."""

from typing import Any

import pytest

from courses.content.guards import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Compares,
    Guard,
    HasFlag,
    Not,
    Reached,
    flags_named,
    moments_named,
    read_guard,
    read_verdict,
    read_when,
)
from courses.content.parsing import Problem, Reader
from courses.content.scenario_graph import RunState

NOW = RunState(
    "owe",
    trust=3,
    distress=1,
    understanding=0,
    flags=frozenset({"nurse"}),
    reached=frozenset({"a"}),
)


@pytest.mark.parametrize(
    ("written", "guard"),
    [
        ({"flag": "nurse"}, HasFlag("nurse")),
        ({"trust": ">=3"}, Compares("trust", ">=", 3)),
        ({"distress": "< 2"}, Compares("distress", "<", 2)),
        ({"understanding": 4}, Compares("understanding", "=", 4)),
        ({"understanding": "4"}, Compares("understanding", "=", 4)),
        ({"reached": "pills"}, Reached("pills")),
        ({"before": "pills"}, Not(Reached("pills"))),
        ({"not": {"flag": "nurse"}}, Not(HasFlag("nurse"))),
        (
            {"flag": "plan", "trust": ">=3"},
            AllOf((HasFlag("plan"), Compares("trust", ">=", 3))),
        ),
        (
            {"any": [{"flag": "a"}, {"all": [{"flag": "b"}, {"trust": "<=1"}]}]},
            AnyOf((HasFlag("a"), AllOf((HasFlag("b"), Compares("trust", "<=", 1))))),
        ),
    ],
)
def test_a_mapping_reads_as_a_guard(written: dict[str, Any], guard: Guard):
    reader = Reader.of({"when": written})

    assert (read_when(reader), reader.problems) == (guard, [])


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ({"flag": "nurse"}, True),
        ({"flag": "plan"}, False),
        ({"trust": ">=3"}, True),
        ({"trust": ">3"}, False),
        ({"distress": "<=1"}, True),
        ({"distress": "<1"}, False),
        ({"understanding": 0}, True),
        ({"reached": "a"}, True),
        ({"before": "a"}, False),
        ({"before": "b"}, True),
        ({"flag": "nurse", "trust": "<=2"}, False),
        ({"any": [{"flag": "plan"}, {"trust": 3}]}, True),
        ({"any": [{"flag": "plan"}, {"trust": 4}]}, False),
        ({"all": [{"flag": "nurse"}, {"not": {"flag": "plan"}}]}, True),
    ],
)
def test_a_guard_holds_in_a_situation_or_not(written: dict[str, Any], holds: bool):
    assert read_guard(Reader.of(written)).holds(NOW) is holds


def test_without_a_condition_a_guard_always_holds():
    assert read_when(Reader.of({})) == ALWAYS
    assert ALWAYS.holds(NOW)


@pytest.mark.parametrize(
    ("written", "guard"),
    [
        ({}, NEVER),
        ({"resolved": True}, ALWAYS),
        ({"resolved": False}, NEVER),
        ({"resolved": {"flag": "plan"}}, HasFlag("plan")),
    ],
)
def test_a_verdict_is_plain_or_depends(written: dict[str, Any], guard: Guard):
    assert read_verdict(Reader.of(written), "resolved") == guard


def test_every_problem_of_a_guard_is_noted_at_its_place():
    reader = Reader.of(
        {
            "when": {
                "trust": "over 3",
                "distress": 5,
                "flags": "nurse",
                "any": [{}, {"flag": ""}],
            }
        }
    )

    read_when(reader)

    assert reader.problems == [
        Problem("when.trust", 'Compare with a number from 0 to 4, such as ">=3".'),
        Problem("when.distress", "Write a whole number from 0 to 4."),
        Problem(
            "when.any[0]",
            "Write at least one condition: flag, reached, before, trust, distress,"
            " understanding, all, any, not.",
        ),
        Problem("when.any[1].flag", "Write a text here."),
        Problem("when.flags", "This field is not known here; check its spelling."),
    ]


def test_the_names_inside_a_guard_are_found_at_any_depth():
    guard = AllOf((HasFlag("a"), Not(AnyOf((HasFlag("b"), Reached("pills"))))))

    assert flags_named(guard) == {"a", "b"}
    assert moments_named(guard) == {"pills"}
