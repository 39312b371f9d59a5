"""Runs through a scenario: each choice moves the patient, and an ending closes the run."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import (
    NoAttemptsLeft,
    close_attempt,
    locked_attempt,
    start_attempt,
    take_answer,
)
from assessments.models import Attempt, AttemptMode, AttemptState
from assessments.queries.answers import replies_of
from assessments.queries.begun import assessed_begun
from assessments.queries.think_time import may_keep_waiting
from courses.actions.progress import finish_activity
from courses.content import scenario_graph
from courses.content.scenario_graph import Step, replay
from courses.content.scenario_score import Score, score_of_steps
from courses.content.scenario_shapes import AnswerKind, Card, EndingKind, Scenario
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of, scenario_of
from portal.kit.errors import Refusal
from portal.people.models import User

_NOT_OPEN = _("This answer is not open here. Here is where the call stands now.")


class AnswerNotOpen(Refusal):
    """The run is at another moment, or its moment does not take this answer."""


@transaction.atomic
def start_run(
    activity: Activity, *, by: User, at: datetime, mode: AttemptMode, card_id: str
) -> Attempt:
    """Begin a run with the patient of a card, or return the run that is open already.

    Raises:
        NoAttemptsLeft: the person has begun all assessed runs; nothing was changed.
    """
    scenario = scenario_of(live_revision_of(activity))
    if mode == AttemptMode.ASSESSED:
        _keep_to_the_limit(activity, scenario, by)
    card = scenario.card(card_id)
    state = scenario_graph.start(scenario, card).to_json()
    return start_attempt(activity, by=by, at=at, mode=mode, card=card_id, run_state=state)


@transaction.atomic
def answer_moment(
    attempt_id: uuid.UUID,
    *,
    seq: int,
    moment: str,
    choice: str,
    by: User,
    at: datetime,
    waited: bool = False,
) -> Attempt:
    """Say or do what was chosen at a moment; the same answer sent again changes nothing.

    `waited` says that the patient spoke again before the answer came. It is kept with the choice
    where that comes to something and the person has a limit; anywhere else it is left out.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        AttemptClosed, AnswerOutOfOrder: nothing was changed.
        AnswerNotOpen: the moment does not offer this choice; nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    scenario, card, state = read_run(attempt)
    waited = waited and may_keep_waiting(card.moments.get(moment), by)
    payload = {"choice": choice} | ({"waited": True} if waited else {})
    if not take_answer(attempt, seq=seq, step_id=moment, payload=payload, at=at):
        return attempt
    if state.moment != moment or _asks_for_words(attempt, card, moment, before=seq):
        raise AnswerNotOpen(_NOT_OPEN)
    try:
        state = scenario_graph.choose(scenario, card, state, choice, waited=waited)
    except scenario_graph.ChoiceNotOpen:
        raise AnswerNotOpen(_NOT_OPEN) from None
    attempt.run_state = state.to_json()
    if state.ended:
        _close_run(attempt, scenario, card, at=at)
    else:
        attempt.save(update_fields=["next_seq", "run_state"])
    return attempt


@transaction.atomic
def keep_typed_reply(
    attempt_id: uuid.UUID, *, seq: int, moment: str, text: str, by: User, at: datetime
) -> Attempt:
    """Keep what somebody typed at a moment before they choose what is nearest to it.

    Raises: as `answer_moment`.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    if not take_answer(attempt, seq=seq, step_id=moment, payload={"text": text}, at=at):
        return attempt
    _scenario, card, state = read_run(attempt)
    if state.moment != moment or not _asks_for_words(attempt, card, moment, before=seq):
        raise AnswerNotOpen(_NOT_OPEN)
    attempt.save(update_fields=["next_seq"])
    return attempt


def read_run(attempt: Attempt) -> tuple[Scenario, Card, scenario_graph.RunState]:
    """Return the scenario and card that an attempt runs on, and where it stands."""
    scenario = scenario_of(attempt.revision)
    state = scenario_graph.RunState.from_json(attempt.run_state)
    return scenario, scenario.card(attempt.card), state


def _keep_to_the_limit(activity: Activity, scenario: Scenario, user: User) -> None:
    """Refuse an assessed run beyond the limit; the lock lets two tabs start one after the other."""
    User.objects.select_for_update().get(pk=user.pk)
    own = Attempt.objects.filter(user=user, activity=activity)
    if own.filter(state=AttemptState.OPEN).exists():
        return
    if assessed_begun(activity.pk, user.pk) >= scenario.assessed_attempts:
        raise NoAttemptsLeft(
            _("You have no assessed runs left here. Guided and practice runs are always open.")
        )


def _asks_for_words(attempt: Attempt, card: Card, moment: str, *, before: int) -> bool:
    """Say whether the moment wants the agent's own words, and had none before answer `before`."""
    if card.moments[moment].answer is not AnswerKind.TYPED:
        return False
    last = attempt.answers.filter(seq=before - 1, step_id=moment, payload__has_key="text")
    return not last.exists()


def _close_run(attempt: Attempt, scenario: Scenario, card: Card, *, at: datetime) -> None:
    """End the run. It finishes the activity unless the patient was left worse off."""
    steps = replay(scenario, card, replies_of(attempt))
    found = score_of_steps(scenario, card, steps)
    ending = card.endings[attempt.run_state["moment"]]
    is_passed = ending.kind is not EndingKind.BAD
    close_attempt(
        attempt, at=at, result=_as_result(found, card, steps), points=None, is_passed=is_passed
    )
    if is_passed:
        finish_activity(attempt.activity, attempt.revision, by=attempt.user, at=at)


def _as_result(found: Score, card: Card, steps: tuple[Step, ...]) -> dict[str, Any]:
    """Return a score as plain values, for the attempt's record."""
    outcome, turning = found.outcome, found.turning_point
    return {
        "ending": outcome.ending.id if outcome else None,
        "is_resolved": bool(outcome and outcome.is_resolved),
        "is_understood": bool(outcome and outcome.is_understood),
        "has_owner": bool(outcome and outcome.has_owner),
        "is_provisional": found.is_provisional,
        "kinds": sorted(card.kinds),
        "turning_point": None
        if turning is None
        else {"reply": turning + 1, "title": card.moments[steps[turning].before.moment].title},
        "gates": {gate: result and result.value for gate, result in found.gates.items()},
        "skills": {
            skill.value: {"earned": points.earned, "possible": points.possible}
            for skill, points in found.skills.items()
        },
    }
