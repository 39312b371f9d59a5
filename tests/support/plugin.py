"""The pytest plugin that brings real servers before the settings, which name them, are read."""

import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal.ops.checks import SUMMARY_VARIABLE
from portal.ops.servers import ServerError
from tests.support import databases
from tests.support.servers import servers_for_one_run
from tests.support.snapshot import PROJECT, MigrationFailed

TEMPLATE_URL = "ATTUNE_TEST_TEMPLATE_URL"
KEEPER_URL = "ATTUNE_TEST_KEEPER_URL"
RUN_NAME = "ATTUNE_TEST_RUN"
RUN_FOLDER = "ATTUNE_TEST_FOLDER"


# A site as strict as production, but for the second step, which tests ask for by name.
_SITE = {
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEBUG": "0",
    "DEMO": "0",
    "ENFORCE_MFA": "0",
}
_NOT_OURS = ("ALLOWED_HOSTS", "CACHE_URL", "STATIC_ROOT")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Point the environment at this run's servers, or in a worker at its own part of them."""
    options = early_config.known_args_namespace
    for name in _NOT_OURS:
        os.environ.pop(name, None)
    os.environ.update(_SITE, HYPOTHESIS_STORAGE_DIRECTORY=str(PROJECT / "var/cache/hypothesis"))
    if options.help or options.version or options.collectonly:
        _name_no_servers()
    else:
        if "PYTEST_XDIST_WORKER" not in os.environ:
            _start_servers(early_config)
        _take_own_part(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line each why tests were skipped, and how the checks before the tests went."""
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in reasons.items():
        terminalreporter.write_line(f"SKIPPED [{count}] {reason}")
    if summary := os.environ.get(SUMMARY_VARIABLE):
        terminalreporter.section("checks before the tests")
        terminalreporter.write_line(summary)


def _start_servers(config: pytest.Config) -> None:
    cleanup = ExitStack()
    config.add_cleanup(cleanup.close)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        servers = cleanup.enter_context(servers_for_one_run(dict(os.environ)))
    except (ServerError, MigrationFailed, PermissionError) as error:
        raise pytest.UsageError(str(error)) from None
    os.environ.update(
        {
            TEMPLATE_URL: servers.template_url,
            KEEPER_URL: servers.keeper_url,
            RUN_NAME: servers.name,
            RUN_FOLDER: str(servers.folder),
            "REDIS_URL": servers.redis_url,
        }
    )


def _take_own_part(worker: str) -> None:
    """Give this process its own database, Valkey keys, queue and folder for files."""
    own = f"{os.environ[RUN_NAME]}_{worker}"
    folder = Path(os.environ[RUN_FOLDER]) / worker
    (folder / "static").mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DATABASE_URL=databases.with_name(os.environ[TEMPLATE_URL], own),
        KEY_PREFIX=own,
        CELERY_QUEUE=own,
        MEDIA_ROOT=str(folder / "media"),
        STATIC_ROOT=str(folder / "static"),
    )


def _name_no_servers() -> None:
    nowhere = tempfile.gettempdir()
    os.environ.update(
        DATABASE_URL="postgres://nobody:none@127.0.0.1:1/none",
        REDIS_URL="redis://127.0.0.1:1/0",
        MEDIA_ROOT=nowhere,
        STATIC_ROOT=nowhere,
    )
