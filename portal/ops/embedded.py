"""What an embedded server process needs whatever it serves: a lock, a port, a start and an end."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from portal.ops.processes import (
    command_line,
    end_process,
    free_port,
    open_log,
    spawn,
    wait_until,
)

BARE_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}
_RETRY_SECONDS = 10.0
_READY_SECONDS = 120.0
_PAUSE_SECONDS = 0.2


class ServerError(RuntimeError):
    """An embedded server cannot run; the sentence says what to do about it."""


class EmbeddedServer:
    """One server process on 127.0.0.1 with its data in a folder; start, stop and start again."""

    name: str
    usual_port: int
    death_signal = signal.SIGTERM
    stop_steps: Sequence[tuple[signal.Signals, float]]

    def __init__(self, data_dir: Path, *, durable: bool = True, port: int | None = None) -> None:
        """Keep data in `data_dir`; without `durable`, trade its safety for speed (tests only).

        `port` is the wish; another one is taken when it is busy, and kept from then on.
        """
        self.data_dir = Path(data_dir).absolute()
        self.durable = durable
        self.port: int | None = None
        self._wished_port = port
        self._port_is_kept = False
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """The address for clients, with user and password."""
        raise NotImplementedError

    @property
    def pid(self) -> int | None:
        """The process's id, or None when it does not run."""
        return self._process.pid if self._process and self.poll() is None else None

    @property
    def log_path(self) -> Path:
        """The file with what the server says."""
        return self.data_dir / "server.log"

    @property
    def kept_in(self) -> Path:
        """The folder with the data themselves, known once it has started."""
        return self.data_dir

    def start(self) -> Self:
        """Start the server and wait until it answers; safe to repeat while it runs.

        Raises:
            ServerError: it cannot run here, or another process uses the data.
        """
        if self.pid:
            return self
        self._take_lock()
        try:
            self._prepare()
            self._end_leftover()
            self._start_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def poll(self) -> int | None:
        """Return the exit code once the process has ended, None while it runs."""
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        """End the server in good order, and let another process use the data."""
        if pid := self.pid:
            end_process(pid, lambda: self.poll() is not None, self.stop_steps)
        self._process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """End the server as a power cut would; `start` brings it back."""
        if self._process and self.pid:
            self._process.kill()
            self._process.wait()

    def wipe(self) -> None:
        """Stop the server and delete its data."""
        self.stop()
        shutil.rmtree(self.data_dir, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # What each kind of server answers for itself

    def _prepare(self) -> None:
        raise NotImplementedError

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _account(self) -> tuple[int, int] | None:
        return None

    def _is_ready(self) -> bool:
        raise NotImplementedError

    def _pid_file(self) -> Path:
        raise NotImplementedError

    def _mark(self) -> str:
        """The part of the command line that only a process over these data has."""
        raise NotImplementedError

    # What they share

    def _take_lock(self) -> None:
        if self._lock:
            return
        self.data_dir.mkdir(parents=True, exist_ok=True)
        lock = (self.data_dir / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise ServerError(
                f"Another Attune already uses {self.data_dir}. Stop that one first."
            ) from None
        self._lock = lock

    def _end_leftover(self) -> None:
        """End a server that outlived the process which started it (we hold its lock)."""
        pid = self._recorded_pid()
        if pid and self._is_ours(pid):
            end_process(pid, lambda: not self._is_ours(pid), self.stop_steps)

    def _recorded_pid(self) -> int | None:
        try:
            return int(self._pid_file().read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _is_ours(self, pid: int) -> bool:
        return self._mark() in (command_line(pid) or "")

    def _start_until_ready(self) -> None:
        """Start, and again for a while: the port or the last run's memory may not be free yet."""
        until = time.monotonic() + _RETRY_SECONDS
        while True:
            if not self._port_is_kept:
                self.port = free_port(self._wished_port or self.usual_port)
            self._spawn()
            wait_until(lambda: self.poll() is not None or self._is_ready(), seconds=_READY_SECONDS)
            if self.poll() is None and self._is_ready():
                self._port_is_kept = True
                return
            if time.monotonic() >= until:
                raise ServerError(f"{self.name} did not start. {self.log_path} says why.")
            time.sleep(_PAUSE_SECONDS)

    def _spawn(self) -> None:
        with open_log(self.log_path) as log:
            self._process = spawn(
                self._command(),
                env=BARE_ENVIRONMENT,
                output=log,
                death_signal=self.death_signal,
                account=self._account(),
            )
