"""Correcting a mark: by whoever gave it, with a reason, and with the old one kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.recounting import count_anew
from assessments.mail_kinds import MARK_CORRECTED
from assessments.models import AnswerMark, Attempt, MarkCorrection
from assessments.queries.answers import latest_responses
from assessments.queries.marks import marks_of
from assessments.queries.regrading import new_result
from courses.queries.content import quiz_of
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User


class NotYourMark(Refusal):
    """Only whoever gave a mark may correct it."""


@transaction.atomic
def correct_mark(
    mark: AnswerMark,
    *,
    levels: Mapping[str, int],
    comment: str,
    reason: str,
    by: User,
    at: datetime,
) -> MarkCorrection | None:
    """Give another mark in place of one's own, and let the result, skills and progress follow.

    Safe to repeat: what changes nothing is passed over. The writer is told once the whole attempt
    has a result. A pass once given stays.

    Raises:
        NotYourMark: nothing was changed.
    """
    attempts = Attempt.objects.select_for_update(of=("self",))
    attempt = attempts.select_related("revision", "key_revision", "activity", "user").get(
        pk=mark.attempt_id
    )
    found = AnswerMark.objects.get(pk=mark.pk)
    if found.is_waiting or found.marked_by_id != by.pk:
        raise NotYourMark(_("Only whoever gave this mark can correct it."))
    if (found.levels, found.comment) == (dict(levels), comment):
        return None
    correction = MarkCorrection(
        mark=found,
        old_levels=found.levels,
        old_comment=found.comment,
        new_levels=dict(levels),
        new_comment=comment,
        reason=reason,
        old_result=attempt.result,
        made_by=by,
        made_at=at,
    )
    found.levels, found.comment = dict(levels), comment
    found.save(update_fields=["levels", "comment"])
    if not attempt.waits_for_marking:
        correction.old_percent = attempt.points
        _recount(attempt, at=at)
        correction.new_percent = attempt.points
    correction.save()
    record(
        "corrected a mark",
        attempt,
        by=by,
        at=at,
        item=found.step_id,
        levels=found.levels,
        reason=reason,
    )
    if not attempt.waits_for_marking:
        _tell(correction, attempt, at=at)
    return correction


def _recount(attempt: Attempt, *, at: datetime) -> None:
    key = attempt.keyed_by
    found = new_result(attempt, quiz_of(key), latest_responses(attempt), marks_of(attempt))
    assert found is not None, "its own questions are always there"
    count_anew(attempt, found, keyed_by=key, at=at)


def _tell(correction: MarkCorrection, attempt: Attempt, *, at: datetime) -> None:
    plan_emails(
        [
            EmailDraft(
                kind=MARK_CORRECTED,
                recipient=attempt.user,
                to_address=attempt.user.email,
                dedupe_key=f"{MARK_CORRECTED}:{correction.pk}",
                params={"correction": correction.pk},
                due_at=at,
            )
        ],
        at=at,
    )
