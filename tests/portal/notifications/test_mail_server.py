"""What a mail server says, or leaves unsaid, tells what became of a mail."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from portal.notifications.mail_server import (
    DeliveryError,
    MailServer,
    MaybeDelivered,
    Refused,
    ServerAway,
    TryLater,
)

HANGS_UP = ""


class ScriptedServer(socketserver.ThreadingTCPServer):
    """Speaks SMTP and answers as told: by verb, "hello" for the greeting, "." for a whole mail."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers: dict[str, str] = {}
        self.conversations = 0
        self.mails: list[bytes] = []


class Conversation(socketserver.StreamRequestHandler):
    """One connection; an empty answer ends it."""

    server: ScriptedServer

    def handle(self) -> None:
        self.server.conversations += 1
        if not self.say("hello", "220 Hello"):
            return
        while line := self.rfile.readline():
            verb = line[:4].decode().strip().upper()
            if not self.say(verb, "354 Go on" if verb == "DATA" else "250 Fine"):
                return
            if verb == "DATA" and not self.take_mail():
                return

    def say(self, what: str, usually: str) -> bool:
        answer = self.server.answers.get(what, usually)
        self.wfile.write(f"{answer}\r\n".encode() if answer else b"")
        return bool(answer)

    def take_mail(self) -> bool:
        if not self.server.answers.get("DATA", "354").startswith("354"):
            return True
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.server.mails.append(b"".join(lines))
        return self.say(".", "250 Taken")


@pytest.fixture
def server(settings: Settings) -> Iterator[ScriptedServer]:
    """A mail server to which this test gives its lines."""
    with ScriptedServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def message(text: str = "A quiet word.\n") -> EmailMessage:
    """Return a mail to Priya."""
    return EmailMessage("Hello", text, "Attune <hello@attune.example>", ["priya@demo.example"])


@pytest.mark.parametrize(
    ("moment", "answer", "outcome"),
    [
        ("hello", "554 Not you", ServerAway),
        ("hello", "421 Too busy", ServerAway),
        ("hello", HANGS_UP, ServerAway),
        ("MAIL", "550 Who are you", TryLater),
        ("MAIL", "421 Closing", TryLater),
        ("MAIL", HANGS_UP, TryLater),
        ("RCPT", "450 Greylisted", TryLater),
        ("RCPT", "550 No such person", Refused),
        ("RCPT", HANGS_UP, TryLater),
        ("DATA", "451 Not now", TryLater),
        ("DATA", "554 Never", Refused),
        (".", "452 The disk is full", TryLater),
        (".", "552 Too long", Refused),
        (".", HANGS_UP, MaybeDelivered),
    ],
)
def test_every_answer_means_one_thing(
    server: ScriptedServer, moment: str, answer: str, outcome: type[DeliveryError]
) -> None:
    server.answers[moment] = answer

    with MailServer() as mail_server, pytest.raises(DeliveryError) as caught:
        mail_server.send(message())

    assert type(caught.value) is outcome
    if answer:
        assert str(caught.value) == answer


def test_after_a_refusal_the_next_mail_goes_over_the_same_connection(
    server: ScriptedServer,
) -> None:
    with MailServer() as mail_server:
        server.answers["RCPT"] = "550 No such person"
        with pytest.raises(Refused):
            mail_server.send(message())
        server.answers.clear()
        mail_server.send(message())

    assert (server.conversations, len(server.mails)) == (1, 1)


def test_after_a_connection_broke_off_the_next_mail_opens_another(
    server: ScriptedServer,
) -> None:
    with MailServer() as mail_server:
        server.answers["."] = HANGS_UP
        with pytest.raises(MaybeDelivered):
            mail_server.send(message())
        server.answers.clear()
        mail_server.send(message())

    assert (server.conversations, len(server.mails)) == (2, 2)


def test_a_line_with_a_single_dot_does_not_end_the_mail(server: ScriptedServer) -> None:
    with MailServer() as mail_server:
        mail_server.send(message("Before\n.\nAfter\n"))

    assert server.mails[0].endswith(b"\r\n\r\nBefore\r\n..\r\nAfter\r\n")


def test_a_port_where_nobody_listens_is_a_server_that_is_away(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with MailServer() as mail_server, pytest.raises(ServerAway, match="refused"):
        mail_server.send(message())
