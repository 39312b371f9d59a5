"""Runs of practice calls to test with, made by the same actions as a person's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assessments.actions.scenario_runs import (
    answer_moment,
    keep_typed_reply,
    read_run,
    start_run,
)
from assessments.models import Attempt, AttemptMode
from assessments.queries.answers import replies_of
from courses.content.bots import Player
from courses.content.scenario_graph import open_choices
from courses.content.scenario_shapes import AnswerKind
from courses.models import Activity
from portal.people.models import User
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.scenarios import choice, moment, small_raw

OWN_WORDS = "I would ask her what is on the page."
BEST_CHOICES = ("A", "B", "B")  # of the small scenario: ends settled
WORST_CHOICES = ("B", "A", "A")  # of the small scenario: ends lost


def typed_scenario() -> Activity:
    """Return a published call that asks for own words at `hello`, then leads on to `close`."""
    hello = moment("hello", "AL1", answer="typed", prompt="Say hello.", routes=[{"to": "close"}])
    close = moment(
        "close", "PS1", choices=[choice("A", 2, sets=["hurried"]), choice("B", 5, sets=["plan"])]
    )
    ways = [{"when": {"flag": "plan"}, "to": "calm"}, {"to": "lost"}]
    raw = small_raw(moments=[hello, close | {"routes": ways}], gates={}, exits=[])
    return ScenarioFactory(published=raw)


def begin_run(
    activity: Activity,
    user: User,
    mode: AttemptMode = AttemptMode.PRACTICE,
    card: str = "ana",
    at: datetime = MONDAY,
) -> Attempt:
    """Begin a run, or join the open one."""
    return start_run(activity, by=user, at=at, mode=mode, card_id=card)


def play(attempt: Attempt, choices: Iterable[str], at: datetime = MONDAY) -> Attempt:
    """Answer with these choices in order, in own words first where the moment asks for them."""
    for choice_id in choices:
        attempt = _answer(attempt, choice_id, at)
    return attempt


def play_out(attempt: Attempt, player: Player, at: datetime = MONDAY) -> Attempt:
    """Let a bot play until the run ends."""
    while attempt.is_open:
        _scenario, card, state = read_run(attempt)
        attempt = _answer(attempt, player(open_choices(card, state)).id, at)
    return attempt


def finished_run(
    activity: Activity,
    user: User,
    choices: Iterable[str] = BEST_CHOICES,
    mode: AttemptMode = AttemptMode.PRACTICE,
) -> Attempt:
    """Return a run of the small scenario that has ended."""
    return play(begin_run(activity, user, mode), choices)


def stored(attempt: Attempt) -> dict[str, Any]:
    """Return everything the database holds of an attempt, its answers included."""
    row = Attempt.objects.filter(pk=attempt.pk).values().get()
    answers = attempt.answers.order_by("seq").values("seq", "step_id", "payload", "answered_at")
    return row | {"answers": list(answers)}


def _answer(attempt: Attempt, choice_id: str, at: datetime) -> Attempt:
    _scenario, card, state = read_run(attempt)
    if card.moments[state.moment].answer is AnswerKind.TYPED:
        attempt = keep_typed_reply(
            attempt.pk,
            seq=attempt.next_seq,
            moment=state.moment,
            text=OWN_WORDS,
            by=attempt.user,
            at=at,
        )
    return answer_moment(
        attempt.pk,
        seq=attempt.next_seq,
        moment=state.moment,
        choice=choice_id,
        by=attempt.user,
        at=at,
    )


def choices_of(attempt: Attempt) -> list[str]:
    """Return the choices made in a run so far, in order; typed replies are left out."""
    return [reply.choice for reply in replies_of(attempt)]
