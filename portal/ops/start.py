"""`python3 manage.py start`: the whole product on one machine, from its servers to its pages."""

import argparse
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from portal.ops.files import read_json
from portal.ops.greeting import Greeting
from portal.ops.processes import free_port, is_busy
from portal.ops.servers import ServerError, embedded_postgres, embedded_valkey
from portal.ops.site import PROJECT, MailCatcher, environment, mail_catcher, processes, set_up
from portal.ops.steps import StepFailed, Steps
from portal.ops.supervisor import Server, Supervisor, end_leftovers

_USUAL_WEB_PORT = 8000
_FIRST_PERSON = "The first administrator is made with: python3 manage.py createsuperuser"


class CannotStart(RuntimeError):
    """Attune cannot start; the sentence says what to do about it."""


def main(arguments: Sequence[str]) -> int:
    """Run Attune until Ctrl-C or SIGTERM; return the exit code."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with ExitStack() as cleanup:
            _run(options, cleanup)
    except KeyboardInterrupt:
        _say("Stopped.")
    except (CannotStart, ServerError, StepFailed) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"\nAttune may not use {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py start", description="Run Attune on this machine until Ctrl-C."
    )
    parser.add_argument("--port", type=int, help="the port of the web server (usually 8000)")
    parser.add_argument("--no-demo", action="store_true", help="leave the demo people out")
    parser.add_argument(
        "--var", type=Path, default=PROJECT / "var", help="where data and logs are kept"
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, cleanup: ExitStack) -> None:
    began = time.monotonic()
    var: Path = options.var.absolute()
    has_demo = not options.no_demo
    _make_folders(var)
    lock = cleanup.enter_context(_only_one(var / "lock"))
    record = var / "processes.json"
    end_leftovers(record)

    web_port, mail = _web_port(options.port), mail_catcher(var)
    servers, urls = _start_servers(var, cleanup)
    env = environment(var, urls, web_port=web_port, mail=mail, has_demo=has_demo)
    lock.write_text(json.dumps({"address": env["SITE_URL"], "pid": os.getpid()}))
    steps = Steps(PROJECT, var / "stamps.json", var / "log" / "set-up.log", env)
    said = [steps.run(step) for step in set_up(Path(env["STATIC_ROOT"]), has_demo=has_demo)]

    commands = processes(var, env, web_port=web_port, mail=mail)
    places = _places(env["SITE_URL"], mail, var)
    people = _sign_ins(said[-1]) if has_demo else [_FIRST_PERSON]
    greeting = Greeting(
        web_port=web_port,
        lines=[*places, "", *people],
        web_log=var / "log" / "web.log",
        began=began,
        say=_say,
    )
    Supervisor(servers, commands, record=record, say=_say).run(greeting.on_tick)
    _say("Stopped. What you did is kept.")


def _make_folders(var: Path) -> None:
    for folder in (var / "log", var / "media"):
        folder.mkdir(parents=True, exist_ok=True)
    owner = var.stat().st_uid
    if owner != os.geteuid():
        raise CannotStart(
            f"{var} belongs to the user with the id {owner}, who has started Attune before."
            " Start it as that user, or name another folder with --var."
        )


@contextmanager
def _only_one(lock_path: Path) -> Iterator[Path]:
    """Hold the lock against a second start over the same data; the file says who holds it."""
    with lock_path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStart(_words_about_other(lock_path)) from None
        lock.truncate(0)
        yield lock_path


def _words_about_other(lock_path: Path) -> str:
    if other := read_json(lock_path):
        return (
            f"Attune already runs here: {other['address']}."
            f" Stop it with Ctrl-C in its window, or with `kill {other['pid']}`."
        )
    return "Attune is already starting here, in another window."


def _web_port(wish: int | None) -> int:
    if wish is None:
        return free_port(_USUAL_WEB_PORT)
    if is_busy(wish):
        raise CannotStart(f"Port {wish} is taken. Leave --port out, and Attune finds a free one.")
    return wish


def _start_servers(var: Path, cleanup: ExitStack) -> tuple[list[Server], dict[str, str]]:
    """Start the servers that the person has not named; return them and their addresses."""
    kinds = {
        "DATABASE_URL": embedded_postgres(var / "postgres"),
        "REDIS_URL": embedded_valkey(var / "valkey"),
    }
    ours = {name: server for name, server in kinds.items() if not os.environ.get(name)}
    for server in ours.values():
        _say(f"Starting {server.name} …")
        cleanup.enter_context(server)
        if not server.kept_in.is_relative_to(var):
            _say(f"Its account cannot enter {var}, so its data are kept in {server.kept_in}.")
    return list(ours.values()), {name: server.url for name, server in ours.items()}


def _places(address: str, mail: MailCatcher | None, var: Path) -> list[str]:
    lines = [f"  Attune      {address}"]
    if mail:
        lines.append(f"  Its mail    {mail.page}   (every mail it sends, as a person sees it)")
    return [*lines, f"  Data, logs  {var}", "  Stop        Ctrl-C"]


def _sign_ins(said_by_demo: str) -> list[str]:
    """Return the indented lines, with which the demo command says how to sign in."""
    return ["Sign in as", *(line for line in said_by_demo.splitlines() if line.startswith("  "))]


def _say(text: str) -> None:
    # A terminal that is gone must not keep us from stopping in good order.
    with suppress(OSError):
        print(text, flush=True)
