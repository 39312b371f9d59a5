"""Registers people, teams and sign-in."""

from importlib import import_module

from allauth.core.internal import ratelimit
from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        """Connect what listens to allauth."""
        import_module("portal.people.second_step")
        # A process that is killed leaves its lock on a rate limit behind, and allauth refuses
        # everybody behind the same address until it ends: after as long as the others wait for it.
        ratelimit.CACHE_LOCK_TIMEOUT = ratelimit.CACHE_LOCK_WAIT_TIMEOUT
