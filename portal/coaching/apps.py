"""Registers feedback sessions and their mails."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "portal.coaching"

    def ready(self) -> None:
        """Make the mails about sessions known."""
        from portal.coaching import mails, mentoring_mail, nudge_mail, words_mail

        mails.register_mails()
        mentoring_mail.register_mentoring_mail()
        nudge_mail.register_nudge()
        words_mail.register_words()
