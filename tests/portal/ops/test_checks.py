"""`manage.py test`: all checks run, the result is honest, and Ctrl-C leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.ops import checks
from portal.ops.checks import Check

PROJECT = Path(__file__).resolve().parents[3]
GOOD = Check("good", (sys.executable, "-c", "print('fine')"))
BAD = Check("bad", (sys.executable, "-c", "raise SystemExit(3)"))


@pytest.fixture
def use_checks(monkeypatch):
    """A function that puts other checks in the place of the real ones."""

    def use(*chosen: Check) -> None:
        monkeypatch.setattr(checks, "checks_before_tests", lambda: list(chosen))

    return use


def test_one_red_check_does_not_stop_the_others(use_checks, capfd):
    use_checks(BAD, GOOD)
    assert checks.main(["--only-checks"]) == 1
    said = capfd.readouterr().out
    assert "fine" in said
    assert [line.split()[0] for line in said.splitlines()[-2:]] == ["FAILED", "passed"]


def test_all_green_is_zero(use_checks, capfd):
    use_checks(GOOD)
    assert checks.main(["--only-checks"]) == 0
    assert "good" in capfd.readouterr().out


def test_the_rest_of_the_arguments_goes_to_pytest_which_speaks_last(use_checks, capfd):
    use_checks(BAD)
    assert checks.main(["--collect-only", "-q", "tests/support"]) == 1
    said = capfd.readouterr().out.splitlines()
    assert said[-2].split()[0] == "FAILED"
    assert "tests collected in" in said[-1]


def test_only_pytest_leaves_the_checks_out(use_checks, capfd):
    use_checks(BAD)
    assert checks.main(["--only-pytest", "--version"]) == 0
    assert "bad" not in capfd.readouterr().out


def test_red_tests_are_red(use_checks, capfd):
    use_checks(GOOD)
    assert checks.main(["--no-such-option"]) == 1


def test_these_are_the_checks():
    names = [check.name for check in checks.checks_before_tests()]
    assert names == [
        "lint",
        "format",
        "templates",
        "imports between apps",
        "migrations",
        "deployment",
        "types",
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_the_check_that_runs(tmp_path, number):
    started = tmp_path / "started"
    sleeper = (
        "import pathlib, sys, time\n"
        f"pathlib.Path({str(started)!r}).touch()\n"
        "try:\n    time.sleep(60)\n"
        f"except KeyboardInterrupt:\n    pathlib.Path({str(started)!r}).unlink()\n"
    )
    program = (
        "import sys\nfrom portal.ops import checks\n"
        f"one = checks.Check('slow', (sys.executable, '-c', {sleeper!r}))\n"
        "checks.checks_before_tests = lambda: [one]\n"
        "sys.exit(checks.main(['--only-checks']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(started.exists)
    # Ctrl-C in a terminal reaches the whole group; SIGTERM is sent to one process.
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    assert process.wait(20) == 130
    assert not started.exists()


def wait_for(is_done):
    """Wait up to ten seconds."""
    until = time.monotonic() + 10
    while not is_done() and time.monotonic() < until:
        time.sleep(0.05)
