"""A correction of a mark: what it was, what it became, and why; never changed or deleted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.mark import AnswerMark


class MarkCorrection(models.Model):
    """A mark that its lead corrected, and the share of the points of the attempt, of 100.

    The percentages are missing where the attempt still waited for other marks. `old_result` is
    what the attempt came to before.
    """

    mark = models.ForeignKey(AnswerMark, on_delete=models.PROTECT, related_name="corrections")
    old_levels = models.JSONField()
    old_comment = models.TextField(blank=True)
    new_levels = models.JSONField()
    new_comment = models.TextField(blank=True)
    reason = models.TextField()
    old_result = models.JSONField(null=True)
    old_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    new_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correction of a mark")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="correction_has_a_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="correction_percentages_together",
                condition=models.Q(old_percent__isnull=True, new_percent__isnull=True)
                | models.Q(old_percent__isnull=False, new_percent__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.mark}: {self.reason}"

    @property
    def levels(self) -> dict[str, int]:
        """The levels that were given before, by criterion."""
        return dict(self.old_levels)
