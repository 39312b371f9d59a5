"""The mails about results: what each says is found out when it is sent."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.mail_kinds import MARK_CORRECTED, REGRADED
from assessments.models import MarkCorrection, Regrade
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_mails() -> None:
    """Make them known; a second copy would do more harm than none."""
    register(
        MailKind(
            name=REGRADED,
            label=gettext_lazy("Corrected result"),
            about=gettext_lazy("When a quiz had a wrong key and your result was corrected."),
            compose=compose_regraded,
        )
    )
    register(
        MailKind(
            name=MARK_CORRECTED,
            label=gettext_lazy("Corrected mark"),
            about=gettext_lazy("When a lead has corrected a mark that you got in a quiz."),
            compose=compose_mark_corrected,
        )
    )


def compose_regraded(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Say how a result changed; of several attempts, the latest one."""
    regrades = Regrade.objects.filter(
        regrading=email.params["regrading"], attempt__user=email.recipient, is_changed=True
    )
    regrades = regrades.select_related("attempt__activity").defer("attempt__activity__draft")
    latest = regrades.order_by("-attempt__number", "-pk").first()
    if latest is None:
        return Dropped(_("No result changed."))
    context = {
        "title": latest.attempt.activity.title,
        "old": latest.old_percent,
        "new": int(latest.new_points or 0),
        "now_passed": bool(latest.new_is_passed) and not latest.old_is_passed,
        "is_passed": bool(latest.new_is_passed),
        "url": site_link("assessments:quiz-results", latest.attempt_id),
    }
    return Message(REGRADED, context)


def compose_mark_corrected(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Say why a mark was corrected, and how the result changed, unless it was corrected again."""
    corrections = MarkCorrection.objects.select_related("made_by", "mark__attempt__activity")
    corrections = corrections.defer("mark__attempt__activity__draft")
    found = corrections.get(pk=email.params["correction"])
    if found.mark.corrections.filter(pk__gt=found.pk).exists():
        return Dropped(_("It was corrected again since."))
    attempt = found.mark.attempt
    context = {
        "title": attempt.activity.title,
        "lead": found.made_by,
        "reason": found.reason,
        "old": int(found.old_percent or 0),
        "new": int(found.new_percent or 0),
        "url": site_link("assessments:quiz-results", attempt.pk),
    }
    return Message(MARK_CORRECTED, context, reply_to=found.made_by.email)
