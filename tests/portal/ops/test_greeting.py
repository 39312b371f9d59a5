"""What the console shows: the greeting once, and whatever the web server complains about."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from portal.ops.greeting import Greeting
from portal.ops.processes import free_port


class Site(BaseHTTPRequestHandler):
    """A page that answers, even if only to refuse."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def site_port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def greeting(port: int, web_log: Path, said: list[str]) -> Greeting:
    return Greeting(port, ["Attune is here"], web_log, time.monotonic(), said.append)


def test_it_greets_once_when_the_web_server_answers(site_port: int, tmp_path: Path) -> None:
    said: list[str] = []
    greet = greeting(site_port, tmp_path / "web.log", said)
    greet.on_tick()
    greet.on_tick()
    assert [text.splitlines()[2:] for text in said] == [["", "Attune is here"]]
    assert said[0].startswith("\nReady after 0.")


def test_it_waits_as_long_as_nothing_answers(tmp_path: Path) -> None:
    said: list[str] = []
    greeting(free_port(), tmp_path / "web.log", said).on_tick()
    assert said == []


def test_it_passes_on_what_is_new_in_the_log(site_port: int, tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("from an earlier run\n")
    said: list[str] = []
    greet = greeting(site_port, log, said)
    greet.on_tick()
    with log.open("a") as file:
        file.write("ERROR: something is wrong\n")
    greet.on_tick()
    log.write_text("new\n")  # put aside because it was long, and begun again
    greet.on_tick()
    greet.on_tick()
    assert said[1:] == ["ERROR: something is wrong"]
