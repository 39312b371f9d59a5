"""How items and quizzes go, summed up over first attempts for their authors."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Activity


class QuizStatistic(models.Model):
    """What first attempts at one item come to, or at the whole quiz where `step_id` is empty.

    `shape` stays the same as long as what is asked and its key do; a change begins a new row.
    `flags` say what is worth an author's look, as it was when last counted.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    step_id = models.CharField(max_length=64, blank=True)
    shape = models.CharField(max_length=16)
    sums = models.JSONField(default=dict)
    flags = ArrayField(models.CharField(max_length=20), default=list)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("statistic of a quiz")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "step_id", "shape"), name="one_statistic_per_item_and_shape"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.step_id}"
