"""What one running Attune consists of: its environment, its set-up and its processes."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.ops.files import kept_secret, write_private
from portal.ops.processes import free_port, open_log
from portal.ops.steps import Step
from portal.ops.supervisor import CommandProcess

PROJECT = Path(__file__).resolve().parents[2]
_KEPT = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SECRET_KEY",
    "SITE_URL",
    "DEMO",
    "MEDIA_ROOT",
    "STATIC_ROOT",
)
_USUAL_MAIL_PAGE_PORT = 8025
_USUAL_SMTP_PORT = 1025


@dataclass(frozen=True)
class MailCatcher:
    """The two ports of the local mail catcher, and where it keeps the mails."""

    smtp_port: int
    page_port: int
    folder: Path

    @property
    def page(self) -> str:
        """The address that shows the mails."""
        return f"http://localhost:{self.page_port}"


def mail_catcher(var: Path) -> MailCatcher | None:
    """Return the mail catcher to run, or None when EMAIL_URL names a server for the mail."""
    if os.environ.get("EMAIL_URL"):
        return None
    return MailCatcher(free_port(_USUAL_SMTP_PORT), free_port(_USUAL_MAIL_PAGE_PORT), var / "mail")


def environment(
    var: Path, urls: Mapping[str, str], *, web_port: int, mail: MailCatcher | None, has_demo: bool
) -> dict[str, str]:
    """Return the environment of every process of the site, and keep it for other commands.

    What the person has set stays; `urls` are the addresses of the servers we started.
    """
    ours = {
        **urls,
        "SECRET_KEY": kept_secret(var / "secret-key"),
        "SITE_URL": f"http://localhost:{web_port}",
        "DEMO": "1" if has_demo else "0",
        "MEDIA_ROOT": str(var / "media"),
        "STATIC_ROOT": str(var / "static"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if mail:
        ours["EMAIL_URL"] = f"smtp://127.0.0.1:{mail.smtp_port}"
    given = {name: value for name, value in os.environ.items() if value}
    together = {**ours, **given}
    kept = {name: together[name] for name in _KEPT}
    write_private(var / "environment.json", json.dumps(kept))
    return together


def set_up(static_root: Path, *, has_demo: bool) -> list[Step]:
    """Return what has to be done before the first page, in order."""
    steps = [
        Step(
            "migrate",
            "Preparing the database",
            ["migrate", "--noinput"],
            reads=[
                "*/migrations/*.py",
                "portal/*/migrations/*.py",
                "portal/settings.py",
                "requirements.txt",
            ],
        ),
        Step(
            "static",
            "Collecting the static files",
            ["collectstatic", "--noinput", "--verbosity", "0"],
            reads=["static/**/*", "portal/settings.py", "requirements.txt"],
            makes=static_root / "staticfiles.json",
        ),
        Step(
            "library",
            "Loading the curriculum",
            ["library", "load"],
            reads=["courses/library/**/*", "courses/**/*.py"],
        ),
    ]
    if has_demo:
        steps.append(
            Step(
                "demo",
                "Bringing the demo cast on stage",
                ["demo"],
                reads=["portal/demo/**/*.py", "courses/library/**/*"],
            )
        )
    return steps


def processes(
    var: Path, env: Mapping[str, str], *, web_port: int, mail: MailCatcher | None
) -> list[CommandProcess]:
    """Return the processes to supervise: web, worker, beat, and the mail catcher if any."""

    def run(name: str, module: str, *options: str | int | Path, log: str) -> CommandProcess:
        command = [sys.executable, "-m", module, *map(str, options)]
        return CommandProcess(name, command, env, PROJECT, var / "log" / log)

    access_log = var / "log" / "access.log"
    open_log(access_log).close()
    # fmt: off
    found = [
        run("The web server", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{web_port}",
            "--worker-class", "gthread", "--workers", 2, "--threads", 8, "--preload",
            "--graceful-timeout", 10, "--no-control-socket",
            "--log-level", "warning", "--access-logfile", access_log, log="web.log"),
        run("The worker", "celery", "-A", "portal", "worker", "--concurrency", 2,
            "--without-gossip", "--without-mingle", "--loglevel", "INFO", log="worker.log"),
        run("The clock (beat)", "celery", "-A", "portal", "beat", "--pidfile=",
            "--schedule", var / "beat-schedule", "--loglevel", "INFO", log="beat.log"),
    ]
    if mail:
        found.append(
            run("The mail catcher", "portal.ops.mailcatcher", "--smtp-port", mail.smtp_port,
                "--http-port", mail.page_port, "--folder", mail.folder, log="mail.log")
        )
    # fmt: on
    return found
