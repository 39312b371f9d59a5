"""Refresher cards of modules, in the versions in which they were published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Module


class RefresherVersion(models.Model):
    """What the cards of a module said at one time. A database trigger keeps it so."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="refreshers")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of refresher cards")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "number"), name="refresher_version_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.module} {self.number}"
