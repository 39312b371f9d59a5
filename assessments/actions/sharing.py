"""Sharing a practice run with one's lead, taking it back, and the reflection on a run."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import locked_attempt
from assessments.models import Attempt, AttemptMode
from courses.models import ActivityKind
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User


class NotToShare(Refusal):
    """The run goes on, or leads see it anyway."""


@transaction.atomic
def share_run(attempt_id: uuid.UUID, *, by: User, at: datetime) -> Attempt:
    """Let those who answer for the person see a practice or guided run; safe to repeat.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        NotToShare: it has not ended, or it is assessed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    if attempt.mode == AttemptMode.ASSESSED or not attempt.has_ended:
        raise NotToShare(_("Only a practice run that has ended can be shared or taken back."))
    if attempt.shared_at is None:
        attempt.shared_at = at
        attempt.save(update_fields=["shared_at"])
        record("shared", attempt, by=by, at=at)
    return attempt


@transaction.atomic
def take_back_run(attempt_id: uuid.UUID, *, by: User, at: datetime) -> Attempt:
    """Make a shared run private again; comments stay for the person. Safe to repeat.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    if attempt.shared_at is not None:
        attempt.shared_at = None
        attempt.save(update_fields=["shared_at"])
        record("took_back", attempt, by=by, at=at)
    return attempt


@transaction.atomic
def keep_reflection(attempt_id: uuid.UUID, *, words: str, by: User) -> Attempt:
    """Keep what somebody thinks about a run of their own; the newest words stand.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    attempt.reflection = words
    attempt.save(update_fields=["reflection"])
    return attempt
