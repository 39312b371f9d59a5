"""Saying that the coach is wrong, settling that, and marking one's own typed reply."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempts import locked_attempt
from assessments.models import Answer, Attempt, AttemptMode, CoachReport, OwnMark
from assessments.queries.coach import observed
from courses.content.reply_coach import Rule
from courses.models import ActivityKind
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.people.models import User


class NothingToReport(Refusal):
    """There is no such typed reply, or its observations are not shown yet, or none is here."""


class NothingToMark(Refusal):
    """The run has not ended, or nothing was typed there."""


@transaction.atomic
def report_observation(
    attempt_id: uuid.UUID,
    *,
    seq: int,
    rule: Rule,
    start: int,
    end: int,
    note: str,
    by: User,
    at: datetime,
) -> CoachReport:
    """Keep that somebody finds an observation on their reply wrong; said again, the first stands.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        NothingToReport: nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    answer = _typed(attempt, seq)
    if answer is None or not (attempt.has_ended or attempt.mode == AttemptMode.GUIDED):
        raise NothingToReport(_("There is nothing here to report."))
    text: str = answer.payload["text"]
    if (start, end, rule) not in {(one.start, one.end, one.rule) for one in observed(text)}:
        raise NothingToReport(_("The coach no longer says this."))
    report, is_new = CoachReport.objects.get_or_create(
        answer=answer,
        rule=rule,
        start=start,
        end=end,
        defaults={
            "words": text[start:end],
            "note": note,
            "reported_by": by,
            "reported_at": at,
        },
    )
    if is_new:
        record("reported_coach", report, by=by, at=at, rule=rule)
    return report


@transaction.atomic
def settle_report(report_id: int, *, is_settled: bool, by: User, at: datetime) -> CoachReport:
    """Say that a report is dealt with, or open it again; safe to repeat.

    Raises:
        CoachReport.DoesNotExist: there is no such report.
    """
    report = CoachReport.objects.select_for_update().get(pk=report_id)
    if report.is_settled != is_settled:
        report.settled_by, report.settled_at = (by, at) if is_settled else (None, None)
        report.save(update_fields=["settled_by", "settled_at"])
        record(
            "settled_coach_report" if is_settled else "reopened_coach_report", report, by=by, at=at
        )
    return report


@transaction.atomic
def mark_own_reply(
    attempt_id: uuid.UUID, *, seq: int, marks: Mapping[str, str], by: User, at: datetime
) -> Attempt:
    """Keep how near somebody finds their typed reply to each of the panel's; the newest stand.

    Raises:
        Attempt.DoesNotExist: the person has no such attempt.
        NothingToMark: nothing was changed.
    """
    attempt = locked_attempt(attempt_id, by=by, kind=ActivityKind.SCENARIO)
    answer = _typed(attempt, seq)
    if answer is None or not attempt.has_ended:
        raise NothingToMark(_("There is nothing here to mark."))
    OwnMark.objects.bulk_create(
        [
            OwnMark(answer=answer, reply=reply, nearness=nearness, marked_at=at)
            for reply, nearness in marks.items()
        ],
        update_conflicts=True,
        unique_fields=["answer", "reply"],
        update_fields=["nearness", "marked_at"],
    )
    return attempt


def _typed(attempt: Attempt, seq: int) -> Answer | None:
    return attempt.answers.filter(seq=seq, payload__has_key="text").first()
