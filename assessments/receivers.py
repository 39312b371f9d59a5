"""What courses tell us, and the cards that follow from it; and what they ask us."""

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import ngettext

from assessments.actions.refreshers import make_recall_cards
from assessments.models import Attempt
from courses.models import Activity, ModuleCompletion
from courses.signals import module_finished, usage_asked


@receiver(module_finished)
def give_the_cards_of_the_module(completion: ModuleCompletion, **_: Any) -> None:
    """Let the module's cards come back to whoever finished it."""
    make_recall_cards(completion)


@receiver(usage_asked)
def tell_of_open_runs(activities: QuerySet[Activity], **_: Any) -> list[str]:
    """Say how many are in the middle of a practice call or quiz."""
    count = Attempt.objects.open().filter(revision__activity__in=activities).count()
    sentence = ngettext(
        "%(n)d person is in the middle of it, and can finish.",
        "%(n)d people are in the middle of it, and can finish.",
        count,
    )
    return [sentence % {"n": count}] if count else []
