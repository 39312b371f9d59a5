"""How hard items have proved to be, counted as first attempts close."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.evidence import EvidenceSource
from courses.models import Activity
from courses.models.course import SKILL_CHOICES


class ItemTally(models.Model):
    """How many first attempts answered one item, and the points they earned together.

    `step_id` is a moment of a scenario or an item of a quiz: the mean says how hard it is.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    step_id = models.CharField(max_length=64)
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    source = models.CharField(max_length=8, choices=EvidenceSource)
    attempts = models.PositiveIntegerField(default=0)
    points = models.FloatField(default=0)

    class Meta:
        verbose_name = _("tally of an item")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "step_id"), name="one_tally_per_item_of_an_activity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.step_id}: {self.points} of {self.attempts}"
