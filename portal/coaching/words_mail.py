"""The mail about kudos or a comment on what one finished."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from portal.coaching.mail_kinds import WORDS
from portal.coaching.models import CompletionWords
from portal.notifications.kinds import MailKind, Message, register
from portal.notifications.links import site_link
from portal.notifications.models import OutgoingEmail


def register_words() -> None:
    """Make it known; whoever does not want it reads the words in Attune."""
    register(
        MailKind(
            name=WORDS,
            label=gettext_lazy("Kudos and comments"),
            about=gettext_lazy("When a lead says something about a module you finished."),
            compose=_compose,
            is_optional=True,
        )
    )


def _compose(email: OutgoingEmail, at: datetime) -> Message:
    found = CompletionWords.objects.select_related("completion__module__course", "by")
    said = found.get(pk=email.params["words"])
    module = said.completion.module
    context = {
        "said": said,
        "title": module.title,
        "url": site_link("courses:module", module.course.slug, module.slug),
    }
    return Message(WORDS, context, reply_to=said.by.email)
