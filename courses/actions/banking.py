"""Keeping the bank of questions in step with what learners are asked."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from courses.content.quiz_items import Item
from courses.content.shapes import item_shape
from courses.content.skills import skill_of
from courses.models import Activity, ActivityKind, BankQuestion, ContentRevision
from courses.queries.content import quiz_of

MOST_AT_ONCE = 50


@transaction.atomic
def bank_questions(revision: ContentRevision) -> None:
    """Let the bank hold the questions of a quiz as this revision asks them; safe to repeat.

    A question keeps its row, and with it its address, as long as it keeps its id. One that is not
    asked any more leaves the bank; its revisions, results and statistics stay.
    """
    of_quiz = BankQuestion.objects.filter(activity=revision.activity_id)
    fresh = [
        _banked(item, position, revision)
        for position, item in enumerate(quiz_of(revision).items, start=1)
    ]
    of_quiz.exclude(step_id__in=[one.step_id for one in fresh]).delete()
    facts = [field.name for field in BankQuestion._meta.concrete_fields if field.name not in _KNOWN]
    BankQuestion.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["activity", "step_id"],
        update_fields=facts,
    )


def bank_what_is_missing() -> int:
    """Take in quizzes whose live revision the bank does not hold; return how many. Safe to repeat.

    Publishing does that at once; this is for what was published before there was a bank.
    """
    held = BankQuestion.objects.filter(revision=OuterRef("live_revision"))
    waiting = Activity.objects.filter(
        ~Exists(held), kind=ActivityKind.QUIZ, live_revision__isnull=False
    ).select_related("live_revision")
    quizzes = list(waiting.order_by("pk")[:MOST_AT_ONCE])
    for quiz in quizzes:
        assert quiz.live_revision is not None
        bank_questions(quiz.live_revision)
    return len(quizzes)


def _banked(item: Item, position: int, revision: ContentRevision) -> BankQuestion:
    return BankQuestion(
        activity_id=revision.activity_id,
        revision=revision,
        step_id=item.id,
        position=position,
        title=item.title,
        prompt=item.prompt,
        type=item.type.value,
        behaviour=item.behaviour,
        skill=skill_of(item.behaviour),
        difficulty=item.difficulty,
        tags=sorted(item.tags),
        has_media=bool(item.files),
        origin=item.origin,
        shape=item_shape(item),
    )


_KNOWN = frozenset({"id", "activity", "step_id"})
