"""The servers of one test run: a migrated PostgreSQL and a Valkey of its own, gone when it ends."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from portal.ops.postgres import PLACE_FOR_ALL
from portal.ops.servers import embedded_postgres, embedded_valkey
from tests.support import databases
from tests.support.snapshot import PROJECT, copy_migrated_cluster, migrate


@dataclass(frozen=True)
class RunServers:
    """Where one run finds its servers.

    Every worker clones the database of `template_url`, connected to that of `keeper_url`.
    """

    name: str
    folder: Path
    template_url: str
    keeper_url: str
    redis_url: str


@contextmanager
def servers_for_one_run(environment: Mapping[str, str]) -> Iterator[RunServers]:
    """Bring servers for a test run and remove all traces of it at the end.

    DATABASE_URL and REDIS_URL in `environment` name servers of your own: the databases of the
    run are then made beside the one that DATABASE_URL names, which is not touched.
    """
    with ExitStack() as cleanup:
        folder = cleanup.enter_context(_run_folder(_home()))
        name = f"attune_test_{folder.name}"
        redis_url = environment.get("REDIS_URL") or cleanup.enter_context(_embedded_redis(folder))
        for_migrations = {**environment, "REDIS_URL": redis_url}
        if keeper_url := environment.get("DATABASE_URL"):
            template_url = cleanup.enter_context(_database_on(keeper_url, name, for_migrations))
        else:
            template_url = cleanup.enter_context(_embedded_database(folder, for_migrations))
            keeper_url = databases.with_name(template_url, "postgres")
        yield RunServers(name, folder, template_url, keeper_url, redis_url)


@contextmanager
def _embedded_database(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    place = folder / "postgres"
    copy_migrated_cluster(folder.parent.parent, place, environment)
    with embedded_postgres(place, durable=False) as server:
        yield server.url


@contextmanager
def _embedded_redis(folder: Path) -> Iterator[str]:
    with embedded_valkey(folder / "valkey", durable=False) as server:
        yield server.url


@contextmanager
def _database_on(own: str, name: str, environment: Mapping[str, str]) -> Iterator[str]:
    url = databases.with_name(own, name)
    databases.create(url, by=own)
    try:
        migrate(url, environment)
        yield url
    finally:
        databases.drop(url, by=own)


def _home() -> Path:
    """Return where test data lie: below var/, or where root's PostgreSQL account can reach them."""
    home = PROJECT / "var" / "test"
    _make_open(home)
    if os.geteuid() or all(place.stat().st_mode & 0o001 for place in (home, *home.parents)):
        return home
    checkout = sha256(os.fsencode(PROJECT)).hexdigest()[:12]
    elsewhere = PLACE_FOR_ALL / f"test-{checkout}"
    _make_open(elsewhere)
    return elsewhere


@contextmanager
def _run_folder(home: Path) -> Iterator[Path]:
    """Make a folder that is locked while the run lasts; those of runs that were killed go."""
    runs = home / "runs"
    _make_open(runs)
    with ExitStack() as cleanup:
        with (home / "runs.lock").open("w") as beginning:
            fcntl.flock(beginning, fcntl.LOCK_EX)
            _sweep(runs)
            folder = runs / secrets.token_hex(4)
            _make_open(folder)
            cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
            lock = cleanup.enter_context((folder / "run.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _sweep(runs: Path) -> None:
    for folder in runs.iterdir():
        with (folder / "run.lock").open("a") as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def _make_open(folder: Path) -> None:
    """Make a folder that other accounts can enter, whatever the umask; existing ones stay."""
    for place in reversed((folder, *folder.parents)):
        if not place.exists():
            place.mkdir(exist_ok=True)
            place.chmod(0o755)
