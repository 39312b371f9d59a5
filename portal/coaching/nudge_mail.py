"""The mail of a nudge, and the words that are prepared for it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.coaching.mail_kinds import NUDGE
from portal.coaching.queries.needs import Reason
from portal.notifications.kinds import MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail
from portal.people.models import User


def register_nudge() -> None:
    """Make it known; a second copy would do more harm than none."""
    register(
        MailKind(
            name=NUDGE,
            label=gettext_lazy("A word from your lead"),
            about=gettext_lazy("When a lead of yours writes to you from Attune."),
            compose=_compose,
        )
    )


def prepared_words(person: User, reasons: Sequence[Reason], *, lead: User) -> str:
    """Return what a lead could write, about what presses most; kind, and with a way out."""
    about = next((reason for reason in reasons if reason.title), None)
    names = {"name": person.first_name, "lead": lead.first_name}
    if about is None:
        return (
            _(
                "Hi %(name)s, I haven’t seen you in Attune lately. Is there anything in the way? "
                "Tell me, and we’ll make room for it.\n\n%(lead)s"
            )
            % names
        )
    return _(
        "Hi %(name)s, I saw that “%(title)s” is still open. Is there anything in the way? "
        "I can give you more time, or we look at it together.\n\n%(lead)s"
    ) % {**names, "title": about.title}


def _compose(email: OutgoingEmail, at: datetime) -> Message:
    lead = User.objects.get(pk=email.params["by"])
    context = {
        "lead": lead,
        "words": email.params["words"],
        "url": site_link("courses:my-learning"),
    }
    return Message(NUDGE, context, reply_to=lead.email)
