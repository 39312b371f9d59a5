"""Measures a whole attempt at a quiz of ten questions, each answer saved on its own.

Over the real web server, as an agent's browser takes it: press "Begin", get each question, answer
it, go wherever the server leads, finish, and look at the result. Whatever the browser would ask
for is asked for, and all of it counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from statistics import median
from urllib.parse import urlencode

from courses.models import Activity
from portal.ops.bench.cpu import seconds_between
from portal.ops.bench.measure import BARE_REQUESTS, PageFailed, Probe
from portal.ops.bench.server import WebServer, web_server
from portal.ops.bench.take import BARE_BACKEND, BARE_SETTINGS, SETTINGS, cookie_of
from portal.ops.bench.ten_questions import QUESTIONS, publish_ten_questions
from portal.people.models import User

QUERIES_BAR, RATIO_BAR = 110, 28.0
_TAKERS, _WARM_UP = 25, 10
_TOKEN = "b" * 32
_LED_ON = (HTTPStatus.FOUND, HTTPStatus.NO_CONTENT)
_FORM = r'action="([^"]*/{step}/)"'
_FIELD = r'name="{name}" value="([^"]*)"'


@dataclass(frozen=True)
class AttemptCost:
    """What an attempt costs: queries, CPU in milliseconds, and that as often the bare page.

    Each attempt is held against a round of the bare page just before it, as every page is.
    """

    requests: int
    queries: int
    cpu_ms: float
    ratio: float


def attempt_cost(env: Mapping[str, str], database_pid: int) -> AttemptCost:
    """Let some agents of the scale database take the quiz, and return the median cost."""
    quiz = publish_ten_questions("attempt")
    agents = User.objects.filter(email__startswith="agent-").order_by("pk")[:_TAKERS]
    bare_cookie = cookie_of(agents[0].email, backend=BARE_BACKEND)
    with (
        web_server(BARE_SETTINGS, env, database_pid=database_pid) as bare_server,
        web_server(SETTINGS, env, database_pid=database_pid) as server,
    ):
        bare = Probe(bare_server, "/bare/", bare_cookie)
        bare.warm_up()
        taken = [_measured(_Browser(server, agent), quiz, bare) for agent in agents][_WARM_UP:]
    return AttemptCost(
        requests=max(one.requests for one in taken),
        queries=max(one.queries for one in taken),
        cpu_ms=median(one.cpu_ms for one in taken),
        ratio=median(one.ratio for one in taken),
    )


def print_attempt(cost: AttemptCost) -> None:
    """Print the figures beside their bars."""
    print("\nA whole attempt at ten questions: begin, see and answer each, finish, result.")
    print(f"{'requests':<34}{cost.requests:>9}")
    print(f"{'queries':<34}{cost.queries:>9}  bar {QUERIES_BAR}")
    print(f"{'CPU ms':<34}{cost.cpu_ms:>9.1f}")
    print(f"{'times the bare page':<34}{cost.ratio:>9.1f}  bar {RATIO_BAR:.0f}")


def misses(cost: AttemptCost) -> list[str]:
    """Say which bars are missed, and by how much."""
    missed = []
    if cost.queries > QUERIES_BAR:
        missed.append(f"an attempt takes {cost.queries} queries, not {QUERIES_BAR}")
    if cost.ratio > RATIO_BAR:
        missed.append(f"an attempt takes {cost.ratio:.1f} bare pages, not {RATIO_BAR:.0f}")
    return missed


def _measured(browser: "_Browser", quiz: Activity, bare: Probe) -> AttemptCost:
    bare_ms = bare.round(BARE_REQUESTS)
    before = browser.server.cpu_of_each()
    browser.take(quiz)
    cpu_ms = seconds_between(before, browser.server.cpu_of_each()) * 1000
    return AttemptCost(browser.requests, browser.queries, cpu_ms, cpu_ms / bare_ms)


class _Browser:
    """An agent's browser at the quiz, over the one connection of the server."""

    def __init__(self, server: WebServer, agent: User) -> None:
        self.server = server
        self.requests = self.queries = 0
        self._cookie = f"{cookie_of(agent.email)}; csrftoken={_TOKEN}"

    def take(self, quiz: Activity) -> None:
        """Take it from the beginning to the result, two answers of ten wrong."""
        page = self._ask(f"/activities/{quiz.pk}/start/", {})
        for number in range(1, QUESTIONS + 1):
            sent = {name: _found(_FIELD.format(name=name), page) for name in ("seq", "item")}
            option = "A" if number % 5 else "B"
            page = self._ask(_found(_FORM.format(step="answer"), page), sent | {"option": option})
        self._ask(_found(_FORM.format(step="finish"), page), {})

    def _ask(self, path: str, sent: Mapping[str, str] | None = None) -> str:
        """Return the page behind a form that is sent, or behind an address."""
        body = None if sent is None else urlencode(sent)
        answer = self.server.request(path, cookie=self._cookie, body=body, token=_TOKEN)
        self.requests += 1
        self.queries += answer.queries
        if answer.status in _LED_ON:
            return self._ask(answer.headers.get("location") or answer.headers["x-go-to"])
        if answer.status != HTTPStatus.OK:
            raise PageFailed(f"{path} answered {answer.status}.")
        return answer.body.decode()


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise PageFailed(f"A page of the quiz has no {pattern}.")
    return unescape(found[1])
