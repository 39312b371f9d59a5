"""Registers people, teams and sign-in."""

from importlib import import_module

from allauth.core.internal import ratelimit
from django.apps import AppConfig

LIMIT_LOCK_SECONDS = 1


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        """Connect what listens to allauth."""
        import_module("portal.people.second_step")
        # A process that is killed leaves its lock on a rate limit behind, and allauth refuses
        # everybody behind the same address until it ends: so the others wait longer than it lives.
        ratelimit.CACHE_LOCK_TIMEOUT = LIMIT_LOCK_SECONDS
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 2 * LIMIT_LOCK_SECONDS
