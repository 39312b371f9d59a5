"""How a planned mail becomes a letter in the recipient's language, and the message on the wire."""

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from portal.notifications.kinds import CalendarPart, Dropped, MailKind, Message
from portal.notifications.links import site_link, unsubscribe_link
from portal.notifications.models import OutgoingEmail
from portal.people.models import User

_TEXT_WIDTH = 72
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Letter:
    """What a mail says, in words: a subject of one line, and the same body as text and as HTML."""

    subject: str
    text: str
    html: str
    reply_to: str
    calendar: CalendarPart | None = None


def compose_letter(email: OutgoingEmail, kind: MailKind, *, at: datetime) -> Letter | Dropped:
    """Ask the mail's kind what to say now, and say it in the recipient's language and zone."""
    with _place_of(email.recipient):
        message = kind.compose(email, at)
        if isinstance(message, Dropped):
            return Dropped(str(message.reason))
        return _rendered(email, kind, message)


def build_message(
    email: OutgoingEmail, kind: MailKind, letter: Letter, *, at: datetime
) -> EmailMultiAlternatives:
    """Return the message for the mail server.

    Its Message-ID is the row's, so that a second copy, should there ever be one, is known as such.
    """
    headers = {
        "Message-ID": email.message_id,
        "Date": format_datetime(at.astimezone(UTC), usegmt=True),
        "Auto-Submitted": "auto-generated",
    }
    if url := _way_out(email, kind):
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [email.to_address],
        reply_to=[letter.reply_to],
        headers=headers,
    )
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        _attach_calendar(message, letter.calendar)
    return message


def _attach_calendar(message: EmailMultiAlternatives, part: CalendarPart) -> None:
    """Put the entry in twice: as a part that mail programs act on, and as a file to open."""
    message.attach_alternative(part.text, f"text/calendar; method={part.method}")
    message.attach("invitation.ics", part.text.encode(), "application/ics")


@contextmanager
def _place_of(recipient: User | None) -> Iterator[None]:
    language = recipient.language if recipient else settings.LANGUAGE_CODE
    zone = ZoneInfo(recipient.time_zone if recipient else settings.TIME_ZONE)
    with translation.override(language), timezone.override(zone):
        yield


def _rendered(email: OutgoingEmail, kind: MailKind, message: Message) -> Letter:
    context = {
        "recipient": email.recipient,
        "to_address": email.to_address,
        "site_url": settings.SITE_URL,
        "preferences_url": site_link("notifications:preferences"),
        "unsubscribe_url": _way_out(email, kind),
        **message.context,
    }
    folder = f"emails/{message.template}"
    context["subject"] = _on_one_line(_render(f"{folder}/subject.txt", context))
    return Letter(
        subject=context["subject"],
        text=_laid_out(_render(f"{folder}/body.txt", context)),
        html=_render(f"{folder}/body.html", context, autoescape=True),
        reply_to=_on_one_line(message.reply_to) or settings.MAIL_REPLY_TO,
        calendar=message.calendar,
    )


def _render(name: str, context: dict[str, Any], *, autoescape: bool = False) -> str:
    template = get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    return str(template.render(Context(context, autoescape=autoescape)))


def _laid_out(text: str) -> str:
    """Wrap long lines, never an address, and close the gaps that empty blocks leave."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    wrapped = "\n".join(_wrapped(line) for line in lines)
    return _GAPS.sub("\n\n", wrapped) + "\n"


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line,
        _TEXT_WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _on_one_line(words: str) -> str:
    """Squeeze white space, so that no value can start a header of its own."""
    return " ".join(words.split())


def _way_out(email: OutgoingEmail, kind: MailKind) -> str:
    if not kind.is_optional or email.recipient_id is None:
        return ""
    return unsubscribe_link(email.recipient_id, kind.name)
