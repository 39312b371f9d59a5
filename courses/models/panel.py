"""Panels: people who rate the options of one item alone, so that their means become its key."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.revision import ContentRevision
from portal.people.models import User


class KeyPanelQuerySet(models.QuerySet["KeyPanel"]):
    """Small named filters on panels."""

    def of_rater(self, person: User) -> "KeyPanelQuerySet":
        """Keep those in which somebody was invited to rate."""
        return self.filter(pk__in=PanelSeat.objects.filter(rater=person).values("panel"))


class KeyPanel(models.Model):
    """A panel on one item as a revision asks it. Nobody sees ratings before `closed_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="panels")
    item_id = models.CharField(max_length=64)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[KeyPanelQuerySet] = KeyPanelQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("panel")
        ordering = ("-opened_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("revision", "item_id"),
                condition=models.Q(closed_at__isnull=True),
                name="one_open_panel_for_each_item",
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision}: {self.item_id}"

    @property
    def is_open(self) -> bool:
        """Whether ratings are still taken."""
        return self.closed_at is None


class PanelSeat(models.Model):
    """Somebody who rates in a panel; `ratings` are from 1 to 5 by option, once they did."""

    panel = models.ForeignKey(KeyPanel, on_delete=models.PROTECT, related_name="seats")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ratings = models.JSONField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a panel")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("panel", "rater"), name="one_seat_for_each_rater"),
            models.CheckConstraint(
                name="seat_rated_fields_together",
                condition=models.Q(ratings__isnull=True, rated_at__isnull=True)
                | models.Q(ratings__isnull=False, rated_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rater} in {self.panel}"
