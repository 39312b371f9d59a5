"""Somebody asks for the private notes kept about them; each reading of a note is written down."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.coaching.models.private_note import PrivateNote


class NotesRequestQuerySet(models.QuerySet["NotesRequest"]):
    """Small named filters on requests."""

    def open(self) -> "NotesRequestQuerySet":
        """Keep those that wait for a decision."""
        return self.filter(decided_at__isnull=True)


class NotesRequest(models.Model):
    """One person's wish to see what was written about them, and what came of it.

    `words` say why something was left out, if it was.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes_requests"
    )
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=500, blank=True)

    objects: ClassVar[NotesRequestQuerySet] = NotesRequestQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("request for notes")
        verbose_name_plural = _("requests for notes")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(decided_at__isnull=True),
                name="one_open_notes_request_per_person",
            ),
            models.CheckConstraint(
                name="notes_request_decided_fields_together",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} asked"


class NoteReading(models.Model):
    """Somebody other than its author had a private note in front of them. Never deleted."""

    note = models.ForeignKey(PrivateNote, on_delete=models.PROTECT, related_name="readings")
    request = models.ForeignKey(NotesRequest, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of a note")
        verbose_name_plural = _("readings of notes")
        ordering = ("read_at", "pk")

    def __str__(self) -> str:
        return f"{self.reader} read {self.note}"
