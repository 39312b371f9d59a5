"""The supervisor: what dies comes back, what should stop stops, and nobody is left behind."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.ops.processes import command_line, spawn, wait_until
from portal.ops.supervisor import end_leftovers

# Far longer than any of it takes, so that a busy machine fails no test.
PATIENCE_SECONDS = 60
PROJECT = Path(__file__).resolve().parents[3]
SLEEP = "import time; time.sleep(600)"
DEAF = """
import pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path("deaf").touch()
time.sleep(600)
"""
FAMILY = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"
# A supervisor of two children, as a program of its own: the tests kill it.
PROGRAM = """
import sys
from pathlib import Path
from portal.ops.supervisor import CommandProcess, Supervisor

folder = Path(sys.argv[1])
commands = [
    CommandProcess(f"child {n}", [sys.executable, "-c", code], {}, folder, folder / f"{n}.log")
    for n, code in enumerate(sys.argv[2:])
]
Supervisor(
    [], commands, record=folder / "processes.json", say=lambda t: print(t, flush=True),
    grace_seconds=1,
).run(lambda: None)
"""


class Running:
    """A supervisor with children that run the given lines of Python."""

    def __init__(self, folder: Path, *children: str) -> None:
        self.record = folder / "processes.json"
        self.said = folder / "said.txt"
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(folder), *children],
                cwd=PROJECT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        assert wait_until(lambda: len(self.pids()) == len(children), seconds=PATIENCE_SECONDS)

    def pids(self) -> list[int]:
        """The children that run now, by the supervisor's own record."""
        if not self.record.exists():
            return []
        return [int(p) for p in json.loads(self.record.read_text()) if command_line(int(p))]

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    supervisor = Running(tmp_path, SLEEP, SLEEP)
    yield supervisor
    if supervisor.process.poll() is None:
        supervisor.stop(signal.SIGTERM)


def all_gone(pids: list[int]) -> bool:
    return wait_until(lambda: not any(command_line(pid) for pid in pids), seconds=PATIENCE_SECONDS)


def test_a_killed_child_is_started_again(running: Running) -> None:
    first, other = running.pids()
    os.kill(first, signal.SIGKILL)
    assert wait_until(
        lambda: len(set(running.pids()) - {first, other}) == 1, seconds=PATIENCE_SECONDS
    )
    assert other in running.pids()
    assert running.said.read_text() == "child 0 ended (by signal 9). Starting it again.\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_every_child(running: Running, number: signal.Signals) -> None:
    children = running.pids()
    assert running.stop(number) == 0
    assert all_gone(children)
    assert not running.record.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of our death")
def test_nobody_is_left_when_the_supervisor_itself_is_killed(running: Running) -> None:
    children = running.pids()
    assert running.stop(signal.SIGKILL) == -signal.SIGKILL
    assert all_gone(children)


def test_a_child_that_does_not_listen_is_killed_after_the_grace(tmp_path: Path) -> None:
    running = Running(tmp_path, DEAF)
    children = running.pids()
    assert wait_until((tmp_path / "deaf").exists, seconds=PATIENCE_SECONDS)
    assert running.stop(signal.SIGTERM) == 0
    assert all_gone(children)


def test_the_children_of_a_killed_child_go_with_it(tmp_path: Path) -> None:
    running = Running(tmp_path, FAMILY)
    (parent,) = running.pids()
    children = Path(f"/proc/{parent}/task/{parent}/children")
    assert wait_until(lambda: bool(children.read_text().split()), seconds=PATIENCE_SECONDS)
    grandchildren = [int(pid) for pid in children.read_text().split()]
    os.kill(parent, signal.SIGKILL)
    assert all_gone(grandchildren)
    running.stop(signal.SIGTERM)


def test_a_child_that_ends_at_once_is_tried_again_with_longer_pauses(tmp_path: Path) -> None:
    running = Running(tmp_path, SLEEP)
    running.stop(signal.SIGTERM)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), "raise SystemExit(3)"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        ended_at = []
        for line in itertools.islice(process.stdout, 3):
            assert line == "child 0 ended (with code 3). Starting it again.\n"
            ended_at.append(time.monotonic())
        process.terminate()
    # A busy machine makes the pauses longer, never shorter.
    first, second, third = ended_at
    assert second - first > 0.4
    assert third - second > 0.9


def test_leftovers_of_an_earlier_run_are_ended(tmp_path: Path) -> None:
    child = spawn([sys.executable, "-c", SLEEP], env={}, output=subprocess.DEVNULL)
    stranger = spawn([sys.executable, "-c", SLEEP], env={}, output=subprocess.DEVNULL)
    record = tmp_path / "processes.json"
    record.write_text(
        json.dumps({child.pid: f"{sys.executable} -c {SLEEP}", stranger.pid: "something else"})
    )
    try:
        assert end_leftovers(record) == 1
        assert child.wait(timeout=PATIENCE_SECONDS) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not record.exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_without_a_record_there_are_no_leftovers(tmp_path: Path) -> None:
    assert end_leftovers(tmp_path / "processes.json") == 0
