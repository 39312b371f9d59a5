"""Measures one page in turn with the bare page: queries, size, and CPU a request."""

from dataclasses import dataclass, field
from http import HTTPStatus
from statistics import median

from portal.ops.bench.cpu import seconds_between
from portal.ops.bench.server import Answer, WebServer

WARM_UP = 25
ROUNDS = 7
REQUESTS, BARE_REQUESTS = 50, 60


class PageFailed(RuntimeError):
    """A page of the bench did not answer as it should."""


@dataclass(frozen=True)
class Cost:
    """What one request to a page costs: CPU of web server and database, and as often the bare one.

    Each round is held against one of the bare page just before it, because the same work takes
    half as long again on a machine that is busy with something else.
    """

    queries: int
    cpu_ms: float
    ratio: float
    html_bytes: int


@dataclass
class Probe:
    """A page on a running web server, asked again and again."""

    server: WebServer
    path: str
    cookie: str
    rounds_ms: list[float] = field(default_factory=list)

    def warm_up(self) -> Answer:
        """Ask until everything that is kept is there: PostgreSQL plans a statement five times."""
        return [self._asked() for _ in range(WARM_UP)][-1]

    def round(self, requests: int) -> float:
        """Return the CPU milliseconds of a request, from so many."""
        before = self.server.cpu_of_each()
        for _ in range(requests):
            self._asked()
        spent = seconds_between(before, self.server.cpu_of_each())
        self.rounds_ms.append(spent / requests * 1000)
        return self.rounds_ms[-1]

    def _asked(self) -> Answer:
        answer = self.server.request(self.path, cookie=self.cookie)
        if answer.status != HTTPStatus.OK:
            raise PageFailed(f"{self.path} answered {answer.status}.")
        return answer


def cost_of(page: Probe, bare: Probe) -> Cost:
    """Return the median cost of a page over some rounds, each in turn with the bare page."""
    answer = page.warm_up()
    ratios = []
    for _ in range(ROUNDS):
        once = bare.round(BARE_REQUESTS)
        ratios.append(page.round(REQUESTS) / once)
    return Cost(answer.queries, median(page.rounds_ms), median(ratios), len(answer.body))
