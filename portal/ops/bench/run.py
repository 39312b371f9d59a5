"""`manage.py bench`: seeds a scale database beside the real one and prints what pages cost."""

import argparse
import os
import time
from collections.abc import Mapping
from pathlib import Path

from portal.ops.bench.skill_report import run_skills
from portal.ops.servers import embedded_postgres, embedded_valkey

PROJECT = Path(__file__).resolve().parents[3]


def main(arguments: list[str]) -> int:
    """Run the whole bench; return 0 when every bar is met and 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="manage.py bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[500, 50_000])
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="PAGE", help='pages by name, such as "My learning"'
    )
    parser.add_argument("--no-visits", action="store_true", help="leave the browser out")
    parser.add_argument(
        "--skills", action="store_true", help="only the skill estimate, on simulated learners"
    )
    parser.add_argument("--engine", action="store_true", help="only the patient simulator")
    parser.add_argument(
        "--quiz", action="store_true", help="only a whole attempt, and a million answers counted"
    )
    parser.add_argument(
        "--evidence", action="store_true", help="only 10,000 agents with all their evidence"
    )
    parser.add_argument(
        "--sessions",
        action="store_true",
        help="only feedback sessions: a thousand on one day, with most of the people",
    )
    options = parser.parse_args(arguments)
    if options.skills:
        return run_skills()
    folder = PROJECT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    postgres = embedded_postgres(folder / "postgres")
    postgres.wipe()
    with postgres, embedded_valkey(folder / "valkey") as valkey:
        env = _environment(folder, postgres.url, valkey.url)
        os.environ.update(env)
        return _measure_all(options, env, postgres.pid or 0)


def _environment(folder: Path, database_url: str, redis_url: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "only for the bench, which holds nobody's data " + "-" * 20,
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "SITE_URL": "http://localhost:8000",
        "DEMO": "1",
        "DEBUG": "0",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "BENCH_LOG": str(folder / "web.log"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def _measure_all(options: argparse.Namespace, env: Mapping[str, str], database_pid: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from portal.ops.bench.engine import choice_costs, run_engine
    from portal.ops.bench.evidence import run_evidence
    from portal.ops.bench.pages import pages
    from portal.ops.bench.quizzes import run_quizzes
    from portal.ops.bench.report import print_report
    from portal.ops.bench.seed import seed_courses, seed_people
    from portal.ops.bench.sessions import run_sessions
    from portal.ops.bench.take import measure

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.engine:
        return run_engine(choice_costs())
    if options.quiz:
        seed_people(min(options.people))
        return run_quizzes(env, database_pid)
    call_command("library", "load", verbosity=0)
    if options.evidence:
        return run_evidence(env, database_pid)
    seed_courses()
    if options.sessions:
        seed_people(max(options.people))
        return run_sessions(env, database_pid)
    measured = []
    for people in options.people:
        began = time.monotonic()
        seed_people(people)
        print(f"{people:,} people seeded in {time.monotonic() - began:.0f} s.", flush=True)
        asked = pages(only=options.only)
        with_visits = not options.no_visits
        measured.append(measure(people, asked, env, database_pid, with_visits=with_visits))
    missed = print_report(measured)
    missed = max(missed, run_quizzes(env, database_pid), run_engine(choice_costs()))
    return missed if options.only else max(missed, run_evidence(env, database_pid))
