"""The mail that asks somebody to rate in a panel."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from courses.mail_kinds import PANEL_INVITED
from courses.models import KeyPanel
from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_mails() -> None:
    """Make it known."""
    register(
        MailKind(
            name=PANEL_INVITED,
            label=_("Panel to rate in"),
            about=_("When an author asks you to rate the replies of a question."),
            compose=compose_panel_invited,
        )
    )


def compose_panel_invited(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Ask somebody to rate, unless they did or the panel is closed."""
    panels = KeyPanel.objects.select_related("opened_by", "revision__activity")
    panels = panels.defer("revision__content", "revision__media", "revision__activity__draft")
    panel = panels.get(pk=email.params["panel"])
    if not panel.is_open:
        return Dropped(_("The panel is closed."))
    if panel.seats.filter(rater=email.recipient, rated_at__isnull=False).exists():
        return Dropped(_("They have rated already."))
    context = {
        "author": panel.opened_by,
        "title": panel.revision.activity.title,
        "url": site_link("courses:panel", panel.pk),
    }
    return Message(PANEL_INVITED, context, reply_to=panel.opened_by.email)
