"""The embedded Valkey: password, no eviction, and every acknowledged write survives."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import AuthenticationError, Redis

from portal.ops.processes import command_line
from portal.ops.servers import EmbeddedValkey, ServerError, embedded_valkey


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    with embedded_valkey(tmp_path / "valkey", port=0) as running:
        yield running


def test_it_keeps_everything_and_evicts_nothing(server: EmbeddedValkey) -> None:
    with Redis.from_url(server.url, decode_responses=True) as client:
        wanted = ("appendonly", "save", "maxmemory-policy", "bind")
        assert {name: client.config_get(name)[name] for name in wanted} == {
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "bind": "127.0.0.1",
        }


def test_without_the_password_nothing_is_answered(server: EmbeddedValkey) -> None:
    with Redis(port=server.port) as client, pytest.raises(AuthenticationError):
        client.ping()


def test_the_password_is_not_on_the_command_line(server: EmbeddedValkey) -> None:
    password = (server.data_dir / "password").read_text()
    assert server.pid is not None
    assert password not in (command_line(server.pid) or "")
    assert stat.S_IMODE((server.data_dir / "valkey.conf").stat().st_mode) == 0o600


def test_every_write_survives_kill_9(server: EmbeddedValkey) -> None:
    with Redis.from_url(server.url) as client:
        for number in range(500):
            client.rpush("mails", number)
    server.kill()
    server.start()
    with Redis.from_url(server.url) as client:
        assert client.llen("mails") == 500


def test_writes_survive_stop_and_start(server: EmbeddedValkey) -> None:
    with Redis.from_url(server.url) as client:
        client.set("note", "kept")
    server.stop()
    server.start()
    with Redis.from_url(server.url) as client:
        assert client.get("note") == b"kept"


def test_a_second_launcher_over_the_same_data_is_refused(server: EmbeddedValkey) -> None:
    with pytest.raises(ServerError, match="Another Attune already uses"):
        embedded_valkey(server.data_dir).start()
    assert server.pid is not None


def test_a_server_that_outlived_its_launcher_is_ended_first(server: EmbeddedValkey) -> None:
    leftover = server.pid
    assert leftover is not None
    server._process = None  # as if the launcher had been killed: its lock is gone, its child is not
    server.stop()
    with embedded_valkey(server.data_dir, port=0) as again, Redis.from_url(again.url) as client:
        assert command_line(leftover) is None
        assert client.ping()
