"""Registers attempts, what they show, and the mails about it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Make the mails known, and check at start-up what an admin may have named."""
        from assessments import (  # noqa: F401  (some only register)
            checks,
            mails,
            receivers,
            refresher_mails,
            result_mails,
        )

        mails.register_mails()
        refresher_mails.register_refresher_mails()
        result_mails.register_mails()
