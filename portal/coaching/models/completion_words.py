"""What a lead says about something that somebody finished."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import ModuleCompletion


class CompletionWords(models.Model):
    """Kudos or a comment on a completion. Kudos may come without words, once from each lead.

    The person reads it, and so do all who answer for them.
    """

    completion = models.ForeignKey(ModuleCompletion, on_delete=models.PROTECT, related_name="words")
    is_kudos = models.BooleanField()
    text = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("words on a completion")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("completion", "by"),
                condition=models.Q(is_kudos=True),
                name="one_kudos_from_each_lead",
            ),
            models.CheckConstraint(
                name="a_comment_on_a_completion_has_words",
                condition=models.Q(is_kudos=True) | ~models.Q(text=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} on {self.completion}"
