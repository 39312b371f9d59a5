"""An agent with quizzes open under every rule for feedback, full of canaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.models import Attempt
from assessments.queries.quiz_taken import quiz_taken
from courses.models import Activity, Module
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.canaries import ITEM_IDS, MARKED_BY_LEAD, canaries_of, canary_raw
from tests.factories.courses import QuizFactory
from tests.factories.quizzes import KEPT, TYPES

ANSWERS: dict[str, dict[str, Any]] = KEPT | {
    "patterns": {"text": "Say that again, please."},
    "letter": {"text": "Here is who looks into it."},
}
SURE = {"confidence": 2}
_DRAWN = 5


@dataclass(frozen=True)
class OpenQuiz:
    """An attempt, and what of its quiz nobody may know yet."""

    name: str
    activity: Activity
    attempt: Attempt
    hidden: frozenset[str]


def open_quizzes(agent: User, module: Module) -> list[OpenQuiz]:
    """Begin one quiz in each state that matters; every one is part of the module."""
    return [
        make(agent, module)
        for make in (
            _just_begun,
            _half_answered,
            _feedback_at_the_end,
            _only_right_or_not,
            _drawn_from_a_bank,
            _begun_again,
            _out_of_time,
            _waiting_for_marking,
        )
    ]


def _just_begun(agent: User, module: Module) -> OpenQuiz:
    return _open("fresh", agent, module, answers=())


def _half_answered(agent: User, module: Module) -> OpenQuiz:
    """Each answer was explained at once, so what is hidden is the rest, and all titles."""
    half = TYPES[:6]
    quiz = _open("half", agent, module, answers=half)
    told = {
        one
        for item_id in half
        for one in canaries_of(quiz.activity.live_revision.content, item_id)
        if one.startswith("CANARY") and not one.endswith("-title")
    }
    return OpenQuiz(quiz.name, quiz.activity, quiz.attempt, quiz.hidden - told)


def _feedback_at_the_end(agent: User, module: Module) -> OpenQuiz:
    return _open("end", agent, module, answers=ITEM_IDS, feedback="at_end")


def _only_right_or_not(agent: User, module: Module) -> OpenQuiz:
    return _open("marks", agent, module, answers=ITEM_IDS, shown_at_once="right_or_not")


def _drawn_from_a_bank(agent: User, module: Module) -> OpenQuiz:
    return _open("drawn", agent, module, answers=(), sections=[{"draw": _DRAWN}])


def _begun_again(agent: User, module: Module) -> OpenQuiz:
    """The first attempt is over, and its result would say all that the second one asks."""
    changes = {"items": [one for one in canary_raw("again")["items"] if one["id"] in TYPES]}
    first = _open("again", agent, module, answers=TYPES, **changes)
    finish_quiz(first.attempt.pk, by=agent, at=now())
    second = start_quiz(first.activity, by=agent, at=now())
    return OpenQuiz("again", first.activity, second, first.hidden)


def _out_of_time(agent: User, module: Module) -> OpenQuiz:
    """The time is up, and nothing has closed it yet."""
    quiz = _open("over", agent, module, answers=ITEM_IDS, feedback="at_end", time_limit=20)
    earlier = now() - timedelta(hours=1)
    Attempt.objects.filter(pk=quiz.attempt.pk).update(deadline_at=earlier)
    return quiz


def _waiting_for_marking(agent: User, module: Module) -> OpenQuiz:
    """It is handed in; by what a lead marks stays hidden, and the rest is shown."""
    quiz = _open("marked", agent, module, answers=ITEM_IDS)
    finish_quiz(quiz.attempt.pk, by=agent, at=now())
    content = quiz.activity.live_revision.content
    hidden = frozenset().union(*(canaries_of(content, one) for one in MARKED_BY_LEAD))
    return OpenQuiz("marked", quiz.activity, quiz.attempt, hidden)


def _open(
    name: str, agent: User, module: Module, *, answers: Sequence[str], **changes: Any
) -> OpenQuiz:
    raw = canary_raw(name, **changes)
    activity = QuizFactory(module=module, published=raw)
    attempt = start_quiz(activity, by=agent, at=now())
    for item in quiz_taken(attempt).items:
        if item.id in answers:
            attempt = _answered(attempt, item.id, by=agent)
    hidden = frozenset().union(*(canaries_of(raw, one["id"]) for one in raw["items"]))
    return OpenQuiz(name, activity, attempt, hidden)


def _answered(attempt: Attempt, item_id: str, *, by: User) -> Attempt:
    payload = ANSWERS[item_id] | (SURE if item_id != "short-text" else {})
    return answer_item(
        attempt.pk, seq=attempt.next_seq, item_id=item_id, payload=payload, by=by, at=now()
    )
