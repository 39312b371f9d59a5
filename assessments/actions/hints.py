"""Taking a hint: it is noted, and it never touches what a reply is worth."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import locked_attempt
from assessments.actions.scenario_runs import read_run
from assessments.models import Attempt, AttemptMode
from courses.models import ActivityKind
from portal.kit.errors import Refusal
from portal.people.models import User


class NoHintHere(Refusal):
    """The run is assessed, has ended or is at another moment, or its moment has no hint."""


@transaction.atomic
def take_hint(attempt_id: uuid.UUID, *, moment: str, by: User) -> Attempt:
    """Note that somebody took the hint of the moment at which their run is; safe to repeat.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        NoHintHere: nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    if attempt.mode == AttemptMode.ASSESSED or not attempt.is_open:
        raise NoHintHere(_("There is no hint here."))
    _scenario, card, state = read_run(attempt)
    if state.moment != moment or not card.moments[moment].hint:
        raise NoHintHere(_("There is no hint here. Here is where the call stands now."))
    number = state.steps + 1
    if number not in attempt.hinted:
        attempt.hinted = [*attempt.hinted, number]
        attempt.save(update_fields=["hinted"])
    return attempt
