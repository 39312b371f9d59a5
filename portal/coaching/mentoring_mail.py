"""The mail that asks somebody whether they would like to be one of a mentoring pair."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.coaching.mail_kinds import MENTORING
from portal.coaching.models import MentoringPair
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_mentoring_mail() -> None:
    """Make it known."""
    register(
        MailKind(
            name=MENTORING,
            label=gettext_lazy("Mentoring"),
            about=gettext_lazy("When you are asked to help a colleague, or offered help by one."),
            compose=compose_mentoring,
            is_optional=True,
        )
    )


def compose_mentoring(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Ask; dropped once the reader has answered."""
    pairs = MentoringPair.objects.select_related("mentor", "mentee", "proposed_by")
    pair = pairs.get(pk=email.params["pair"])
    reader = email.recipient
    if reader is None or pair.waits_for != reader:
        return Dropped(_("They answered already, or it is off."))
    context = {
        "pair": pair,
        "other": pair.other(reader),
        "is_mentor": reader == pair.mentor,
        "url": site_link("coaching:mentoring-pair", pair.pk),
    }
    return Message(MENTORING, context, reply_to=pair.proposed_by.email)
