"""Fixtures for every test: a clean Valkey, a mail server, a Celery worker."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.test import override_settings
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from portal.ops.processes import end_process, spawn, wait_until
from tests.support import databases
from tests.support.plugin import KEEPER_URL, TEMPLATE_URL
from tests.support.smtp import MailServer
from tests.support.strictness import RefuseUndefined

# The same examples in every run: a red test stays red until somebody mends it.
hypothesis_settings.register_profile("attune", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("attune")


@pytest.fixture(scope="session", autouse=True)
def _strict_and_quick_settings(django_test_environment: None) -> Iterator[None]:
    """Refuse undefined template variables; hash passwords and find static files the quick way."""
    ours, *others = django_settings.TEMPLATES
    strict = {**ours, "OPTIONS": {**ours["OPTIONS"], "string_if_invalid": RefuseUndefined()}}
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        TEMPLATES=[strict, *others],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**django_settings.STORAGES, "staticfiles": plain_files},
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """Clone the migrated database for this worker, in place of creating one and migrating it."""
    own, template, keeper = (
        os.environ[name] for name in ("DATABASE_URL", TEMPLATE_URL, KEEPER_URL)
    )
    databases.create(own, template=databases.name_of(template), by=keeper)
    yield
    databases.drop(own, by=keeper)


@pytest.fixture(scope="session")
def _valkey() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _own_valkey_keys(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget the cache, the rate limits and the queue of this worker after a test that had them."""
    if "_django_db_helper" not in request.fixturenames:
        yield
        return
    connection: redis.Redis = request.getfixturevalue("_valkey")
    yield
    if keys := list(connection.scan_iter(f"{os.environ['KEY_PREFIX']}:*", count=1000)):
        connection.delete(*keys)


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[MailServer]:
    server = MailServer().start()
    yield server
    server.stop()


@pytest.fixture
def mail_server(_mail_server: MailServer, settings: Settings) -> MailServer:
    """A real SMTP server that Django sends to in this test; see `tests.support.smtp`."""
    _mail_server.forget()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = _mail_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return _mail_server


@pytest.fixture
def celery_worker(
    transactional_db: None, mail_server: MailServer, tmp_path: Path
) -> Iterator[None]:
    """A real Celery worker process on this test's database and queue, sending to `mail_server`."""
    log_path = tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool=solo"]
    environment = {**os.environ, "EMAIL_URL": mail_server.url}
    with log_path.open("wb") as log:
        process = spawn(
            [*command, "--loglevel=INFO", "--without-mingle", "--without-gossip"],
            env=environment,
            output=log,
            cwd=django_settings.BASE_DIR,
        )
    try:
        wait_until(lambda: process.poll() is not None or _is_ready(log_path), seconds=30)
        assert _is_ready(log_path), log_path.read_text()
        yield
    finally:
        steps = [(signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)]
        end_process(process.pid, lambda: process.poll() is not None, steps)


def _is_ready(worker_log: Path) -> bool:
    return " ready." in worker_log.read_text()
