#!/usr/bin/env python3
"""Attune's command line: `start` runs it, `test` checks it, `bench` measures it."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  (it is for those who have an older one)
        sys.exit(f"Attune needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    from portal.ops.bootstrap import adopt_environment, ensure_installed

    needs_tools = command in ("test", "bench")
    ensure_installed(PROJECT, "requirements-dev.txt" if needs_tools else "requirements.txt")
    # These three bring the servers that the settings ask for, so they run before the settings do.
    if command == "start":
        from portal.ops.start import main as start

        sys.exit(start(sys.argv[2:]))
    if command == "test":
        from portal.ops.checks import main as test

        sys.exit(test(sys.argv[2:]))
    if command == "bench":
        from portal.ops.bench.run import main as bench

        sys.exit(bench(sys.argv[2:]))
    adopt_environment(PROJECT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
