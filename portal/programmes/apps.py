"""Registers programmes and their mails."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "portal.programmes"

    def ready(self) -> None:
        """Make the mails about programmes known."""
        from portal.programmes import mails

        mails.register_mails()
