"""Measures one page: queries, size, and CPU a request."""

from dataclasses import dataclass
from http import HTTPStatus
from statistics import median

from portal.ops.bench.server import Answer, WebServer

WARM_UP = 20
ROUNDS = 5


class PageFailed(RuntimeError):
    """A page of the bench did not answer as it should."""


@dataclass(frozen=True)
class Cost:
    """What one request to a page costs: CPU of web server and database in milliseconds."""

    queries: int
    cpu_ms: float
    html_bytes: int


def cost_of(server: WebServer, path: str, *, cookie: str, requests: int = 60) -> Cost:
    """Return the median cost of a page over some rounds of requests, after a warm-up."""
    answer = _asked(server, path, cookie)
    for _ in range(WARM_UP):
        _asked(server, path, cookie)
    rounds = []
    for _ in range(ROUNDS):
        before = server.cpu_seconds()
        for _ in range(requests):
            _asked(server, path, cookie)
        rounds.append((server.cpu_seconds() - before) / requests * 1000)
    return Cost(answer.queries, median(rounds), len(answer.body))


def _asked(server: WebServer, path: str, cookie: str) -> Answer:
    answer = server.request(path, cookie=cookie)
    if answer.status != HTTPStatus.OK:
        raise PageFailed(f"{path} answered {answer.status}.")
    return answer
