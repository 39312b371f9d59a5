"""The outbox: one row for each mail, from the plan to the last word on it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class EmailState(models.TextChoices):
    """How a mail stands. The last four are final."""

    PLANNED = "planned", _("Planned")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not needed")
    DEAD = "dead", _("Not delivered")
    UNKNOWN = "unknown", _("Uncertain")


OPEN_STATES = (EmailState.PLANNED, EmailState.SENDING)


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    """Small named filters on mails."""

    def addressed_to(self, beginning: str) -> "OutgoingEmailQuerySet":
        """Keep mails whose address begins like this, whatever the case."""
        return self.filter(to_address__startswith=beginning.lower())

    def waiting_since_before(self, moment: datetime) -> "OutgoingEmailQuerySet":
        """Keep mails that were due by `moment` and that nobody has taken up yet."""
        return self.filter(state=EmailState.PLANNED, due_at__lt=moment)


class OutgoingEmail(models.Model):
    """One mail to one address. What it says is composed when it is sent, not when it is planned.

    `due_at` moves on when a try fails. Of a secret kind (one whose mail holds a private link),
    `params` and the bodies are wiped once the mail has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="outgoing_emails",
    )
    to_address = models.EmailField(_("to"))
    dedupe_key = models.CharField(max_length=400, unique=True)
    message_id = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("planned at"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(
        _("state"), max_length=10, choices=EmailState, default=EmailState.PLANNED
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    drop_reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    resent_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="resent_as"
    )

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        constraints = (
            models.CheckConstraint(
                name="email_state_is_known", condition=Q(state__in=EmailState.values)
            ),
            models.CheckConstraint(
                name="email_claimed_fields_together",
                condition=Q(state=EmailState.SENDING, claimed_until__isnull=False, tries__gt=0)
                | (~Q(state=EmailState.SENDING) & Q(claimed_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="email_sent_fields_together",
                condition=Q(state=EmailState.SENT, sent_at__isnull=False)
                | (~Q(state=EmailState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="email_dropped_with_a_reason",
                condition=(Q(state=EmailState.DROPPED) & ~Q(drop_reason=""))
                | (~Q(state=EmailState.DROPPED) & Q(drop_reason="")),
            ),
            models.CheckConstraint(
                name="email_address_is_lower_case",
                condition=Q(to_address=Lower("to_address")),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(state__in=OPEN_STATES), name="mails_to_send"
            ),
            models.Index(fields=("state", "-created_at", "-id"), name="mails_by_state"),
            models.Index(fields=("-created_at", "-id"), name="mails_newest_first"),
            models.Index(
                OpClass("to_address", name="varchar_pattern_ops"), name="mails_by_address"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_address}"

    def get_state_display(self) -> str:
        """Return where the mail stands; Django's own way puts every state into words for that."""
        return str(EmailState(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether the last word on it is still to come."""
        return self.state in OPEN_STATES
