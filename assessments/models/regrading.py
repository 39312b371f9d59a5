"""Results worked out again after a key was wrong: what was, what is, and nothing overwritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt
from courses.models import ContentRevision


class Regrading(models.Model):
    """The decision that attempts since the last new content count by the key of `revision`."""

    revision = models.OneToOneField(
        ContentRevision, on_delete=models.PROTECT, related_name="regrading"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = _("regrading")

    def __str__(self) -> str:
        return f"{self.revision}"


class Regrade(models.Model):
    """How one attempt went by the old key and by the new one; never changed or deleted.

    Without a new result it could not be worked out again, and the old one stands.
    """

    regrading = models.ForeignKey(Regrading, on_delete=models.PROTECT, related_name="regrades")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="regrades")
    old_result = models.JSONField()
    old_points = models.DecimalField(max_digits=7, decimal_places=3)
    old_is_passed = models.BooleanField()
    new_result = models.JSONField(null=True)
    new_points = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    new_is_passed = models.BooleanField(null=True)
    is_changed = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("regrade")
        constraints = (
            models.UniqueConstraint(
                fields=("regrading", "attempt"), name="one_regrade_per_regrading_and_attempt"
            ),
            models.CheckConstraint(
                name="regrade_has_a_whole_new_result_or_none",
                condition=models.Q(
                    new_result__isnull=True, new_points__isnull=True, new_is_passed__isnull=True
                )
                | models.Q(
                    new_result__isnull=False, new_points__isnull=False, new_is_passed__isnull=False
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.old_points} → {self.new_points}"

    @property
    def old_percent(self) -> int:
        """The share of the points by the old key, 0 to 100, as pages show it."""
        return int(self.old_points)
