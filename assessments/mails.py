"""The mails about skills. They never hold an estimate, or what somebody wrote about it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from assessments.mail_kinds import VIEW_ANSWERED, VIEW_WAITING
from assessments.models import OtherView
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


def _view(email: OutgoingEmail) -> OtherView:
    return OtherView.objects.select_related("user", "answered_by").get(pk=email.params["view"])
