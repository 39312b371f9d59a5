"""Filters of a lead's people that they keep under a name."""

from typing import ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courses.learning_state import LearningState
from portal.people.models import Team
from portal.people.models.user import LONGEST_TAG


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Small named filters on saved views."""

    def kept(self) -> "SavedViewQuerySet":
        """Keep those that their owner has not removed."""
        return self.filter(removed_at__isnull=True)


class SavedView(models.Model):
    """A filter of one's people under a name; empty fields let everybody through.

    It is never changed, and stays when its owner removes it: a rule may go on reaching whom it
    lets through.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views"
    )
    name = models.CharField(_("name"), max_length=60)
    text = models.CharField(max_length=100, blank=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    tag = models.CharField(max_length=LONGEST_TAG, blank=True)
    state = models.CharField(max_length=20, choices=LearningState.choices, blank=True)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[SavedViewQuerySet] = SavedViewQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("saved view")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                condition=models.Q(removed_at__isnull=True),
                name="one_saved_view_per_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> str:
        """The end of the address of a list that shows it."""
        asked = {"q": self.text, "team": self.team_id, "tag": self.tag, "state": self.state}
        return urlencode({name: value for name, value in asked.items() if value})
