"""The connection to the mail server, with answers that tell what became of a mail."""

import contextlib
import smtplib
from email.utils import parseaddr
from types import TracebackType
from typing import Self, cast

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

_PERMANENT = 500
_ACCEPTED = range(200, 300)
_CLOSING = 421

Answer = tuple[int, bytes]


class DeliveryError(Exception):
    """A mail was not handed over; `str(error)` is what the mail server, or the network, said."""


class ServerAway(DeliveryError):
    """No mail server answers, or it will not let us in. Not the fault of any one mail."""


class TryLater(DeliveryError):
    """The server did not take this mail now; it has not been delivered."""


class Refused(DeliveryError):
    """The server will never take this mail, or knows no such recipient."""


class MaybeDelivered(DeliveryError):
    """The connection broke off after the mail was handed over: nobody knows."""


class MailServer:
    """One SMTP connection, opened for the first mail and kept for the next ones."""

    def __init__(self) -> None:
        self._backend = EmailBackend()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def send(self, message: EmailMessage) -> None:
        """Hand over one message to its one recipient.

        Raises:
            DeliveryError: one of the four above.
        """
        connection = self._connect()
        content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's
        try:
            self._require(connection.mail(_bare(message.from_email)), if_never=TryLater)
            self._require(connection.rcpt(_bare(message.to[0])), if_never=Refused)
        except OSError as error:
            self._hang_up()
            raise TryLater(_said(error)) from error
        try:
            answer = connection.data(content)
        except smtplib.SMTPDataError as error:  # it did not even want to begin
            answer = (error.smtp_code, _bytes(error.smtp_error))
        except OSError as error:
            self._hang_up()
            raise MaybeDelivered(_said(error)) from error
        self._require(answer, if_never=Refused)

    def _connect(self) -> smtplib.SMTP:
        try:
            self._backend.open()
            connection = cast(smtplib.SMTP, self._backend.connection)
            connection.ehlo_or_helo_if_needed()
        except OSError as error:  # which smtplib's own errors are, too
            self._hang_up()
            raise ServerAway(_said(error)) from error
        return connection

    def _require(self, answer: Answer, *, if_never: type[DeliveryError]) -> None:
        code, words = answer
        if code in _ACCEPTED:
            return
        self._begin_anew(code)
        error = if_never if code >= _PERMANENT else TryLater
        raise error(_sentence(code, words))

    def _begin_anew(self, code: int) -> None:
        """Make the connection fit for the next mail, or give it up."""
        if code != _CLOSING and self._backend.connection:
            with contextlib.suppress(OSError):
                self._backend.connection.rset()
                return
        self._hang_up()

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._backend.close()


def _bare(address: str) -> str:
    return parseaddr(sanitize_address(address, "utf-8"))[1]


def _said(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _sentence(error.smtp_code, _bytes(error.smtp_error))
    return str(error) or type(error).__name__


def _sentence(code: int, words: bytes) -> str:
    return f"{code} {words.decode(errors='replace')}".strip()


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words
