"""The pages that go with a module, in the versions in which they were published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Module


class SheetKind(models.TextChoices):
    """Whom a page is for, and what for; the value is its file's name."""

    JOB_AID = "job-aid", _("Job aid")
    LEAD_GUIDE = "lead-guide", _("Guide for leads")


class SheetVersion(models.Model):
    """What a page of a module said at one time. A database trigger keeps it so."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(_("kind"), max_length=12, choices=SheetKind)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a page")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "kind", "number"), name="sheet_version_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.module} {self.number}"
