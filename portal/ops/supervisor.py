"""Keeps a handful of processes running, and ends them all together."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from portal.ops.files import read_json, write_private
from portal.ops.processes import command_line, open_log, signal_group, spawn, wait_until

GRACE_SECONDS = 15.0
_TICK_SECONDS = 0.2
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0
# Who has lived for so long was well; who ends sooner may have a fault that comes back at once.
_LONG_LIFE_SECONDS = 10.0


class Service(Protocol):
    """What a supervisor needs of a process that it keeps running."""

    name: str

    def start(self) -> object:
        """Start it; raises RuntimeError or OSError when that does not work."""

    def poll(self) -> int | None:
        """Return the exit code once it has ended, None while it runs."""


class Server(Service, Protocol):
    """A service that others depend on, so that it is stopped last."""

    def stop(self) -> None:
        """End it in good order, and return when it has ended."""


@dataclass
class CommandProcess:
    """A command in a process group of its own, with its output in a log file."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    log_path: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _code: int = 0

    @property
    def pid(self) -> int | None:
        """The id of the process, which is also the id of its group."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the command."""
        with open_log(self.log_path) as log:
            self._process = spawn(self.command, env=self.env, cwd=self.cwd, output=log)

    def poll(self) -> int | None:
        """Return the exit code once it has ended, None while it runs."""
        if self._process and (code := self._process.poll()) is not None:
            signal_group(self._process.pid, signal.SIGKILL)  # whom it has left behind
            self._process, self._code = None, code
        return None if self._process else self._code

    def has_ended(self) -> bool:
        """Say whether the process has come to its end."""
        return self.poll() is not None

    def ask_to_stop(self) -> None:
        """Send SIGTERM and return at once.

        Only the first process of the group gets it: it ends its own children in good order, and a
        Celery child that got the signal itself would drop the task it is working on.
        """
        if self._process:
            self._process.terminate()

    def kill_group(self) -> None:
        """Kill the whole group, if it still runs."""
        if self._process:
            signal_group(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@dataclass
class _Watch:
    """One service and when it may be started next."""

    service: Service
    started_at: float = 0.0
    pause: float = _FIRST_PAUSE_SECONDS
    start_at: float = 0.0
    is_up: bool = False


class Supervisor:
    """Starts services, restarts those that end, stops all: commands together, servers after."""

    def __init__(
        self,
        servers: Sequence[Server],
        commands: Sequence[CommandProcess],
        *,
        record: Path,
        say: Callable[[str], None],
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        """Watch `servers` (running already) and `commands`, and tell `say` what happens.

        `record` is the file in which the next run finds whom this one left behind; after
        `grace_seconds` a command that was asked to stop is killed.
        """
        self._servers = servers
        self._commands = commands
        self._record = record
        self._say = say
        self._grace_seconds = grace_seconds
        self._is_stopping = False

    def run(self, on_tick: Callable[[], None]) -> None:
        """Start the commands and keep all alive until SIGINT, SIGTERM or SIGHUP; then stop all."""
        now = time.monotonic()
        watches = [_Watch(server, started_at=now, is_up=True) for server in self._servers]
        watches += [_Watch(command) for command in self._commands]
        with _on_stop_signals(self._request_stop):
            try:
                while not self._is_stopping:
                    for watch in watches:
                        self._look_after(watch)
                    on_tick()
                    time.sleep(_TICK_SECONDS)
            finally:
                self._stop_all()

    def _request_stop(self) -> None:
        self._is_stopping = True

    def _look_after(self, watch: _Watch) -> None:
        now = time.monotonic()
        if watch.is_up and (code := watch.service.poll()) is not None:
            self._plan_restart(watch, code, now)
        if not watch.is_up and now >= watch.start_at and not self._is_stopping:
            self._start(watch)

    def _plan_restart(self, watch: _Watch, code: int, now: float) -> None:
        watch.is_up = False
        if now - watch.started_at > _LONG_LIFE_SECONDS:
            watch.pause = _FIRST_PAUSE_SECONDS
        watch.start_at = now + watch.pause
        self._say(f"{watch.service.name} ended ({_words_for(code)}). Starting it again.")
        watch.pause = min(watch.pause * 2, _LONGEST_PAUSE_SECONDS)

    def _start(self, watch: _Watch) -> None:
        watch.started_at = time.monotonic()
        try:
            watch.service.start()
        except (RuntimeError, OSError) as error:
            self._say(str(error))
            watch.start_at = time.monotonic() + watch.pause
            watch.pause = min(watch.pause * 2, _LONGEST_PAUSE_SECONDS)
            return
        watch.is_up = True
        self._write_record()

    def _stop_all(self) -> None:
        for command in self._commands:
            command.ask_to_stop()
        until = time.monotonic() + self._grace_seconds
        for command in self._commands:
            wait_until(command.has_ended, seconds=until - time.monotonic())
            command.kill_group()
        for server in reversed(self._servers):
            server.stop()
        self._record.unlink(missing_ok=True)

    def _write_record(self) -> None:
        running = {str(c.pid): " ".join(c.command) for c in self._commands if c.pid}
        write_private(self._record, json.dumps(running))


def end_leftovers(record: Path) -> int:
    """End the commands that an earlier run left behind; return how many there were."""
    wanted: dict[str, str] = read_json(record)
    alive = [int(pid) for pid, line in wanted.items() if command_line(int(pid)) == line]

    def still_there() -> list[int]:
        return [pid for pid in alive if command_line(pid) == wanted[str(pid)]]

    for pid in alive:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not still_there(), seconds=GRACE_SECONDS)
    for pid in still_there():
        signal_group(pid, signal.SIGKILL)
    wait_until(lambda: not still_there(), seconds=GRACE_SECONDS)
    record.unlink(missing_ok=True)
    return len(alive)


@contextmanager
def _on_stop_signals(request_stop: Callable[[], None]) -> Iterator[None]:
    signals = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    # `nohup` asks that the terminal's end is ignored.
    chosen = [number for number in signals if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, lambda *_: request_stop()) for number in chosen}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _words_for(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with code {code}"
