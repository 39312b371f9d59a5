"""The real web server, with one worker and one thread so that its CPU can be read exactly."""

import http.client
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from portal.ops.bench.cpu import children_of, seconds_of_each
from portal.ops.processes import free_port, spawn, wait_until

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    status: int
    queries: int
    body: bytes
    headers: Mapping[str, str]


@dataclass
class WebServer:
    """A running gunicorn and one connection to it."""

    pid: int
    port: int
    database_pid: int

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def request(
        self, path: str, *, cookie: str = "", body: str | None = None, token: str = ""
    ) -> Answer:
        """Send one request over the open connection."""
        headers = {"Host": f"localhost:{self.port}", "Cookie": cookie}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": token,
                "X-Requested-With": "fetch",
            }
        self._connection.request("GET" if body is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, int(found.get("x-queries", 0)), response.read(), found)

    def cpu_of_each(self) -> dict[int, float]:
        """Return what each process of web server and database has used so far, in seconds."""
        web = [self.pid, *children_of(self.pid)]
        return seconds_of_each([*web, *children_of(self.database_pid)])


@contextmanager
def web_server(
    settings: str, env: Mapping[str, str], *, database_pid: int, threads: int = 1
) -> Iterator[WebServer]:
    """Run gunicorn with `settings` until the block ends; a browser wants several threads."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        *("--no-control-socket", "--log-level", "warning", "--keep-alive", "60"),
    ]
    with Path(env["BENCH_LOG"]).open("ab") as log:
        process = spawn(
            command, env={**env, "DJANGO_SETTINGS_MODULE": settings}, output=log, cwd=PROJECT
        )
        try:
            if not wait_until(lambda: _answers(port), seconds=20):
                raise RuntimeError(f"The web server did not answer; see {log.name}.")
            yield WebServer(process.pid, port, database_pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/health/live", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()
