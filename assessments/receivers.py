"""What courses tell us, and the cards that follow from it."""

from typing import Any

from django.dispatch import receiver

from assessments.actions.refreshers import make_recall_cards
from courses.models import ModuleCompletion
from courses.signals import module_finished


@receiver(module_finished)
def give_the_cards_of_the_module(completion: ModuleCompletion, **_: Any) -> None:
    """Let the module's cards come back to whoever finished it."""
    make_recall_cards(completion)
