"""Measures a whole attempt at a quiz of ten questions, each answer saved on its own.

Over the real web server, as an agent's browser sends it: begin, ten answers, finish, and look at
the result. What it costs also to look at each question before is measured apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from statistics import median
from urllib.parse import urlencode

from assessments.models import Attempt
from assessments.queries.quiz_taken import quiz_taken
from courses.models import Activity
from portal.ops.bench.cpu import seconds_between
from portal.ops.bench.measure import PageFailed
from portal.ops.bench.server import Answer, WebServer, web_server
from portal.ops.bench.take import BARE_BACKEND, bare_cost, cookie_of
from portal.ops.bench.ten_questions import publish_ten_questions
from portal.people.models import User

QUERIES_BAR, RATIO_BAR = 110, 28.0
_TAKERS, _WARM_UP = 20, 5
_TOKEN = "b" * 32


@dataclass(frozen=True)
class AttemptCost:
    """Queries, CPU in milliseconds, and that as a ratio to the bare page; pages in between too.

    `page_queries` and `page_ratio` are what looking at the ten questions adds.
    """

    queries: int
    cpu_ms: float
    ratio: float
    page_queries: int
    page_ratio: float


def attempt_cost(env: Mapping[str, str], database_pid: int) -> AttemptCost:
    """Let some agents of the scale database take the quiz, and return the median cost."""
    quiz = publish_ten_questions("attempt")
    agents = User.objects.filter(email__startswith="agent-").order_by("pk")[:_TAKERS]
    bare_cookie = cookie_of(agents[0].email, backend=BARE_BACKEND)
    bare_ms = bare_cost(env, database_pid, bare_cookie).cpu_ms
    settings = "portal.ops.bench.counted_settings"
    with web_server(settings, env, database_pid=database_pid) as server:
        takers = [_Taker(server, agent, quiz).take() for agent in agents][_WARM_UP:]
    cpu_ms = median(one.own.cpu_ms for one in takers)
    return AttemptCost(
        queries=max(one.own.queries for one in takers),
        cpu_ms=cpu_ms,
        ratio=cpu_ms / bare_ms,
        page_queries=max(one.pages.queries for one in takers),
        page_ratio=median(one.pages.cpu_ms for one in takers) / bare_ms,
    )


def print_attempt(cost: AttemptCost) -> None:
    """Print the figures beside their bars."""
    print("\nA whole attempt at ten questions: begin, ten answers, finish, result.")
    print(f"{'queries':<34}{cost.queries:>9}  bar {QUERIES_BAR}")
    print(f"{'CPU ms':<34}{cost.cpu_ms:>9.1f}")
    print(f"{'times the bare page':<34}{cost.ratio:>9.1f}  bar {RATIO_BAR:.0f}")
    print(
        f"Looking at each question adds {cost.page_queries} queries, {cost.page_ratio:.1f} times."
    )


def misses(cost: AttemptCost) -> list[str]:
    """Say which bars are missed, and by how much."""
    missed = []
    if cost.queries > QUERIES_BAR:
        missed.append(f"an attempt takes {cost.queries} queries, not {QUERIES_BAR}")
    if cost.ratio > RATIO_BAR:
        missed.append(f"an attempt takes {cost.ratio:.1f} bare pages, not {RATIO_BAR:.0f}")
    return missed


@dataclass
class _Sum:
    """What some requests came to."""

    queries: int = 0
    cpu_ms: float = 0.0


class _Taker:
    """One agent at the quiz, over the one connection of the server."""

    def __init__(self, server: WebServer, agent: User, quiz: Activity) -> None:
        self.own, self.pages = _Sum(), _Sum()
        self._server, self._agent, self._quiz = server, agent, quiz
        self._cookie = f"{cookie_of(agent.email)}; csrftoken={_TOKEN}"
        self._so_far = server.cpu_of_each()

    def take(self) -> "_Taker":
        """Take it from the beginning to the result, two answers of ten wrong."""
        self._post(f"/activities/{self._quiz.pk}/start/")
        attempts = Attempt.objects.select_related("revision", "key_revision")
        attempt = attempts.get(user=self._agent, activity=self._quiz)
        base = f"/attempts/{attempt.pk}"
        for number, item in enumerate(quiz_taken(attempt).items, 1):
            page = f"{base}/quiz/{number}/"
            self._open(page, self.pages)
            option = "A" if number % 5 else "B"
            self._post(f"{page}answer/", {"seq": number, "item": item.id, "option": option})
        self._post(f"{base}/finish/")
        self._open(f"{base}/results/", self.own)
        return self

    def _open(self, path: str, into: _Sum) -> None:
        self._add(path, self._server.request(path, cookie=self._cookie), into)

    def _post(self, path: str, sent: Mapping[str, object] | None = None) -> None:
        body = urlencode(sent or {})
        answer = self._server.request(path, cookie=self._cookie, body=body, token=_TOKEN)
        self._add(path, answer, self.own)

    def _add(self, path: str, answer: Answer, into: _Sum) -> None:
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND):
            raise PageFailed(f"{path} answered {answer.status}.")
        now = self._server.cpu_of_each()
        into.queries += answer.queries
        into.cpu_ms += seconds_between(self._so_far, now) * 1000
        self._so_far = now
