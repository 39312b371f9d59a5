"""What people say of their own skills, and a lead's answer where they see it differently."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from assessments.mail_kinds import VIEW_ANSWERED, VIEW_WAITING
from assessments.models import OtherView, SelfRating, SkillEvidence
from assessments.queries.skill_profile import practice_word
from courses.content.skills import Skill
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.people.models import User
from portal.people.queries.scope import leads_of


class AlreadyWaiting(Refusal):
    """The person has said so already, and the answer is still to come."""


class AlreadyAnswered(Refusal):
    """Another lead has answered in the meantime."""


def rate_oneself(skill: Skill, rating: int, *, by: User, at: datetime) -> SelfRating:
    """Keep how somebody rates a skill of their own, from 1 to 5; earlier ratings stay."""
    return SelfRating.objects.create(user=by, skill=skill, rating=rating, rated_at=at)


@transaction.atomic
def see_differently(
    skill: Skill, words: str, *, evidence: SkillEvidence | None = None, by: User, at: datetime
) -> OtherView:
    """Attach words to one's own skill, or to a piece of its evidence, and tell every lead.

    Raises:
        AlreadyWaiting: words on the same thing still wait for an answer; nothing was changed.
    """
    said = practice_word(by, skill, at=at)
    try:
        with transaction.atomic():
            view = OtherView.objects.create(
                user=by, skill=skill, evidence=evidence, said=said, words=words, written_at=at
            )
    except IntegrityError:
        raise AlreadyWaiting(
            _("What you wrote about this before still waits for your lead’s answer.")
        ) from None
    record("saw differently", view, by=by, at=at, skill=skill, evidence=view.evidence_id)
    plan_emails([_draft(view, VIEW_WAITING, lead, at) for lead in leads_of(by)], at=at)
    return view


@transaction.atomic
def answer_view(view: OtherView, answer: str, *, by: User, at: datetime) -> OtherView:
    """Answer what somebody sees differently, and tell them.

    Raises:
        AlreadyAnswered: nothing was changed.
    """
    found = OtherView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if not found.is_waiting:
        raise AlreadyAnswered(_("Another lead answered in the meantime. Here is what they wrote."))
    found.answer, found.answered_by, found.answered_at = answer, by, at
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    record("answered a view", found, by=by, at=at)
    plan_emails([_draft(found, VIEW_ANSWERED, found.user, at)], at=at)
    return found


def _draft(view: OtherView, kind: str, reader: User, at: datetime) -> EmailDraft:
    return EmailDraft(
        kind=kind,
        recipient=reader,
        to_address=reader.email,
        dedupe_key=f"{kind}:{reader.pk}:{view.pk}",
        params={"view": view.pk},
        due_at=at,
    )
