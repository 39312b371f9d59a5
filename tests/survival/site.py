"""A whole Attune as `manage.py start` runs it, with servers, data and ports of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psycopg2
import redis

from portal.ops.files import read_json
from portal.ops.processes import command_line, free_port, spawn, wait_until
from portal.ops.servers import embedded_postgres
from tests.support.plugin import RUN_FOLDER
from tests.support.snapshot import PROJECT, copy_migrated_cluster

_START = "import sys; from portal.ops.start import main; sys.exit(main(sys.argv[1:]))"
_SETTINGS = "tests.survival.settings"
_READY_SECONDS = 180
_STOP_SECONDS = 40
_TAIL_LINES = 12
# What the tests have set for themselves; this site finds its own.
_NOT_OURS = (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CELERY_QUEUE",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "ENFORCE_MFA",
    "KEY_PREFIX",
    "MEDIA_ROOT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "STATIC_ROOT",
)


class Site:
    """One running Attune below the folder of this test run; it knows who its processes are."""

    def __init__(self, mail_url: str) -> None:
        run = Path(os.environ[RUN_FOLDER])
        self._home = run.parent.parent
        self.var = run / "survival"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        given = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
        self._given = {**given, "EMAIL_URL": mail_url, "DJANGO_SETTINGS_MODULE": _SETTINGS}
        self._process: subprocess.Popen[bytes] | None = None

    # Its life

    def start(self) -> None:
        """Start everything and wait until pages are served."""
        self.var.mkdir()
        self.var.chmod(0o755)
        copy_migrated_cluster(self._home, self.var / "postgres", os.environ)
        with self._said.open("wb") as output:
            options = ["--no-demo", "--var", str(self.var), "--port", str(self.port)]
            self._process = spawn(
                [sys.executable, "-c", _START, *options],
                env=self._given,
                output=output,
                cwd=PROJECT,
            )
        process = self._process
        is_ready = "Ready after"
        wait_until(
            lambda: process.poll() is not None or is_ready in self.said(), seconds=_READY_SECONDS
        )
        assert is_ready in self.said(), self.said()

    def stop(self) -> int | None:
        """Stop it as Ctrl-C would; return the exit code of `start`."""
        if self._process is None:
            return None
        self._process.terminate()
        try:
            return self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def wipe(self) -> None:
        """Stop it and delete all it had."""
        self.stop()
        embedded_postgres(self.var / "postgres").wipe()
        shutil.rmtree(self.var, ignore_errors=True)

    def said(self) -> str:
        """Return what `start` has printed so far."""
        return self._said.read_text(errors="replace")

    def errors(self) -> str:
        """Return the last lines of what its web server and worker had to complain about."""
        logs = [(self.var / "log" / name).read_text() for name in ("web.log", "worker.log")]
        return "\n".join("\n".join(log.splitlines()[-_TAIL_LINES:]) for log in logs)

    def run(self, module: str, *arguments: int) -> Mapping[str, int]:
        """Run a module of ours with the site's settings; return the JSON that it prints."""
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env={**self._given, **self.environment},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer: Mapping[str, int] = json.loads(done.stdout)
        return answer

    # Its processes

    def pid_of_web(self) -> int | None:
        """Return the id of gunicorn's first process."""
        return self._pid_of_command("gunicorn")

    def pid_of_worker(self) -> int | None:
        """Return the id of the worker's first process."""
        return self._pid_of_command("celery -A portal worker")

    def pid_of_database(self) -> int | None:
        """Return the id of PostgreSQL's first process."""
        return _pid_in(embedded_cluster(self.var / "postgres") / "postmaster.pid")

    def pid_of_broker(self) -> int | None:
        """Return the id of Valkey."""
        return _pid_in(self.var / "valkey" / "valkey.pid")

    # Whether they do their work

    def serves_pages(self) -> bool:
        """Whether the web server answers."""
        try:
            return self.health("live") == {"status": "ok"}
        except (OSError, HTTPException):
            return False

    def health(self, question: str) -> dict[str, Any]:
        """Return what one of the pages says that machines ask."""
        address = f"{self.address}/health/{question}"
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (our own)
            found: dict[str, Any] = json.load(answer)
            return found

    def has_database(self) -> bool:
        """Whether PostgreSQL takes connections."""
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def has_broker(self) -> bool:
        """Whether Valkey answers."""
        try:
            with redis.Redis.from_url(self.environment["REDIS_URL"]) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def has_senders(self) -> bool:
        """Whether the worker has its two children, which do the sending."""
        return len(children_of(self.pid_of_worker())) == 2

    def connect(self) -> psycopg2.extensions.connection:
        """Return a connection to its database."""
        return psycopg2.connect(self.environment["DATABASE_URL"], connect_timeout=5)

    @property
    def environment(self) -> dict[str, str]:
        """What `start` keeps for other commands: the addresses and secrets of its servers."""
        return read_json(self.var / "environment.json")

    @property
    def _said(self) -> Path:
        return self.var / "said.txt"

    def _pid_of_command(self, part: str) -> int | None:
        running = read_json(self.var / "processes.json").items()
        pids = (int(pid) for pid, line in running if part in line and command_line(int(pid)))
        return next(pids, None)


def children_of(pid: int | None) -> list[int]:
    """Return the ids of a process's children that live."""
    if pid is None:
        return []
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [child for child in map(int, children) if command_line(child)]


def embedded_cluster(folder: Path) -> Path:
    """Return where an embedded PostgreSQL keeps its cluster, which may be elsewhere for root."""
    note = folder / "elsewhere"
    return (Path(note.read_text().strip()) if note.exists() else folder) / "cluster"


def end_now(pid: int) -> bool:
    """Kill with -9; say whether there was somebody to kill."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _pid_in(path: Path) -> int | None:
    try:
        pid = int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if command_line(pid) else None
