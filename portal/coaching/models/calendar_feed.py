"""A calendar that follows somebody's due days and sessions by a secret address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """That somebody has such an address; each new one has the next `number`, and ends the last.

    The address itself is not kept: it is signed over the person and the number.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feed"
    )
    number = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return f"{self.user}"
