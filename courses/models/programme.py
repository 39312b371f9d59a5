"""Programmes, and their versions as they were published."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.version import PublishedVersion


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Small named filters on programmes."""

    def on_offer(self) -> "ProgrammeQuerySet":
        """Keep those written for everybody, by title; not those made for somebody's gap."""
        return self.filter(is_tailored=False, archived_at__isnull=True).order_by("title", "pk")


class Programme(models.Model):
    """A way through modules, calls, refreshers and sessions; what it says is in its versions.

    `written_by` wrote it on its page; nobody did where it comes from the library's files, or was
    made from a gap.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"))
    is_tailored = models.BooleanField(default=False, help_text="Made from a gap of some people.")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes_written",
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.title


class ProgrammeVersion(PublishedVersion):
    """What a programme said when somebody was given it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        verbose_name = _("version of a programme")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "number"), name="programme_version_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"
