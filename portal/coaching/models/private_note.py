"""What somebody writes for themselves around a session."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.coaching.models.session import FeedbackSession


class PrivateNote(models.Model):
    """A note that only its author can read. The person it is about may ask for it by law.

    `released_text` is the note as it was when a review gave it to that person.
    """

    session = models.ForeignKey(FeedbackSession, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=8000, blank=True)
    saved_at = models.DateTimeField()
    released_text = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("private note")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "author"), name="one_private_note_per_session_and_author"
            ),
        )

    def __str__(self) -> str:
        return f"{self.author} on {self.session}"
