"""`python3 manage.py test`: every check, one after the other, and how each went."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parents[2]
# The plugin of the tests repeats this summary above pytest's last line.
SUMMARY_VARIABLE = "ATTUNE_CHECKS_SUMMARY"
_INTERRUPTED = 130
_PATIENCE_SECONDS = 30.0
_MOST_WORKERS = 8
_OWN_WORKERS = ("-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co")

# What production looks like from inside, with servers that nobody needs for these checks.
_AS_IN_PRODUCTION = {
    "SECRET_KEY": "for-checks-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "DATABASE_URL": "postgres://attune:none@127.0.0.1:1/attune",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "SITE_URL": "https://attune.example",
    "ALLOWED_HOSTS": "attune.example",
    "DEBUG": "0",
    "DEMO": "0",
    "ENFORCE_MFA": "1",
}


@dataclass(frozen=True)
class Check:
    """One command that ends with 0 when all is well."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """How a check went."""

    name: str
    is_passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'passed' if self.is_passed else 'FAILED'} {self.seconds:6.1f} s  {self.name}"


class _Terminated(KeyboardInterrupt):
    """SIGTERM: unlike Ctrl-C, it reached only us and not the check that runs."""


def main(arguments: Sequence[str]) -> int:
    """Run every check and the tests; return 0 if all passed, 1 if not."""
    options, for_pytest = _parse(arguments)
    signal.signal(signal.SIGTERM, _on_sigterm)
    checks = [] if options.only_pytest else checks_before_tests()
    try:
        outcomes = [_run(check) for check in checks]
        are_passed = all(outcome.is_passed for outcome in outcomes)
        if options.only_checks:
            print("\n" + _summary(outcomes))
            return 0 if are_passed else 1
        are_passed &= _run_tests(for_pytest, outcomes) == 0
        return 0 if are_passed else 1
    except KeyboardInterrupt:
        print("\nStopped before all checks were done.", file=sys.stderr)
        return _INTERRUPTED


def checks_before_tests() -> list[Check]:
    """Return the checks that need no server, the quick ones first."""
    python = sys.executable
    manage = (python, "-W", "ignore::RuntimeWarning", "manage.py")
    return [
        Check("lint", (python, "-m", "ruff", "check", ".")),
        Check("format", (python, "-m", "ruff", "format", "--check", ".")),
        Check("templates", (python, "-m", "djlint", "templates", "--lint", "--quiet")),
        Check(
            "imports between apps", (_script("lint-imports"), "--cache-dir", "var/cache/imports")
        ),
        Check("migrations", (*manage, "makemigrations", "--check", "--dry-run")),
        Check("deployment", (*manage, "check", "--deploy", "--fail-level", "WARNING")),
        Check("types", (python, "-m", "mypy")),
    ]


def _parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        description="Run every check and all tests. Other arguments are given to pytest.",
        allow_abbrev=False,
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--only-pytest", action="store_true", help="leave the other checks out")
    which.add_argument("--only-checks", action="store_true", help="leave the tests out")
    return parser.parse_known_args(arguments)


def _run(check: Check) -> Outcome:
    print(f"\n── {check.name}: {shlex.join(_short(check.command))}", flush=True)
    began = time.monotonic()
    code = _call(check.command, os.environ | _AS_IN_PRODUCTION)
    outcome = Outcome(check.name, code == 0, time.monotonic() - began)
    print(outcome, flush=True)
    return outcome


def _run_tests(arguments: Sequence[str], outcomes: Sequence[Outcome]) -> int:
    has_own_workers = any(argument.startswith(_OWN_WORKERS) for argument in arguments)
    workers = [] if has_own_workers else ["-n", str(min(_cores(), _MOST_WORKERS))]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    print(f"\n── tests: {shlex.join(_short(command))}", flush=True)
    return _call(command, os.environ | {SUMMARY_VARIABLE: _summary(outcomes)})


def _call(command: Sequence[str], environment: Mapping[str, str]) -> int:
    process = subprocess.Popen(command, cwd=PROJECT, env=dict(environment))
    try:
        return process.wait()
    except KeyboardInterrupt as interrupt:
        if isinstance(interrupt, _Terminated):
            process.send_signal(signal.SIGINT)
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def _on_sigterm(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def _summary(outcomes: Sequence[Outcome]) -> str:
    return "\n".join(map(str, outcomes))


def _script(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def _short(command: Sequence[str]) -> list[str]:
    """Return the command as one would type it, without the folder of its program."""
    return [Path(command[0]).name, *command[1:]]


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
