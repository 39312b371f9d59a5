"""What came of each try to deliver a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.notifications.models.outgoing_email import OutgoingEmail


class TryOutcome(models.TextChoices):
    """How one try ended."""

    SENT = "sent", _("Accepted by the mail server")
    DROPPED = "dropped", _("Not needed any more")
    POSTPONED = "postponed", _("Did not work, put off")
    GIVEN_UP = "given_up", _("Did not work, given up")
    UNCERTAIN = "uncertain", _("Broke off, may have arrived")
    LOST = "lost", _("The sender stopped in the middle")


class DeliveryTry(models.Model):
    """One try to deliver one mail, written down when it was over."""

    email = models.ForeignKey(
        OutgoingEmail, on_delete=models.CASCADE, related_name="delivery_tries"
    )
    number = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=TryOutcome)
    detail = models.TextField(blank=True)

    class Meta:
        verbose_name = _("delivery try")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("email", "number"), name="one_outcome_for_each_try"),
            models.CheckConstraint(
                name="try_outcome_is_known",
                condition=models.Q(outcome__in=TryOutcome.values),
            ),
        )

    def __str__(self) -> str:
        return f"try {self.number} of {self.email_id}: {self.outcome}"
