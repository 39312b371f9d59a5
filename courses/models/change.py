"""What a lead changed about one person's duty, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.enrolment import Enrolment


class ChangeOfDuty(models.TextChoices):
    """How a duty can be changed once it was given."""

    EXTENDED = "extended", _("More time")
    EXEMPTED = "exempted", _("Exempt from it")
    WITHDRAWN = "withdrawn", _("Taken off the list")
    EXEMPTION_ENDED = "unexempted", _("Exemption ended")


class EnrolmentChange(models.Model):
    """One change with its reason. Rows are never changed or deleted (a trigger keeps them).

    The two days are those before and after more time was given, and empty for all else.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("what"), max_length=12, choices=ChangeOfDuty.choices)
    reason = models.TextField(_("reason"), max_length=500)
    due_on_before = models.DateField(null=True)
    due_on_after = models.DateField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change")
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="enrolment_change_days_go_with_more_time",
                condition=models.Q(
                    kind=ChangeOfDuty.EXTENDED,
                    due_on_before__isnull=False,
                    due_on_after__gt=models.F("due_on_before"),
                )
                | (
                    ~models.Q(kind=ChangeOfDuty.EXTENDED)
                    & models.Q(due_on_before__isnull=True, due_on_after__isnull=True)
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.enrolment}"
