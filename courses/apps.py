"""Registers courses, their content and who must learn it."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        """Make the mails about learning known and listen to changes of people."""
        from courses import mails, receivers  # noqa: F401  (receivers listen once imported)

        mails.register_mails()
