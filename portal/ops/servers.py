"""The servers that `start` and the tests bring along: PostgreSQL and Valkey."""

from pathlib import Path

from portal.ops.embedded import EmbeddedServer, ServerError
from portal.ops.postgres import EmbeddedPostgres
from portal.ops.valkey import EmbeddedValkey

__all__ = [
    "EmbeddedPostgres",
    "EmbeddedServer",
    "EmbeddedValkey",
    "ServerError",
    "embedded_postgres",
    "embedded_valkey",
]


def embedded_postgres(
    data_dir: Path, *, durable: bool = True, port: int | None = None
) -> EmbeddedPostgres:
    """Return a PostgreSQL over `data_dir`; start it with `with` or `.start()`."""
    return EmbeddedPostgres(data_dir, durable=durable, port=port)


def embedded_valkey(
    data_dir: Path, *, durable: bool = True, port: int | None = None
) -> EmbeddedValkey:
    """Return a Valkey over `data_dir`; start it with `with` or `.start()`."""
    return EmbeddedValkey(data_dir, durable=durable, port=port)
