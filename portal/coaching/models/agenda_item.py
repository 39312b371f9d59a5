"""One thing to talk about in a session."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.coaching.models.session import FeedbackSession


class AgendaKind(models.TextChoices):
    """Where a line of the agenda comes from, in the order in which one talks about them."""

    STRENGTH = "strength", _("Likely strength")
    GAP = "gap", _("Likely gap")
    WENT_WELL = "went_well", _("Went well")
    LOOK_AT = "look_at", _("Look at together")
    QUESTIONS = "questions", _("Questions to go through")
    OVERDUE = "overdue", _("Overdue learning")
    AGREED = "agreed", _("Agreed last time")
    QUALITY = "quality", _("Call quality")
    TOPIC = "topic", _("Own topic")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Small named filters on agenda lines."""

    def shown(self) -> "AgendaItemQuerySet":
        """Keep what was not taken off, in order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class AgendaItem(models.Model):
    """A line of the agenda.

    Attune's own lines hold what they are about in `about` (names and numbers) and are put into
    words in the reader's language; `key` says which evidence one stands for, so that building
    the agenda again adds nothing twice and brings back nothing that was taken off. A topic that
    somebody added holds their `words`.
    """

    session = models.ForeignKey(FeedbackSession, on_delete=models.CASCADE, related_name="agenda")
    kind = models.CharField(max_length=9, choices=AgendaKind)
    key = models.CharField(max_length=80)
    about = models.JSONField(default=dict)
    words = models.CharField(max_length=300, blank=True)
    proof_path = models.CharField(max_length=200, blank=True)
    skill = models.CharField(max_length=14, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("agenda line")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "key"), name="agenda_key_is_unique_in_its_session"
            ),
            models.CheckConstraint(
                name="agenda_topic_has_words_and_an_author",
                condition=models.Q(kind="topic", added_by__isnull=False) & ~models.Q(words="")
                | ~models.Q(kind="topic"),
            ),
        )

    def __str__(self) -> str:
        return self.words or f"{self.kind} {self.key}"
