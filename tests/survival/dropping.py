"""People on a bad line: their connection breaks before, while or after an answer is sent."""

import random
import socket
import struct
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection
from urllib.parse import urlencode

_TIMEOUT_SECONDS = 60
_MOST_TRIES = 20
_TOKEN = "t" * 32


class Fate(StrEnum):
    """What becomes of a request."""

    ANSWERED = "answered"
    CUT_WHILE_SENDING = "cut while sending"
    CUT_AFTER_SENDING = "cut after sending"
    RESET_AFTER_SENDING = "reset after sending"


@dataclass(frozen=True)
class Reply:
    """What the server said to a request that was answered."""

    status: int


@dataclass
class BadLine:
    """One person's way to the server; one request in `1 / share_cut` is cut off, drawn by lot."""

    port: int
    session: str
    chance: random.Random
    share_cut: float
    fates: Counter[Fate] = field(default_factory=Counter)

    def post_until_answered(self, path: str, fields: dict[str, str]) -> Reply:
        """Send a form again and again, unchanged, until the server has answered it."""
        for _ in range(_MOST_TRIES):
            if reply := self._post(path, fields):
                return reply
        raise AssertionError(f"No answer in {_MOST_TRIES} tries")

    def _post(self, path: str, fields: dict[str, str]) -> Reply | None:
        fate = self._draw()
        self.fates[fate] += 1
        body = urlencode(fields)
        if fate is Fate.ANSWERED:
            return self._ask(path, body)
        request = self._raw(path, body)
        if fate is Fate.CUT_WHILE_SENDING:
            request = request[: self.chance.randrange(1, len(request))]
        with socket.create_connection(("127.0.0.1", self.port), _TIMEOUT_SECONDS) as line:
            if fate is Fate.RESET_AFTER_SENDING:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(request)
        return None

    def _draw(self) -> Fate:
        if self.chance.random() >= self.share_cut:
            return Fate.ANSWERED
        return self.chance.choice([one for one in Fate if one is not Fate.ANSWERED])

    def _ask(self, path: str, body: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request("POST", path, body, self._headers)
            response = connection.getresponse()
            response.read()
            return Reply(response.status)
        finally:
            connection.close()

    def _raw(self, path: str, body: str) -> bytes:
        headers = {"Host": f"127.0.0.1:{self.port}", "Content-Length": len(body)} | self._headers
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", body]).encode()

    @property
    def _headers(self) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={_TOKEN}",
            "X-CSRFToken": _TOKEN,
            "X-Requested-With": "fetch",
        }
