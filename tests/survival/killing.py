"""Kills the parts of a site with -9, one after the other, and counts whom it has killed."""

import logging
import random
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg2

from portal.notifications.actions.claiming import LEASE
from portal.ops.processes import command_line, wait_until
from tests.survival.site import Site, children_of, end_now

logger = logging.getLogger(__name__)

_RECOVERY_SECONDS = 120
_MOST_BETWEEN = 4
_END_CLAIMS = """
UPDATE notifications_outgoingemail SET claimed_until = now()
WHERE claimed_until > now() AND claimed_until <= %s
"""


@dataclass
class Killer:
    """Kills what it is told to, once that does its work again and all have gone on a little.

    `answers` and `mails` say how many answers were acknowledged and how many mails came so far.
    """

    site: Site
    chance: random.Random
    answers: Callable[[], int]
    mails: Callable[[], int]
    kills: Counter[str] = field(default_factory=Counter)
    senders: int = 0
    _no_sender_since: datetime = field(default_factory=lambda: datetime.now(UTC))

    def kill_all_in_turn(self) -> None:
        """Kill each part once, in an order left to chance."""
        parts: list[Callable[[], None]] = [
            self.kill_web,
            self.kill_one_web_process,
            self.kill_worker,
            self.kill_one_sender,
            self.kill_database,
            self.kill_broker,
        ]
        self.chance.shuffle(parts)
        for kill in parts:
            kill()

    def kill_web(self) -> None:
        """Kill gunicorn's first process; the supervisor ends the others."""
        self._wait_for("web", self.site.serves_pages)
        self._kill("web", self.site.pid_of_web())

    def kill_one_web_process(self) -> None:
        """Kill one of the processes that answer."""
        self._wait_for("web", self.site.serves_pages)
        self._kill("web process", self._one_of(children_of(self.site.pid_of_web())))

    def kill_database(self) -> None:
        """Kill PostgreSQL's first process."""
        self._wait_for("database", self.site.has_database)
        self._kill("database", self.site.pid_of_database())

    def kill_broker(self) -> None:
        """Kill Valkey."""
        self._wait_for("broker", self.site.has_broker)
        self._kill("broker", self.site.pid_of_broker())

    def kill_one_sender(self) -> None:
        """Kill one of the worker's children."""
        self._wait_for("worker", self.site.has_senders)
        if self._kill("sender", self._one_of(children_of(self.site.pid_of_worker()))):
            self.senders += 1

    def kill_worker(self) -> None:
        """Kill the worker with its children, and let the time pass that their claims last.

        A claim lasts five minutes, for which no test can wait. Whoever made those that were made
        before this moment is dead, so that nobody's claim is taken from under them.
        """
        self._wait_for("worker", self.site.has_senders)
        worker = self.site.pid_of_worker()
        senders = children_of(worker)
        self._kill("worker", worker)
        self.senders += sum(map(end_now, senders))
        assert wait_until(lambda: not any(map(command_line, senders)), seconds=_RECOVERY_SECONDS)
        self._no_sender_since = datetime.now(UTC)
        assert wait_until(self._could_end_claims, seconds=_RECOVERY_SECONDS)

    def end_claims_of_the_dead(self) -> None:
        """Let the claims end that were made before the whole worker was killed last."""
        with closing(self.site.connect()) as connection, connection:
            connection.cursor().execute(_END_CLAIMS, [self._no_sender_since + LEASE])

    def _could_end_claims(self) -> bool:
        try:
            self.end_claims_of_the_dead()
        except psycopg2.Error:
            return False
        return True

    def _wait_for(self, part: str, is_back: Callable[[], bool]) -> None:
        assert wait_until(is_back, seconds=_RECOVERY_SECONDS), f"The {part} did not come back"
        for progress in (self.mails, self.answers):
            enough = progress() + self.chance.randint(1, _MOST_BETWEEN)
            has_gone_on = wait_until(lambda: progress() >= enough, seconds=_RECOVERY_SECONDS)  # noqa: B023  (called before the next turn)
            assert has_gone_on, f"The {part} is back, but work stands still: {self.site.errors()}"

    def _one_of(self, pids: list[int]) -> int | None:
        return self.chance.choice(pids) if pids else None

    def _kill(self, part: str, pid: int | None) -> bool:
        was_there = pid is not None and end_now(pid)
        logger.info("Killed: %s %s", part, pid)
        self.kills[part] += was_there
        return was_there
