"""Registers the outbox, its own kinds of mail, and what it listens to."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Make our kinds of mail known and listen to invitations."""
        from portal.notifications import checks, own_kinds, receivers  # noqa: F401  (they register themselves)

        own_kinds.register_own_kinds()
