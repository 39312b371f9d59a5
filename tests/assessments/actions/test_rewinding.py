"""Rewinding: a branch replays exactly, the run it comes from stays, and no open run is lost."""

import pytest

from assessments.actions.rewinding import (
    AnotherRunIsOpen,
    NoSuchMoment,
    rewind_run,
    take_up_run,
)
from assessments.models import Attempt, AttemptMode, AttemptState, SkillEvidence
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import (
    OWN_WORDS,
    WORST_CHOICES,
    begin_run,
    finished_run,
    play,
    stored,
    typed_scenario,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


def rewound(attempt: Attempt, kept: int, **how: bool) -> Attempt:
    return rewind_run(attempt.pk, kept=kept, by=attempt.user, at=MONDAY, **how)


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_branch_stands_where_the_run_stood_and_leaves_it_as_it_is(call, priya, kept) -> None:
    origin = finished_run(call, priya, WORST_CHOICES)
    before = stored(origin)

    branch = rewound(origin, kept)

    assert stored(origin) == before
    assert (branch.mode, branch.branched_from, branch.branched_at) == ("practice", origin, kept)
    assert stored(branch)["answers"] == before["answers"][:kept]
    again = play(begin_run(ScenarioFactory(), priya), WORST_CHOICES[:kept])
    assert stored(branch)["run_state"] == stored(again)["run_state"]


def test_a_branch_can_be_played_to_another_ending(call, priya) -> None:
    origin = finished_run(call, priya, WORST_CHOICES, AttemptMode.ASSESSED)
    branch = play(rewound(origin, 0), "ABB")
    assert (origin.result["ending"], branch.result["ending"]) == ("lost", "calm")
    assert branch.mode == AttemptMode.PRACTICE


def test_own_words_go_with_the_choice_they_led_to(priya) -> None:
    origin = play(begin_run(typed_scenario(), priya), "AB")
    first, second = rewound(origin, 0), rewound(origin, 1, sets_aside=True)
    assert stored(first)["answers"] == []
    payloads = [one["payload"] for one in stored(second)["answers"]]
    assert payloads == [{"text": OWN_WORDS}, {"choice": "A"}]
    assert play(second, "B").result["ending"] == "calm"


def test_a_branch_is_no_evidence(call, priya) -> None:
    origin = finished_run(call, priya, WORST_CHOICES, AttemptMode.ASSESSED)
    before = SkillEvidence.objects.count()
    assert before
    play(rewound(origin, 0), "ABB")
    assert SkillEvidence.objects.count() == before


@pytest.mark.parametrize("kept", [3, 99])
def test_there_is_no_moment_past_the_last(call, priya, kept: int) -> None:
    with pytest.raises(NoSuchMoment):
        rewound(finished_run(call, priya), kept)


def test_a_run_that_goes_on_cannot_be_rewound(call, priya) -> None:
    with pytest.raises(NoSuchMoment):
        rewound(play(begin_run(call, priya), "A"), 0)


def test_nobody_rewinds_another_persons_run(call, priya) -> None:
    origin = finished_run(call, priya)
    with pytest.raises(Attempt.DoesNotExist):
        rewind_run(origin.pk, kept=0, by=PersonFactory(admin=True), at=MONDAY)


def test_an_open_run_stays_unless_it_is_set_aside(call, priya) -> None:
    origin = finished_run(call, priya)
    going = play(begin_run(call, priya, AttemptMode.GUIDED), "A")
    before = stored(going)
    with pytest.raises(AnotherRunIsOpen):
        rewound(origin, 1)
    assert stored(going) == before

    rewound(origin, 1, sets_aside=True)

    assert stored(going) == before | {"state": AttemptState.SET_ASIDE}


def test_a_run_set_aside_is_taken_up_where_it_was(call, priya) -> None:
    origin = finished_run(call, priya)
    going = play(begin_run(call, priya), "A")
    before = stored(going)
    branch = rewound(origin, 1, sets_aside=True)
    for _ in range(2):  # safe to repeat
        take_up_run(going.pk, by=priya, at=MONDAY)
    branch.refresh_from_db()
    assert branch.state == AttemptState.SET_ASIDE
    assert stored(going) == before
    assert play(Attempt.objects.get(pk=going.pk), "BB").result["ending"] == "calm"


def test_an_assessed_run_is_never_set_aside(call, priya) -> None:
    origin = finished_run(call, priya)
    begin_run(call, priya, AttemptMode.ASSESSED)
    with pytest.raises(AnotherRunIsOpen):
        rewound(origin, 1, sets_aside=True)
