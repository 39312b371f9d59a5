"""Which mails a person has asked for that are off until somebody does."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One kind of mail, off at first, that one person wants. No row means they do not get it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    kind = models.CharField(_("kind"), max_length=40)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("subscription")
        constraints = (
            models.UniqueConstraint(fields=("kind", "user"), name="one_subscription_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.user} wants {self.kind}"
