"""`manage.py skills check|recompute|backfill`: estimates against the evidence they rest on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.actions.rebuilding import (
    backfill_evidence,
    differing_estimates,
    recompute_estimates,
)
from portal.kit.clock import now


class Command(BaseCommand):
    """Check that every estimate follows from its evidence, or bring it back in line."""

    help = "Check skill estimates against their evidence, recompute them, or backfill evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("action", choices=["check", "recompute", "backfill"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was found."""
        if options["action"] == "backfill":
            self.stdout.write(f"{backfill_evidence(at=now())} attempts gave evidence.")
            return
        found = list(differing_estimates())
        if options["action"] == "recompute":
            people = {one.estimate.user_id for one in found}
            moved = sum(map(recompute_estimates, sorted(people)))
            self.stdout.write(f"{moved} estimates brought in line with their evidence.")
        elif found:
            raise CommandError(f"{len(found)} estimates differ from their evidence.")
        else:
            self.stdout.write("Every estimate follows from its evidence.")
