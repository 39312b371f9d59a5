"""Runs: a choice moves the patient once, an ending closes the run, and nothing else changes it."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.actions.attempts import AnswerOutOfOrder, AttemptClosed
from assessments.actions.scenario_runs import (
    AnswerNotOpen,
    answer_moment,
    keep_typed_reply,
    read_run,
)
from assessments.models import Answer, Attempt, AttemptMode
from courses.actions.publishing import publish_revision
from courses.content.bots import PLAYERS
from courses.content.scenario_graph import open_choices, replay, start
from courses.models import Activity, ActivityProgress, ModuleCompletion
from portal.audit.models import AuditEvent
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.runs import (
    BEST_CHOICES,
    OWN_WORDS,
    WORST_CHOICES,
    begin_run,
    choices_of,
    finished_run,
    play,
    play_out,
    stored,
    typed_scenario,
)
from tests.factories.scenarios import moment, plain_raw, small_raw, three_bills_raw
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(minutes=7)


@pytest.fixture
def priya() -> User:
    return PersonFactory()


@pytest.fixture
def call() -> Activity:
    return ScenarioFactory()


@pytest.fixture
def real_call() -> Activity:
    """The curriculum's first call, published."""
    return ScenarioFactory(published=three_bills_raw())


def say(
    attempt: Attempt, choice: str, *, seq: int = 1, moment: str = "hello", by: User | None = None
) -> Attempt:
    return answer_moment(
        attempt.pk, seq=seq, moment=moment, choice=choice, by=by or attempt.user, at=LATER
    )


def type_words(attempt: Attempt, text: str, *, seq: int = 1, moment: str = "hello") -> Attempt:
    return keep_typed_reply(
        attempt.pk, seq=seq, moment=moment, text=text, by=attempt.user, at=LATER
    )


def is_finished(call: Activity, user: User) -> bool:
    found = ActivityProgress.objects.get(user=user, activity=call)
    return found.finished_at is not None


# Beginning


def test_a_run_begins_where_the_patient_says_the_first_line(call, priya) -> None:
    attempt = begin_run(call, priya, AttemptMode.GUIDED)
    assert (attempt.mode, attempt.card, attempt.next_seq) == ("guided", "ana", 1)
    assert attempt.run_state == {
        "moment": "hello",
        "trust": 2,
        "distress": 2,
        "understanding": 1,
        "flags": [],
        "gates": {},
        "reached": [],
        "steps": 0,
        "ended": False,
    }


def test_joining_an_open_run_keeps_its_patient_and_mode(priya) -> None:
    cards = [{"id": one, "name": one.title(), "age": 40} for one in ("ana", "ben")]
    call = ScenarioFactory(published=small_raw(cards=cards))
    first = begin_run(call, priya, AttemptMode.ASSESSED, "ben")
    joined = begin_run(call, priya, AttemptMode.PRACTICE, "ana")
    assert (joined, joined.card, joined.mode) == (first, "ben", "assessed")


def test_a_patient_nobody_knows_cannot_call(call, priya) -> None:
    with pytest.raises(KeyError):
        begin_run(call, priya, card="nobody")


# Choosing


def test_a_choice_moves_the_patient_and_is_written_down(call, priya) -> None:
    attempt = say(begin_run(call, priya), "A")

    found = stored(attempt)

    assert found["next_seq"] == 2
    assert found["run_state"] | {"reached": []} == {
        "moment": "check",
        "trust": 3,
        "distress": 1,
        "understanding": 1,
        "flags": [],
        "gates": {},
        "reached": [],
        "steps": 1,
        "ended": False,
    }
    assert found["answers"] == [
        {"seq": 1, "step_id": "hello", "payload": {"choice": "A"}, "answered_at": LATER}
    ]


def test_the_same_choice_sent_again_changes_nothing(call, priya) -> None:
    attempt = say(begin_run(call, priya), "A")
    before = stored(attempt)
    again = say(attempt, "A")
    assert (stored(attempt), again.next_seq) == (before, 2)


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (AnswerOutOfOrder, {"choice": "B"}),
        (AnswerOutOfOrder, {"choice": "A", "moment": "check"}),
        (AnswerOutOfOrder, {"choice": "A", "seq": 3, "moment": "check"}),
        (AnswerNotOpen, {"choice": "Z", "seq": 2, "moment": "check"}),
        (AnswerNotOpen, {"choice": "A", "seq": 2, "moment": "close"}),
        (AnswerNotOpen, {"choice": "A", "seq": 2, "moment": "calm"}),
        (AnswerNotOpen, {"choice": "A", "seq": 2, "moment": "nowhere"}),
        (AnswerNotOpen, {"choice": "", "seq": 2, "moment": "check"}),
    ],
)
def test_an_answer_that_is_stale_early_or_not_on_offer_changes_nothing(
    call, priya, error, sent
) -> None:
    attempt = say(begin_run(call, priya), "A")
    before = stored(attempt)
    with pytest.raises(error) as refused:
        say(attempt, **sent)
    assert str(refused.value).endswith("stands now.")
    assert stored(attempt) == before


def test_a_choice_that_only_some_moods_open_is_closed_in_others(priya) -> None:
    raw = small_raw()
    raw["moments"][1]["choices"][0]["when"] = {"trust": "<=1"}
    attempt = say(begin_run(ScenarioFactory(published=raw), priya), "A")
    with pytest.raises(AnswerNotOpen):
        say(attempt, "A", seq=2)
    assert len(stored(attempt)["answers"]) == 1


def test_another_person_cannot_answer(call, priya) -> None:
    attempt = begin_run(call, priya)
    with pytest.raises(Attempt.DoesNotExist):
        say(attempt, "A", by=PersonFactory(admin=True))


def test_an_open_run_goes_on_with_the_words_it_began_with(call, priya) -> None:
    attempt = say(begin_run(call, priya), "A")
    publish_revision(call, plain_raw(moment("close", "PS1")), by=None, at=LATER)
    attempt = play(attempt, BEST_CHOICES[1:])
    assert attempt.result["ending"] == "calm"


# Own words


def test_own_words_are_kept_and_the_patient_waits(priya) -> None:
    attempt = type_words(begin_run(typed_scenario(), priya), "Hello, who is it?")
    found = stored(attempt)
    assert (found["next_seq"], found["run_state"]["moment"]) == (2, "hello")
    assert [one["payload"] for one in found["answers"]] == [{"text": "Hello, who is it?"}]


def test_then_the_nearest_choice_goes_on(priya) -> None:
    attempt = type_words(begin_run(typed_scenario(), priya), "Hello?")
    attempt = say(attempt, "A", seq=2)
    assert (attempt.next_seq, attempt.run_state["moment"]) == (3, "close")
    assert choices_of(attempt) == ["A"]


def test_the_same_words_sent_again_change_nothing(priya) -> None:
    attempt = type_words(begin_run(typed_scenario(), priya), "Hello?")
    before = stored(attempt)
    type_words(attempt, "Hello?")
    assert stored(attempt) == before


def test_a_choice_before_the_words_is_refused(priya) -> None:
    attempt = begin_run(typed_scenario(), priya)
    with pytest.raises(AnswerNotOpen):
        say(attempt, "A")
    assert stored(attempt)["answers"] == []


def test_words_are_taken_once(priya) -> None:
    attempt = type_words(begin_run(typed_scenario(), priya), "Hello?")
    before = stored(attempt)
    with pytest.raises(AnswerNotOpen):
        type_words(attempt, "Something else.", seq=2)
    assert stored(attempt) == before


@pytest.mark.parametrize("moment", ["hello", "check", "nowhere"])
def test_words_where_nobody_asked_for_them_are_refused(call, priya, moment: str) -> None:
    attempt = begin_run(call, priya)
    with pytest.raises(AnswerNotOpen):
        type_words(attempt, "Hello?", moment=moment)
    assert stored(attempt)["answers"] == []


# Ending


def test_an_ending_closes_the_run_with_its_result(call, priya) -> None:
    attempt = Attempt.objects.get(pk=finished_run(call, priya).pk)
    assert (attempt.state, attempt.finished_at, attempt.is_passed) == ("finished", MONDAY, True)
    assert attempt.run_state["moment"] == "calm"
    assert attempt.points is None
    assert attempt.result == {
        "ending": "calm",
        "is_resolved": True,
        "is_understood": True,
        "has_owner": True,
        "is_provisional": True,
        "kinds": [],
        "turning_point": {"reply": 1, "title": "The moment hello"},
        "gates": {"G1": "met"},
        "skills": {
            "listening": {"earned": 1.0, "possible": 1.0},
            "problem": {"earned": 1.0, "possible": 1.0},
        },
    }


def test_a_run_that_leaves_the_patient_better_off_finishes_the_activity(call, priya) -> None:
    finished_run(call, priya)
    assert is_finished(call, priya)
    assert ModuleCompletion.objects.get().user == priya


@pytest.mark.parametrize("mode", AttemptMode)
def test_a_bad_ending_does_not_finish_the_activity(call, priya, mode) -> None:
    attempt = finished_run(call, priya, WORST_CHOICES, mode)
    assert (attempt.result["ending"], attempt.is_passed) == ("lost", False)
    assert not is_finished(call, priya)


def test_after_a_bad_ending_one_may_try_again(call, priya) -> None:
    first = finished_run(call, priya, WORST_CHOICES)
    second = finished_run(call, priya)
    assert (first.number, second.number, second.is_passed) == (1, 2, True)
    assert is_finished(call, priya)


def test_a_later_bad_run_does_not_take_the_finish_away(call, priya) -> None:
    finished_run(call, priya)
    finished_run(call, priya, WORST_CHOICES)
    assert is_finished(call, priya)


def test_the_audit_notes_the_end_of_each_run(call, priya) -> None:
    attempt = finished_run(call, priya, mode=AttemptMode.ASSESSED)
    events = AuditEvent.objects.filter(subject_kind="assessments.attempt")
    assert [(one.actor_id, one.verb, one.subject_id, one.details) for one in events] == [
        (priya.pk, "finished", str(attempt.pk), {"mode": "assessed", "is_passed": True})
    ]


def test_the_last_answer_sent_again_is_acknowledged(call, priya) -> None:
    attempt = finished_run(call, priya)
    before = stored(attempt)
    again = say(attempt, "B", seq=3, moment="close")
    assert (again.is_open, stored(attempt)) == (False, before)


def test_a_closed_run_takes_no_more_answers(call, priya) -> None:
    attempt = finished_run(call, priya)
    before = stored(attempt)
    for seq, place in ((4, "close"), (4, "calm"), (4, "hello")):
        with pytest.raises(AttemptClosed):
            say(attempt, "A", seq=seq, moment=place)
    with pytest.raises(AttemptClosed):
        type_words(attempt, "Hello?", seq=4)
    assert stored(attempt) == before


# Two tabs


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_choose_differently_cannot_fork_a_run() -> None:
    attempt = begin_run(ScenarioFactory(), PersonFactory())
    outcomes = all_at_once([partial(say, attempt, choice) for choice in "ABAB"])
    taken = [one for one in outcomes if isinstance(one, Attempt)]
    made = choices_of(attempt)
    assert (len(taken), len(made)) == (2, 1)
    assert sum(isinstance(one, AnswerOutOfOrder) for one in outcomes) == 2
    scenario, card, state = read_run(Attempt.objects.get())
    assert replay(scenario, card, made)[-1].after == state


@pytest.mark.django_db(transaction=True)
def test_an_ending_reached_in_five_tabs_is_scored_once() -> None:
    attempt = play(begin_run(ScenarioFactory(), PersonFactory()), BEST_CHOICES[:2])
    outcomes = all_at_once([partial(say, attempt, "B", seq=3, moment="close")] * 5)
    assert [one.is_open for one in outcomes] == [False] * 5
    assert ModuleCompletion.objects.count() == 1
    assert AuditEvent.objects.filter(subject_kind="assessments.attempt").count() == 1


# Any run


def assert_stored_state_is_the_replay(attempt: Attempt) -> None:
    attempt = Attempt.objects.get(pk=attempt.pk)
    scenario, card, state = read_run(attempt)
    steps = replay(scenario, card, choices_of(attempt))
    assert state == (steps[-1].after if steps else start(scenario, card))
    assert state.ended == (not attempt.is_open)
    assert list(attempt.answers.values_list("seq", flat=True)) == list(range(1, attempt.next_seq))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_choices_keep_the_stored_state_equal_to_their_replay(real_call, data) -> None:
    card_id = data.draw(st.sampled_from(["denise", "lurdes"]))
    attempt = begin_run(real_call, PersonFactory(), card=card_id)
    for _ in range(60):
        if not attempt.is_open:
            break
        _scenario, card, state = read_run(attempt)
        choices = [one.id for one in open_choices(card, state)]
        attempt = play(attempt, [data.draw(st.sampled_from(choices))])
        assert_stored_state_is_the_replay(attempt)
    assert not attempt.is_open


@pytest.mark.parametrize("bot", PLAYERS)
def test_the_bots_play_the_real_call_to_its_end(real_call, priya, bot: str) -> None:
    attempt = play_out(begin_run(real_call, priya, card="denise"), PLAYERS[bot])
    assert_stored_state_is_the_replay(attempt)
    assert (
        attempt.result["ending"]
        == {
            "best": "E-heard",
            "worst": "E-gone",
            "kindest": "E-unsafe",
            "fastest": "E-gone",
        }[bot]
    )
    assert is_finished(real_call, priya) == (bot == "best")
    typed = Answer.objects.filter(payload__has_key="text").values_list("payload", flat=True)
    assert {one["text"] for one in typed} <= {OWN_WORDS}


@pytest.mark.parametrize("steps", [0, 8])
def test_a_choice_takes_five_queries_early_and_late(
    real_call, priya, steps: int, django_assert_num_queries
) -> None:
    choices = choices_of(play_out(begin_run(real_call, priya, card="denise"), PLAYERS["best"]))
    attempt = play(begin_run(real_call, priya, card="denise"), choices[:steps])
    moment, seq = attempt.run_state["moment"], attempt.next_seq
    with django_assert_num_queries(5):
        say(attempt, choices[steps], seq=seq, moment=moment, by=priya)
