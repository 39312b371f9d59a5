"""How long a patient waits for one person: as written, longer, for ever, or not shown at all."""

from typing import Any

import pytest

from assessments.actions.extra_time import set_extra_time
from assessments.queries.think_time import Wait, wait_at
from courses.content.scenario import parse_scenario
from portal.people.models import User
from portal.people.models.user import CallersWait
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.scenarios import small_raw

pytestmark = pytest.mark.django_db

ASKS = "Are you still there?"


@pytest.fixture
def priya() -> User:
    return PersonFactory()


def wait_of(user: User, **think_time: Any) -> Wait | None:
    """Return how long Ana waits for somebody at the first moment, 40 seconds unless told."""
    raw = small_raw()
    raw["moments"][0]["think_time"] = {"seconds": 40} | think_time
    card = parse_scenario(raw).cards[0]
    return wait_at(card.moments["hello"], card, user)


@pytest.mark.parametrize(
    ("setting", "extra", "seconds", "has_limit"),
    [
        ("written", 0, 40, True),
        ("longer", 0, 60, True),
        ("double", 0, 80, True),
        ("written", 50, 60, True),
        ("double", 50, 120, True),
        ("unlimited", 0, 40, False),
        ("unlimited", 50, 60, False),
    ],
)
def test_ones_own_setting_and_agreed_extra_time_both_count(
    priya, setting: str, extra: int, seconds: int, has_limit: bool
) -> None:
    priya.callers_wait = CallersWait(setting)
    if extra:
        set_extra_time(priya, percent=extra, reason="Agreed.", by=PersonFactory(), at=MONDAY)
    wait = wait_of(priya, then_says=ASKS)
    assert (wait.seconds, wait.has_limit, wait.is_counted) == (seconds, has_limit, has_limit)


def test_it_is_not_shown_where_it_is_off_and_costs_no_query_where_there_is_none(
    priya, django_assert_num_queries
) -> None:
    card = parse_scenario(small_raw()).cards[0]
    with django_assert_num_queries(0):
        assert wait_at(card.moments["hello"], card, priya) is None
        priya.callers_wait = CallersWait.OFF
        assert wait_of(priya, then_says=ASKS) is None


def test_where_nothing_comes_of_it_nothing_is_counted(priya) -> None:
    assert wait_of(priya) == Wait("Ana Ruiz", 40, has_limit=True, then_says="", moves=())
    assert not wait_of(priya).is_counted


def test_what_it_does_to_the_patient_is_said_in_words(priya) -> None:
    wait = wait_of(priya, then_says=ASKS, effects={"trust": -2, "distress": 1})
    assert [f"{one.label} {one.way} {one.how_far}" for one in wait.moves] == [
        "Trust goes down a lot",
        "Distress goes up a little",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "5 seconds"), (90, "90 seconds"), (100, "2 minutes")]
)
def test_a_long_wait_is_told_in_minutes(priya, seconds: int, words: str) -> None:
    assert wait_of(priya, seconds=seconds).in_words == words
