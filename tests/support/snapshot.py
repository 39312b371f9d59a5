"""A migrated PostgreSQL cluster, kept on disk and copied, so that a test run starts in a second."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from portal.ops.servers import embedded_postgres
from portal.ops.steps import fingerprint

PROJECT = Path(__file__).resolve().parents[2]
_KEPT_SNAPSHOTS = 3
_TAIL_LINES = 12
_WHAT_SHAPES_A_DATABASE = [
    "requirements.txt",
    "portal/settings.py",
    "portal/kit/append_only.py",
    "portal/ops/postgres.py",
    *(
        f"{package}/**/{folder}/*.py"
        for package in ("portal", "courses", "assessments")
        for folder in ("migrations", "models")
    ),
    "portal/**/models.py",
]


class MigrationFailed(RuntimeError):
    """The migrations do not run; the text is what they said."""


def copy_migrated_cluster(home: Path, target: Path, environment: Mapping[str, str]) -> None:
    """Put the data of a migrated PostgreSQL into `target`; it is made once and then copied.

    Runs at the same time share the copies in `home`: one makes them, the others wait for it.

    Raises:
        MigrationFailed: a migration does not work.
    """
    key = f"{fingerprint(PROJECT, _WHAT_SHAPES_A_DATABASE)[:20]}-{sys.version_info.minor}"
    kept = home / "snapshots" / key
    kept.parent.mkdir(parents=True, exist_ok=True)
    with _locked(kept.parent / "lock"):
        if not kept.exists():
            _make(kept, environment)
        os.utime(kept)
        _forget_old(kept.parent)
        # cp keeps owners and permissions, and shares blocks where the file system can.
        subprocess.run(["cp", "-a", kept, target], check=True)
    (target / "lock").unlink(missing_ok=True)


def migrate(url: str, environment: Mapping[str, str]) -> None:
    """Run all migrations on the database of `url`.

    Raises:
        MigrationFailed: a migration does not work.
    """
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity=0"],
        env={**environment, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stderr.splitlines()[-_TAIL_LINES:])
        raise MigrationFailed(f"The migrations do not run:\n{said}")


def _make(kept: Path, environment: Mapping[str, str]) -> None:
    fresh = kept.with_name("being-made")
    server = embedded_postgres(fresh, durable=False)
    server.wipe()
    with server:
        migrate(server.url, environment)
    fresh.rename(kept)


def _forget_old(folder: Path) -> None:
    kept = sorted(
        (place for place in folder.iterdir() if place.is_dir()),
        key=lambda place: place.stat().st_mtime,
        reverse=True,
    )
    for place in kept[_KEPT_SNAPSHOTS:]:
        shutil.rmtree(place)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
