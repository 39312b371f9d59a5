"""The mail about refresher cards that are due. It never holds a question or an answer."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from assessments.mail_kinds import REFRESHERS_DUE
from assessments.queries.refreshers import cards_due
from portal.kit.clock import local_date
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_refresher_mails() -> None:
    """Make it known."""
    register(
        MailKind(
            name=REFRESHERS_DUE,
            label=_("Refresher cards"),
            about=_("On working days, as your work starts, when cards are due. Off at first."),
            compose=compose_refreshers_due,
            is_optional=True,
            is_off_at_first=True,
        )
    )


def compose_refreshers_due(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody that cards are due, unless they went over them already or took a pause."""
    assert email.recipient is not None
    today = local_date(at, email.recipient.time_zone)
    if today != date.fromisoformat(email.params["day"]):
        return Dropped(_("Its day is over."))
    number = cards_due(email.recipient, now=at)
    if not number:
        return Dropped(_("No card is due any more."))
    context = {
        "number": number,
        "url": site_link("assessments:refresh"),
        "pause_url": site_link("assessments:refresh-settings"),
    }
    return Message(REFRESHERS_DUE, context)
