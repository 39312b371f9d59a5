"""The set-up between servers and pages: each step runs only when what it reads has changed."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg2

from portal.ops.files import read_json, write_private
from portal.ops.processes import open_log, signal_group, spawn

_TAIL_LINES = 15
_ALL_MIGRATIONS = "SELECT md5(string_agg(m::text, ' ' ORDER BY id)) FROM django_migrations m"


class StepFailed(RuntimeError):
    """A step of the set-up did not work; the sentence shows what it said."""


@dataclass(frozen=True)
class Step:
    """One management command, and the files whose change makes it necessary."""

    name: str
    says: str
    command: Sequence[str]
    reads: Sequence[str]
    makes: Path | None = None


class Steps:
    """Runs steps, remembers in `stamps` what they had read, and skips what has not changed."""

    def __init__(self, project: Path, stamps: Path, log: Path, env: Mapping[str, str]) -> None:
        self._project = project
        self._stamps = stamps
        self._log = log
        self._env = env

    def run(self, step: Step) -> str:
        """Run `step` if it is due; return what it said, now or the last time it ran.

        Raises:
            StepFailed: the command ended with an error.
        """
        kept = read_json(self._stamps)
        last = kept.get(step.name, {})
        is_made = step.makes is None or step.makes.exists()
        if is_made and last.get("stamp") == self._stamp(step):
            return str(last["said"])
        print(f"{step.says} …", end=" ", flush=True)
        started = time.monotonic()
        said = self._call(step)
        print(f"{time.monotonic() - started:.1f} s", flush=True)
        # The stamp is taken anew: the first migration changes what it covers.
        kept[step.name] = {"stamp": self._stamp(step), "said": said}
        write_private(self._stamps, json.dumps(kept))
        return said

    def _stamp(self, step: Step) -> str:
        files = fingerprint(self._project, step.reads)
        return f"{files} {database_mark(self._env['DATABASE_URL'])}"

    def _call(self, step: Step) -> str:
        with open_log(self._log) as log:
            begin = log.tell()
            process = spawn(
                [sys.executable, "manage.py", *step.command],
                env=self._env,
                cwd=self._project,
                output=log,
            )
            try:
                code = process.wait()
            except BaseException:
                _end(process)
                raise
        said = self._log.read_bytes()[begin:].decode(errors="replace").strip()
        if code:
            tail = "\n".join(said.splitlines()[-_TAIL_LINES:])
            raise StepFailed(f"`manage.py {' '.join(step.command)}` did not work:\n{tail}")
        return said


def fingerprint(folder: Path, patterns: Iterable[str]) -> str:
    """Return a hash of the names and contents of the files that match, whatever their dates."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    total = hashlib.sha256()
    for path in sorted(found):
        if "__pycache__" not in path.parts:
            total.update(os.fsencode(path.relative_to(folder)) + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def database_mark(url: str) -> str:
    """Return what tells one migrated database from another: which migrations it had, and when.

    Raises:
        StepFailed: the database does not answer.
    """
    where = environ.Env.db_url_config(url)
    try:
        connection = psycopg2.connect(
            dbname=where["NAME"],
            user=where["USER"],
            password=where["PASSWORD"],
            host=where["HOST"],
            port=where["PORT"] or None,
            connect_timeout=10,
            **{k: v for k, v in where.get("OPTIONS", {}).items() if k.startswith("ssl")},
        )
    except psycopg2.OperationalError as error:
        raise StepFailed(f"The database does not answer: {str(error).strip()}") from None
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations')")
            if cursor.fetchone() == (None,):
                return "empty"
            cursor.execute(
                "SELECT md5(string_agg(m::text, ' ' ORDER BY id)) FROM django_migrations m"
            )
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    signal_group(process.pid, signal.SIGKILL)
    process.wait()
