"""What a rule did each time it found something to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.assignment import Assignment


class RuleRun(models.Model):
    """One run of an assignment that goes on by itself: how many it reached, and how many again.

    Whom exactly is told by the duties of the same moment.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="runs")
    at = models.DateTimeField()
    reached = models.PositiveIntegerField()
    renewed = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("run of a rule")
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "at"), name="one_run_of_a_rule_at_a_time"
            ),
            models.CheckConstraint(
                name="rule_run_did_something",
                condition=models.Q(reached__gt=0) | models.Q(renewed__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment}: {self.reached} + {self.renewed}"
