"""`manage.py skills check|recompute|backfill|import FILE`: estimates and their evidence."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.actions.call_quality import import_call_quality
from assessments.actions.rebuilding import (
    backfill_evidence,
    differing_estimates,
    recompute_estimates,
)
from assessments.scorecards import ScorecardsWrong, read_scorecards
from portal.kit.clock import now, utc_day
from portal.kit.errors import Refusal


class Command(BaseCommand):
    """Check that estimates follow from their evidence, bring them in line, or take more in."""

    help = (
        "Check skill estimates against their evidence, recompute them, backfill evidence of earlier"
        " attempts, or import call-quality scores from a CSV file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("action", choices=["check", "recompute", "backfill", "import"])
        parser.add_argument("file", nargs="?", type=Path, help="the CSV file to import")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was found."""
        if options["action"] == "backfill":
            self.stdout.write(f"{backfill_evidence(at=now())} attempts gave evidence.")
            return
        if options["action"] == "import":
            self._import(options["file"])
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

    def _import(self, file: Path | None) -> None:
        if file is None:
            raise CommandError("Name the CSV file to import.")
        at = now()
        try:
            text = file.read_text(encoding="utf-8-sig")
            cards = read_scorecards(text.splitlines(), today=utc_day(at))
            new = import_call_quality(cards, at=at)
        except (OSError, UnicodeDecodeError, ScorecardsWrong, Refusal) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        self.stdout.write(f"{new} of {len(cards)} scorecards were new, and are evidence now.")
