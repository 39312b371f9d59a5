"""What people say about the coach of typed replies, and how they mark their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.answer import Answer


class CoachReport(models.Model):
    """Somebody says that an observation about their typed reply is wrong.

    It holds the words that the rule marked (`start` to before `end`), and nothing else of the
    reply: authors read reports, and practice is private.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="coach_reports")
    rule = models.CharField(max_length=32)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    note = models.TextField(blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report about the coach")
        ordering = ("-reported_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "rule", "start", "end"), name="coach_report_once_an_observation"
            ),
            models.CheckConstraint(
                name="coach_report_marks_some_words", condition=models.Q(end__gt=models.F("start"))
            ),
            models.CheckConstraint(
                name="coach_report_settled_fields_together",
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("rule", "-reported_at"),
                condition=models.Q(settled_at__isnull=True),
                name="open_coach_reports_by_rule",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.words}"

    @property
    def is_settled(self) -> bool:
        """Whether an author has dealt with it."""
        return self.settled_at is not None


class OwnMark(models.Model):
    """How near somebody's typed reply came to one of the panel's, by their own judgement alone.

    `reply` is the id of a choice, or `expert`. No software reads this, and it weighs nothing.
    """

    class Nearness(models.TextChoices):
        """How the own reply compares with one of the panel's."""

        SAME = "same", _("Mine does this too")
        PART = "part", _("Mine does some of it")
        OTHER = "other", _("Mine does something else")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="own_marks")
    reply = models.CharField(max_length=64)
    nearness = models.CharField(max_length=5, choices=Nearness)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("own mark")
        constraints = (
            models.UniqueConstraint(fields=("answer", "reply"), name="own_mark_once_a_model_reply"),
        )

    def __str__(self) -> str:
        return f"{self.answer_id} {self.reply}: {self.nearness}"
