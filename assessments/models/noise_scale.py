"""The one knob of the evidence model: how noisy evidence is taken to be."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LEAST_PERCENT, MOST_PERCENT = 25, 400


class NoiseScale(models.Model):
    """A factor on the noise of all evidence recorded from `set_at` on, in percent; the last counts.

    Rows are never changed, and evidence keeps the noise with which it was weighed.
    """

    percent = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("noise scale")
        verbose_name_plural = _("noise scales")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                name="noise_scale_is_a_quarter_to_four_times",
                condition=models.Q(percent__gte=LEAST_PERCENT, percent__lte=MOST_PERCENT),
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} %"
