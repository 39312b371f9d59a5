"""Making, cloning and dropping whole databases on the PostgreSQL of a test run."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import environ
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor


def with_name(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def name_of(url: str) -> str:
    """Return the name of the database that an address points to."""
    return urlsplit(url).path.lstrip("/")


def create(url: str, *, template: str = "template1", by: str) -> None:
    """Make the database of `url` as a copy of `template`, connected to the database of `by`."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _cursor(by) as session:
        session.execute(statement.format(sql.Identifier(name_of(url)), sql.Identifier(template)))


def drop(url: str, *, by: str) -> None:
    """Delete the database of `url`, whoever is still connected to it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with _cursor(by) as session:
        session.execute(statement.format(sql.Identifier(name_of(url))))


@contextmanager
def _cursor(url: str) -> Iterator[cursor]:
    where = environ.Env.db_url_config(url)
    connection = psycopg2.connect(
        dbname=where["NAME"],
        user=where["USER"] or None,
        password=where["PASSWORD"] or None,
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        connect_timeout=10,
        **{key: value for key, value in where.get("OPTIONS", {}).items() if key.startswith("ssl")},
    )
    connection.autocommit = True
    try:
        with connection.cursor() as session:
            yield session
    finally:
        connection.close()
