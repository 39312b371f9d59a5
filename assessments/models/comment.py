"""A comment: words pinned to one moment of a run that has ended."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt


class MomentComment(models.Model):
    """What somebody wrote about the reply with this number. Whoever sees the run can read it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="comments")
    reply_number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a moment")
        ordering = ("attempt", "reply_number", "pk")

    def __str__(self) -> str:
        return f"{self.author}: {self.attempt_id} #{self.reply_number}"
