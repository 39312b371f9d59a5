"""Versions of the skill frame, as they were published."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillFrameVersionQuerySet(models.QuerySet["SkillFrameVersion"]):
    """Small named filters on versions of the frame."""

    def newest(self) -> "SkillFrameVersion | None":
        """Return the version in force, None where none was ever loaded."""
        return self.order_by("-number").first()


class SkillFrameVersion(models.Model):
    """One published version of the frame; what was recorded under it keeps pointing to it.

    A database trigger keeps it as it was written.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    is_own = models.BooleanField(default=False, help_text="Worded here, and not in the files.")

    objects: ClassVar[SkillFrameVersionQuerySet] = SkillFrameVersionQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("version of the skill frame")

    def __str__(self) -> str:
        return f"{self.number}"
