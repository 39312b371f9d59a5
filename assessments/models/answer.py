"""An answer: one acknowledged step of an attempt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt


class Answer(models.Model):
    """What somebody answered at one step: a moment of a scenario or an item of a quiz.

    `seq` is the client's running number; the same number twice is the same answer, replayed.
    A later answer to the same step stands for it; earlier ones are kept.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="answers")
    seq = models.PositiveIntegerField()
    step_id = models.CharField(max_length=64)
    payload = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        ordering = ("attempt", "seq")
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "seq"), name="answer_number_is_unique_in_its_attempt"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.seq}"
