"""Published content: immutable revisions, and the files they show."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.activity import Activity


class ChangeKind(models.TextChoices):
    """What a new revision means for results that exist already."""

    NEW_CONTENT = "new_content", _("New content: for new attempts only")
    TYPO = "typo", _("A typo: results stand")
    WRONG_KEY = "wrong_key", _("A wrong key: results are worked out again")


class RevisionIsImmutable(TypeError):
    """A published revision was about to be changed; publish a new one instead."""


class ContentRevision(models.Model):
    """What learners read: self-contained, numbered within its activity, never changed.

    A database trigger holds that promise against code that goes around the model.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    schema_version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    media = models.JSONField(default=dict, help_text="File name in the content to its SHA-256.")
    content_sha256 = models.CharField(max_length=64)
    change_kind = models.CharField(
        max_length=12, choices=ChangeKind, default=ChangeKind.NEW_CONTENT
    )
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision")
        ordering = ("activity", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "number"),
                name="revision_number_is_unique_in_its_activity",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new revision.

        Raises:
            RevisionIsImmutable: the revision is stored already.
        """
        if not self._state.adding:
            raise RevisionIsImmutable("A published revision never changes; publish a new one.")
        super().save(*args, **kwargs)


class MediaFile(models.Model):
    """A picture, sound or video, kept under the hash of its bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    mime_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("media file")

    def __str__(self) -> str:
        return self.name

    @property
    def storage_name(self) -> str:
        """Where the bytes are, within the file storage."""
        return f"content/{self.sha256[:2]}/{self.sha256}"
