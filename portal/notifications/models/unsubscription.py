"""Which optional mails a person has turned off."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Unsubscription(models.Model):
    """One kind of mail that one person does not want. No row means they get it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsubscriptions"
    )
    kind = models.CharField(_("kind"), max_length=40)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("unsubscription")
        constraints = (
            models.UniqueConstraint(fields=("user", "kind"), name="one_unsubscription_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.user} does not want {self.kind}"
