"""How safety gates went in assessed calls."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt


class SafetyCheck(models.Model):
    """How one safety gate went in one assessed call: its own record, never part of a skill.

    Only `met` at the first try passes. Rows are never changed or deleted.
    """

    class Result(models.TextChoices):
        """How it went; the words of the scenario's own record."""

        MET = "met", _("Met")
        MENDED = "mended", _("Put right later")
        MISSED = "missed", _("Missed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="safety_checks"
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="safety_checks")
    gate = models.CharField(max_length=64)
    title = models.TextField()
    result = models.CharField(max_length=6, choices=Result)
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("safety check")
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "gate"), name="one_safety_check_per_attempt_and_gate"
            ),
        )
        indexes = (models.Index(fields=("user", "-on", "-id"), name="safety_checks_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.gate} {self.result}"
