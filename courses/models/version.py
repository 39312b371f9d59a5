"""Words that were published: each change is another version, and an earlier one stays as it was."""

from django.conf import settings
from django.db import models


class PublishedVersion(models.Model):
    """What something said at one time, numbered within it.

    A database trigger on the table of each kind keeps its rows as they are.
    """

    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        abstract = True
