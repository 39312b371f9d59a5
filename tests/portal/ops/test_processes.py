"""Ports and processes: what is busy is seen, what is started can be found."""

import os
import socket
import subprocess
from pathlib import Path

from portal.ops.processes import command_line, free_port, is_busy, open_log, spawn


def test_a_wished_port_is_taken_when_it_is_free() -> None:
    free = free_port()
    assert free_port(free) == free


def test_another_port_is_found_when_the_wished_one_is_busy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        assert is_busy(busy)
        assert free_port(busy) != busy


def test_a_command_line_can_be_read_until_the_process_ends() -> None:
    process = spawn(["sleep", "60"], env={"PATH": os.defpath}, output=subprocess.DEVNULL)
    assert command_line(process.pid) == "sleep 60"
    process.kill()
    process.wait()
    assert command_line(process.pid) is None


def test_a_spawned_process_leads_its_own_group() -> None:
    process = spawn(["sleep", "60"], env={"PATH": os.defpath}, output=subprocess.DEVNULL)
    assert os.getpgid(process.pid) == process.pid
    process.kill()
    process.wait()


def test_a_long_log_is_put_aside_and_one_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * 5_000_001)
    open_log(log).close()
    assert [(path.name, path.stat().st_size) for path in sorted(tmp_path.iterdir())] == [
        ("web.log", 0),
        ("web.log.1", 5_000_001),
    ]
