"""Refresher cards of all kinds, as somebody has them two days after a module went badly."""

from datetime import timedelta

from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.refreshing import answer_card, retire_card, turn_card
from assessments.models import AttemptMode, CardKind, SpacedCard
from assessments.queries.quiz_taken import quiz_taken
from assessments.queries.refresher_cards import keyed_card
from courses.content.bots import worst
from courses.content.quiz_items import PUT_IN_ORDER
from courses.models import ActivityKind, Module, ModuleCompletion
from courses.queries.content import live_revision_of, scenario_of
from courses.signals import module_finished
from portal.demo.answers import answer_to
from portal.kit.clock import now
from portal.people.models import User
from tests.factories.runs import begin_run, play_out


def miss_everything_in(module: Module, person: User) -> None:
    """Let somebody play the call of a module badly two days ago, fail its quiz and finish it."""
    at = now() - timedelta(days=2)
    call = module.activities.get(kind=ActivityKind.SCENARIO)
    quiz = module.activities.get(kind=ActivityKind.QUIZ)
    patient = scenario_of(live_revision_of(call)).cards[0].id
    play_out(begin_run(call, person, AttemptMode.PRACTICE, patient, at), worst, at)
    attempt = start_quiz(quiz, by=person, at=at)
    for seq, item in enumerate(quiz_taken(attempt).items, start=1):
        payload = answer_to(item, is_right=False)
        answer_item(attempt.pk, seq=seq, item_id=item.id, payload=payload, by=person, at=at)
    finish_quiz(attempt.pk, by=person, at=at)
    completion = ModuleCompletion.objects.create(user=person, module=module, completed_at=at)
    module_finished.send(sender=ModuleCompletion, completion=completion)


def cards_at_all_stages(module: Module, person: User) -> dict[str, SpacedCard]:
    """Return one card of each kind as it is asked, one turned, one told and one put away."""
    miss_everything_in(module, person)
    due = SpacedCard.objects.filter(user=person).order_by("pk")
    items, recalls = due.filter(kind=CardKind.ITEM), due.filter(kind=CardKind.RECALL)
    told = items.last()
    item = keyed_card(told).item
    answer_card(told.pk, number=1, payload=answer_to(item, is_right=False), by=person, at=now())
    turned = turn_card(recalls[0].pk, number=1, words="I hear you.", by=person, at=now())
    retired = retire_card(items[0].pk, by=person, at=now())
    # What is to be put in order has an order from the start, and so is never without an answer.
    to_answer = (one for one in items[1:] if keyed_card(one).item.type not in PUT_IN_ORDER)
    return {
        "item": next(to_answer),
        "moment": due.filter(kind=CardKind.MOMENT).first(),
        "recall": recalls[1],
        "turned": turned,
        "told": told,
        "retired": retired,
    }
