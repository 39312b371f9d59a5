"""A mark: an answer that a lead has to mark, and the points and words it got."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.answer import Answer
from assessments.models.attempt import Attempt


class AnswerMarkQuerySet(models.QuerySet["AnswerMark"]):
    """Small named filters on marks."""

    def waiting(self) -> "AnswerMarkQuerySet":
        """Keep those that no lead has given."""
        return self.filter(marked_at__isnull=True)

    def given(self) -> "AnswerMarkQuerySet":
        """Keep those that a lead has given."""
        return self.filter(marked_at__isnull=False)


class AnswerMark(models.Model):
    """One answer of an attempt that was handed in.

    Whoever gave the mark may correct it; what it was before stands in its `corrections`.

    `levels` are the points chosen for each criterion of the item's rubric, by its id.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="marks")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    step_id = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    levels = models.JSONField(null=True, blank=True)
    comment = models.TextField(blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AnswerMarkQuerySet] = AnswerMarkQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("mark")
        constraints = (
            models.UniqueConstraint(fields=("attempt", "step_id"), name="one_mark_for_each_answer"),
            models.CheckConstraint(
                name="mark_fields_together",
                condition=models.Q(
                    marked_at__isnull=True, marked_by__isnull=True, levels__isnull=True, comment=""
                )
                | models.Q(marked_at__isnull=False, marked_by__isnull=False, levels__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("asked_at",),
                condition=models.Q(marked_at__isnull=True),
                name="marks_that_wait",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.step_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether no lead has given it yet."""
        return self.marked_at is None
