"""The audit record: it names people and things by value, so that it outlives them."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kit.stored_writes import insert


class AuditEvent(models.Model):
    """One thing that somebody did. Rows are never changed or deleted (a trigger keeps them)."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, help_text="Empty where the system acted itself.")
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "-at"), name="audit_by_subject"),
            models.Index(fields=("actor_id", "-at"), name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.actor_name or 'Attune'} {self.verb} {self.subject_kind} {self.subject_id}"


def record(
    verb: str,
    subject: models.Model,
    *,
    by: models.Model | None,
    at: datetime,
    **details: Any,
) -> AuditEvent:
    """Write down that `by` did `verb` to `subject`; call it inside the action's transaction."""
    event = AuditEvent(
        at=at,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        details=details,
    )
    insert(event)
    return event
