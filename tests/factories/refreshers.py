"""Refresher cards to test with, made as they are made for people."""

from datetime import date, datetime, timedelta
from typing import Any

from assessments.actions.attempts import start_attempt
from assessments.actions.quiz_attempts import answer_item, finish_quiz
from assessments.models import Attempt, AttemptMode, SpacedCard
from courses.actions.refreshers import publish_refresher
from courses.models import Activity, Module
from courses.signals import module_finished
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.courses import CompletionFactory, ModuleFactory, QuizFactory, ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.quizzes import KEPT, TYPES, every_type_raw
from tests.factories.runs import WORST_CHOICES, finished_run

TUESDAY = MONDAY + timedelta(days=1)
TODAY = date(2026, 11, 24)  # Tuesday, when what was missed on Monday is due

WRONG_KEPT: dict[str, dict[str, Any]] = KEPT | {
    "single-choice": {"option": "B"},
    "multiple-choice": {"options": ["C"]},
    "true-false": {"option": "false"},
    "ordering": {"order": ["C", "A", "B"]},
    "matching": {"pairs": {"A": "x", "B": "x", "C": "x"}},
    "fill-gap": {"words": {"A": "new", "B": "lost"}},
    "mark-sentence": {"option": "B"},
    "best-worst": {"best": "B", "worst": "A"},
    "rank-all": {"order": ["C", "A", "B"]},
    "rate-each": {"ratings": {"A": 1, "B": 3, "C": 5}},
}
KEYED_TYPES = tuple(one for one in TYPES if one != "short-text")


def missed_quiz(
    user: User,
    wrong: tuple[str, ...] = ("single-choice",),
    *,
    quiz: Activity | None = None,
    at: datetime = MONDAY,
) -> Attempt:
    """Return a finished quiz of every type in which these questions were answered wrong."""
    quiz = quiz or QuizFactory(published=every_type_raw())
    attempt = start_attempt(quiz, by=user, at=at, mode=AttemptMode.ASSESSED)
    for seq, item in enumerate(TYPES, start=1):
        payload = (WRONG_KEPT if item in wrong else KEPT)[item]
        answer_item(attempt.pk, seq=seq, item_id=item, payload=payload, by=user, at=at)
    return finish_quiz(attempt.pk, by=user, at=at)


def item_card(user: User, item: str = "single-choice") -> SpacedCard:
    """Return the card of a question missed on Monday, due on Tuesday."""
    attempt = missed_quiz(user, (item,))
    return SpacedCard.objects.get(user=user, attempt=attempt)


def moment_card(user: User, moment: str = "hello") -> SpacedCard:
    """Return the card of a moment of a call that went badly on Monday."""
    run = finished_run(ScenarioFactory(), user, WORST_CHOICES)
    return SpacedCard.objects.get(user=user, attempt=run, step_id=moment)


def refresher_raw(*ids: str, **changes: Any) -> dict[str, Any]:
    """Return the cards of a module as an author would write them."""
    cards = [
        {
            "id": one,
            "behaviour": "AL1",
            "front": f"What do you say first, {one}?",
            "back": f"CANARY-BACK-{one}",
        }
        for one in ids or ("first",)
    ]
    return {"title": "Cards", "cards": cards} | changes


def module_with_cards(*ids: str) -> Module:
    """Return a module that has cards."""
    module: Module = ModuleFactory()
    publish_refresher(module, refresher_raw(*ids), by=None, at=MONDAY)
    return module


def finished_module(user: User, module: Module, **fields: Any) -> None:
    """Let somebody finish a module, as far as the apps above hear of it."""
    completion = CompletionFactory(user=user, module=module, **fields)
    module_finished.send(sender=type(completion), completion=completion)


def recall_card(user: User, at: datetime = MONDAY) -> SpacedCard:
    """Return a card from memory of a module finished on Monday, or at another time."""
    return give_cards(user, 1, at)[0]


def give_cards(user: User, number: int, at: datetime | None = None) -> list[SpacedCard]:
    """Return so many cards from memory of a module finished two days ago, or at another time."""
    module = module_with_cards(*["first", *(f"card-{n}" for n in range(2, number + 1))])
    finished_module(user, module, completed_at=at or now() - timedelta(days=2))
    return list(SpacedCard.objects.filter(user=user, module=module).order_by("pk"))
