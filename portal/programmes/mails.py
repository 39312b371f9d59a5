"""The mail about a programme: one, however many modules it has. It never says why."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Dropped, MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail
from portal.programmes.models import GivenProgramme

GIVEN = "programme_given"


def register_mails() -> None:
    """Make it known."""
    register(
        MailKind(
            name=GIVEN,
            label=_("Program given"),
            about=_("When your lead gives you a program."),
            compose=compose_given,
        )
    )


def compose_given(email: OutgoingEmail, at: datetime) -> Message | Dropped:
    """Tell somebody of their programme, unless it was withdrawn by now."""
    found = GivenProgramme.objects.select_related("user", "given_by", "programme")
    given = found.get(pk=email.params["given"])
    if given.withdrawn_at:
        return Dropped(_("The program was withdrawn."))
    url = site_link("programmes:programme", given.pk)
    return Message(GIVEN, {"given": given, "url": url}, reply_to=given.given_by.email)
