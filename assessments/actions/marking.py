"""Marking: an attempt waits until a lead has marked what no software may, and then it ends."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.closing import close_quiz
from assessments.mail_kinds import ANSWERS_MARKED, ANSWERS_WAITING
from assessments.models import AnswerMark, Attempt, AttemptState
from assessments.queries.answers import latest_answers, latest_responses
from assessments.queries.marks import marks_of
from assessments.queries.quiz_taken import quiz_taken
from assessments.results import as_result
from assessments.scoring import QuizScore, score_quiz
from courses.actions.progress import note_handed_in, note_marked
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User
from portal.people.queries.scope import leads_of


class AlreadyMarked(Refusal):
    """Another lead has marked the answer in the meantime."""


def hand_in(attempt: Attempt, found: QuizScore, *, at: datetime, ended_at: datetime) -> None:
    """Let a locked attempt wait for marking, and tell those who lead its taker.

    What software scored is kept with it; points, passing and evidence come when all is marked.
    """
    attempt.state = AttemptState.MARKING
    attempt.finished_at = ended_at
    attempt.result = as_result(found)
    attempt.save()
    answers = latest_answers(attempt)
    AnswerMark.objects.bulk_create(
        AnswerMark(attempt=attempt, answer=answers[one], step_id=one, asked_at=ended_at)
        for one in (score.item_id for score in found.items if score.awaits_marking)
    )
    note_handed_in(attempt.activity, attempt.revision, by=attempt.user, at=ended_at)
    record("handed in", attempt, by=attempt.user, at=at)
    _tell(leads_of(attempt.user), ANSWERS_WAITING, attempt, at=at)


@transaction.atomic
def mark_answer(
    mark: AnswerMark, *, levels: Mapping[str, int], comment: str, by: User, at: datetime
) -> AnswerMark:
    """Give the mark of one answer; the last one of an attempt ends it and tells its taker.

    Raises:
        AlreadyMarked: nothing was changed.
    """
    attempts = Attempt.objects.select_for_update(of=("self",)).defer("revision__content")
    attempt = attempts.select_related("revision", "activity__module", "user").get(
        pk=mark.attempt_id
    )
    found = AnswerMark.objects.get(pk=mark.pk)
    if not found.is_waiting:
        raise AlreadyMarked(
            _("Another lead marked this in the meantime. Here is what they gave; nothing changed.")
        )
    found.levels, found.comment = dict(levels), comment
    found.marked_by, found.marked_at = by, at
    found.save(update_fields=["levels", "comment", "marked_by", "marked_at"])
    record("marked", attempt, by=by, at=at, item=found.step_id, levels=found.levels)
    if not attempt.marks.waiting().exists():
        _end(attempt, at=at)
    return found


def _end(attempt: Attempt, *, at: datetime) -> None:
    """Score everything anew, with the marks, and close the attempt as of when it was handed in."""
    found = score_quiz(quiz_taken(attempt), latest_responses(attempt), marks_of(attempt))
    note_marked(attempt.activity, user=attempt.user)
    assert attempt.finished_at is not None
    ran_out = attempt.finished_at == attempt.deadline_at
    close_quiz(
        attempt,
        found,
        at=at,
        ended_at=attempt.finished_at,
        state=AttemptState.EXPIRED if ran_out else AttemptState.FINISHED,
    )
    _tell([attempt.user], ANSWERS_MARKED, attempt, at=at)


def _tell(readers: Iterable[User], kind: str, attempt: Attempt, *, at: datetime) -> None:
    plan_emails(
        [
            EmailDraft(
                kind=kind,
                recipient=reader,
                to_address=reader.email,
                dedupe_key=f"{kind}:{reader.pk}:{attempt.pk}",
                params={"attempt": str(attempt.pk)},
                due_at=at,
            )
            for reader in readers
        ],
        at=at,
    )
