"""Refresher cards of modules, in the versions in which they were published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Module
from courses.models.version import PublishedVersion


class RefresherVersion(PublishedVersion):
    """What the cards of a module said at one time."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="refreshers")

    class Meta:
        verbose_name = _("version of refresher cards")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "number"), name="refresher_version_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.module} {self.number}"
