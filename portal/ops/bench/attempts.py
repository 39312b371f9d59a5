"""What an agent of the bench has played, made by the same actions as a person's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.refreshers import make_recall_cards
from assessments.actions.scenario_runs import (
    answer_moment,
    keep_typed_reply,
    read_run,
    start_run,
)
from assessments.models import Attempt, AttemptMode
from assessments.queries.quiz_taken import quiz_taken
from courses.content.bots import best
from courses.content.quiz_items import Item, ItemType
from courses.content.scenario_graph import open_choices
from courses.content.scenario_shapes import AnswerKind
from courses.models import (
    Activity,
    ActivityKind,
    Module,
    ModuleCompletion,
    RefresherVersion,
)
from courses.queries.content import live_revision_of, scenario_of
from portal.kit.clock import now
from portal.people.models import User

ANSWERED_MOMENTS = 2  # so that the call waits at its third


@dataclass(frozen=True)
class Attempts:
    """One attempt for each page that shows one."""

    open_run: Attempt
    ended_run: Attempt
    open_quiz: Attempt
    ended_quiz: Attempt


def attempts_of(agent: User, module: Module) -> Attempts:
    """Return an open and an ended attempt at the call and the quiz of a module."""
    call = module.activities.filter(kind=ActivityKind.SCENARIO).earliest("position")
    quiz = module.activities.filter(kind=ActivityKind.QUIZ).earliest("position")
    # The results of a quiz tell nothing while it is open again, so the ended one is another.
    copies = Activity.objects.filter(live_revision=quiz.live_revision).exclude(pk=quiz.pk)
    ended_run = _run(call, agent, moments=None)
    ended_quiz = _finished_quiz(copies.earliest("pk"), agent)
    return Attempts(
        open_run=_run(call, agent, moments=ANSWERED_MOMENTS),
        ended_run=ended_run,
        open_quiz=_begun_quiz(quiz, agent),
        ended_quiz=ended_quiz,
    )


def give_due_cards(agent: User) -> None:
    """Let the cards of the curriculum's first module be due for somebody; safe to repeat."""
    version = RefresherVersion.objects.earliest("module_id")
    finished_at = now() - timedelta(days=2)
    completion = ModuleCompletion(user=agent, module=version.module, completed_at=finished_at)
    make_recall_cards(completion)


def _run(call: Activity, agent: User, *, moments: int | None) -> Attempt:
    """Play so many moments, or to the end."""
    card = scenario_of(live_revision_of(call)).cards[0].id
    attempt = start_run(call, by=agent, at=now(), mode=AttemptMode.PRACTICE, card_id=card)
    while attempt.is_open and (moments is None or read_run(attempt)[2].steps < moments):
        attempt = _answer_moment(attempt)
    return attempt


def _answer_moment(attempt: Attempt) -> Attempt:
    _scenario, card, state = read_run(attempt)
    who: dict[str, Any] = {"moment": state.moment, "by": attempt.user, "at": now()}
    if card.moments[state.moment].answer is AnswerKind.TYPED:
        attempt = keep_typed_reply(
            attempt.pk, seq=attempt.next_seq, text="Tell me what happened.", **who
        )
    choice = best(open_choices(card, state)).id
    return answer_moment(attempt.pk, seq=attempt.next_seq, choice=choice, **who)


def _begun_quiz(quiz: Activity, agent: User) -> Attempt:
    return start_quiz(quiz, by=agent, at=now())


def _finished_quiz(quiz: Activity, agent: User) -> Attempt:
    attempt = _begun_quiz(quiz, agent)
    for item in quiz_taken(attempt).items:
        attempt = answer_item(
            attempt.pk,
            seq=attempt.next_seq,
            item_id=item.id,
            payload=_payload(item),
            by=agent,
            at=now(),
        )
    return finish_quiz(attempt.pk, by=agent, at=now())


def _payload(item: Item) -> dict[str, Any]:
    """Return an answer that fits, without a look at the key."""
    return _PAYLOADS.get(item.type, lambda item, ids: {"option": ids[0]})(item, item.option_ids())


_PAYLOADS: dict[ItemType, Callable[[Item, Sequence[str]], dict[str, Any]]] = {
    ItemType.MULTIPLE_CHOICE: lambda _, ids: {"options": ids[:1]},
    ItemType.ORDERING: lambda _, ids: {"order": ids},
    ItemType.MATCHING: lambda item, ids: {"pairs": dict.fromkeys(ids, item.answers[0].id)},
    ItemType.FILL_GAP: lambda _, ids: {"words": dict.fromkeys(ids, "calls")},
    ItemType.BEST_WORST: lambda _, ids: {"best": ids[0], "worst": ids[1]},
    ItemType.RANK_ALL: lambda _, ids: {"order": ids},
    ItemType.RATE_EACH: lambda _, ids: {"ratings": dict.fromkeys(ids, 3)},
    ItemType.SHORT_TEXT: lambda _, __: {"text": "Tell me what happened."},
}
