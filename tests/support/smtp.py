"""A real SMTP server for tests of mail, which also refuses and hangs up on request."""

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_HOST = "127.0.0.1"


@dataclass
class MailServer:
    """What it got is in `messages`; set an answer such as "550 No such person" to refuse.

    `hangs_up_after_data` accepts the mail and then closes the connection before saying so;
    `dawdles_seconds` is how long it takes between the two.
    """

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answer_to_recipient: str = ""
    answer_to_data: str = ""
    hangs_up_after_data: bool = False
    dawdles_seconds: float = 0
    port: int = 0
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        """The address, as EMAIL_URL has it."""
        return f"smtp://{_HOST}:{self.port}"

    def start(self) -> Self:
        """Listen on a free port."""
        with socket.socket() as probe:
            probe.bind((_HOST, 0))
            self.port = probe.getsockname()[1]
        self._controller = Controller(_Conversation(self), hostname=_HOST, port=self.port)
        self._controller.start()
        return self

    def stop(self) -> None:
        """Stop listening."""
        if self._controller:
            self._controller.stop()

    def forget(self) -> None:
        """Be as new: no mail, and nothing is refused."""
        self.messages.clear()
        self.envelopes.clear()
        self.answer_to_recipient = self.answer_to_data = ""
        self.hangs_up_after_data = False
        self.dawdles_seconds = 0


class _Conversation:
    """aiosmtpd's hooks: their names and arguments are the library's."""

    def __init__(self, mail_server: MailServer) -> None:
        self._mail_server = mail_server

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._mail_server.answer_to_recipient:
            return self._mail_server.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail_server = self._mail_server
        if mail_server.answer_to_data:
            return mail_server.answer_to_data
        content = envelope.content or b""
        assert isinstance(content, bytes)
        message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
        mail_server.messages.append(message)
        mail_server.envelopes.append(envelope)
        await asyncio.sleep(mail_server.dawdles_seconds)
        if mail_server.hangs_up_after_data and server.transport:
            server.transport.abort()
        return "250 OK"
