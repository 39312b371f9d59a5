"""More time for a person in every quiz that limits it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PERCENT = 200


class ExtraTime(models.Model):
    """What was agreed for somebody at `set_at`, in percent of a quiz's time; the latest row counts.

    Rows are never changed: 0 percent ends it. The reason may be about somebody's health, so it is
    written here only, for those who answer for the person, and in no log.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="extra_times"
    )
    percent = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                name="extra_time_is_from_none_to_three_times_as_long",
                condition=models.Q(percent__gte=0, percent__lte=MOST_PERCENT),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.percent} %"
