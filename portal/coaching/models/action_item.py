"""What somebody takes away from a session to do."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.coaching.models.session import FeedbackSession


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Small named filters on what was agreed."""

    def open(self) -> "ActionItemQuerySet":
        """Keep what is neither done nor dropped."""
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)


class ActionItem(models.Model):
    """Something agreed: who does it, until when, and whether it was done or dropped together."""

    session = models.ForeignKey(FeedbackSession, on_delete=models.CASCADE, related_name="actions")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_items"
    )
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ActionItemQuerySet] = ActionItemQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("action")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="action_is_done_or_dropped_not_both",
                condition=models.Q(done_at__isnull=True) | models.Q(dropped_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.words

    def is_late(self, today: date) -> bool:
        """Whether it is open although its day is over."""
        return self.done_at is None and self.dropped_at is None and self.due_on < today
