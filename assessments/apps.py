"""Registers attempts and what they show."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Check at start-up what an admin may have named."""
        from assessments import checks  # noqa: F401
