"""`manage.py demo`: the demo cast with a little history; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.cast import PASSWORD, SIGN_INS
from portal.demo.staging import stage
from portal.kit.clock import now


class Command(BaseCommand):
    """Bring the demo cast on stage. People who are there already stay as they are."""

    help = "Add the demo people, teams and history, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Stage the demo and say how to sign in."""
        added = stage(at=now())
        self.stdout.write(f"{added} demo people added.")
        for role, name, email in SIGN_INS:
            self.stdout.write(f"  {role:<10} {name:<15} {email}   password: {PASSWORD}")
