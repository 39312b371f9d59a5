"""What people find in their mailbox: the mails that reached the SMTP server, and their links."""

import re
from email.message import EmailMessage
from urllib.parse import urlsplit

from portal.ops.processes import wait_until
from tests.support.smtp import MailServer

_LINK = re.compile(r"http://testserver(\S*)")
_PATIENCE_SECONDS = 30


def mails_to(mail_server: MailServer, address: str) -> list[EmailMessage]:
    """Return the mails that have arrived for somebody, in the order of their arrival."""
    return [mail for mail in mail_server.messages if mail["To"].addresses[0].addr_spec == address]


def wait_for_mail(mail_server: MailServer, address: str, *, number: int = 1) -> EmailMessage:
    """Wait for the first mail to somebody, or a later one, and return it."""
    arrived = wait_until(
        lambda: len(mails_to(mail_server, address)) >= number, seconds=_PATIENCE_SECONDS
    )
    assert arrived, f"Mail {number} to {address} has not arrived."
    return mails_to(mail_server, address)[number - 1]


def text_of(mail: EmailMessage) -> str:
    """Return what the plain-text twin says."""
    return _part(mail, "plain")


def html_of(mail: EmailMessage) -> str:
    """Return what the HTML part says."""
    return _part(mail, "html")


def first_path_in(mail: EmailMessage) -> str:
    """Return where the button of a mail leads: the first link of its plain text."""
    found = _LINK.search(text_of(mail))
    assert found, text_of(mail)
    return found[1]


def path_of(link: str) -> str:
    """Return a link without the site, as a page of these tests opens it."""
    return urlsplit(link.strip(" <>")).path


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content
