"""Registers courses, their content and who must learn it."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        """Make the mails about learning known and listen to changes of people."""
        from courses import mails, panel_mails, receivers  # noqa: F401  (receivers only listen)

        mails.register_mails()
        panel_mails.register_mails()
