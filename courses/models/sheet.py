"""The pages that go with a module, in the versions in which they were published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Module
from courses.models.version import PublishedVersion


class SheetKind(models.TextChoices):
    """Whom a page is for, and what for; the value is its file's name."""

    JOB_AID = "job-aid", _("Job aid")
    LEAD_GUIDE = "lead-guide", _("Guide for leads")


class SheetVersion(PublishedVersion):
    """What a page of a module said at one time."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(_("kind"), max_length=12, choices=SheetKind)

    class Meta:
        verbose_name = _("version of a page")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "kind", "number"), name="sheet_version_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.module} {self.number}"
