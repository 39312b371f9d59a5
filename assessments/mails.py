"""The mails about skills and quizzes. They never hold an estimate, points, or what one wrote."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from assessments.mail_kinds import (
    ANSWERS_MARKED,
    ANSWERS_WAITING,
    VIEW_ANSWERED,
    VIEW_WAITING,
)
from assessments.models import Attempt, OtherView
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_mails() -> None:
    """Make them known."""
    register(
        MailKind(
            name=VIEW_WAITING,
            label=_("Skill seen differently"),
            about=_("When somebody you lead sees one of their skills differently."),
            compose=compose_view_waiting,
        )
    )
    register(
        MailKind(
            name=VIEW_ANSWERED,
            label=_("Answer to your view"),
            about=_("When your lead answers what you see differently about a skill."),
            compose=compose_view_answered,
        )
    )
    register(
        MailKind(
            name=ANSWERS_WAITING,
            label=_("Answers to mark"),
            about=_("When somebody you lead hands in a quiz with answers to mark."),
            compose=compose_answers_waiting,
            is_optional=True,
        )
    )
    register(
        MailKind(
            name=ANSWERS_MARKED,
            label=_("Answers marked"),
            about=_("When a lead has marked what you wrote in a quiz."),
            compose=compose_answers_marked,
            is_optional=True,
        )
    )


def compose_view_waiting(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell a lead that somebody waits for their answer, unless another lead gave it."""
    view = _view(email)
    if not view.is_waiting:
        return Dropped(_("Somebody has answered it already."))
    url = site_link("assessments:answer-view", view.pk)
    return Message(VIEW_WAITING, {"view": view, "url": url}, reply_to=view.user.email)


def compose_view_answered(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody that their lead has answered."""
    view = _view(email)
    assert view.answered_by is not None
    url = site_link("assessments:my-skill", view.skill) + "#views"
    return Message(VIEW_ANSWERED, {"view": view, "url": url}, reply_to=view.answered_by.email)


def compose_answers_waiting(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell a lead that answers wait for marking, unless another lead has marked them."""
    attempt = _attempt(email)
    if not attempt.waits_for_marking:
        return Dropped(_("Somebody has marked them already."))
    return Message(
        ANSWERS_WAITING,
        {"attempt": attempt, "url": site_link("assessments:marking-queue")},
    )


def compose_answers_marked(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody that their answers are marked; the result stands on its page only."""
    attempt = _attempt(email)
    url = site_link("assessments:quiz-results", attempt.pk)
    return Message(ANSWERS_MARKED, {"attempt": attempt, "url": url})


def _attempt(email: OutgoingEmail) -> Attempt:
    attempts = Attempt.objects.select_related("user", "activity")
    return attempts.defer("activity__draft").get(pk=email.params["attempt"])


def _view(email: OutgoingEmail) -> OtherView:
    return OtherView.objects.select_related("user", "answered_by").get(pk=email.params["view"])
