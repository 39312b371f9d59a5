"""What the tests of the servers and processes share."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.ops.servers import EmbeddedPostgres, embedded_postgres


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, as a checkout usually is (pytest's own is not)."""
    with _open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def module_server() -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL for a module, because making one takes seconds."""
    with _open_folder() as folder, embedded_postgres(folder / "postgres", port=0) as running:
        yield running


@pytest.fixture
def server(module_server: EmbeddedPostgres) -> EmbeddedPostgres:
    """A running PostgreSQL, whatever the test before has done to it."""
    return module_server.start()


@contextmanager
def _open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="attune-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
