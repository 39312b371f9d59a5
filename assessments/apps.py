"""Registers attempts, what they show, and the mails about it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Make the mails about skills known, and check at start-up what an admin may have named."""
        from assessments import checks, mails, receivers  # noqa: F401  (they register once imported)

        mails.register_mails()
