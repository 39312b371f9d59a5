"""Programmes that people were given, and the steps that only they can tick."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Programme, ProgrammeVersion


class GivenProgrammeQuerySet(models.QuerySet["GivenProgramme"]):
    """Small named filters on programmes given."""

    def standing(self) -> "GivenProgrammeQuerySet":
        """Keep what was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class GivenProgramme(models.Model):
    """One person's programme, in the version of the day it was given.

    `reasons` says why, for each skill: what the page said of it, and how sure that was. `answer`
    is what the person says to it.
    """

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="given")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="given")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programmes"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programmes_given"
    )
    given_at = models.DateTimeField()
    starts_on = models.DateField()
    note = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[GivenProgrammeQuerySet] = GivenProgrammeQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("program given")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "programme"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_programme_per_person",
            ),
            models.CheckConstraint(
                name="programme_withdrawn_fields_together",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_answer_fields_together",
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=("user", "-given_at"), name="programmes_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.programme_id}"


class StepTick(models.Model):
    """Somebody says that they did a step which leaves no other trace."""

    given = models.ForeignKey(GivenProgramme, on_delete=models.CASCADE, related_name="ticks")
    step = models.CharField(max_length=80)
    ticked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ticked step")
        constraints = (models.UniqueConstraint(fields=("given", "step"), name="one_tick_per_step"),)

    def __str__(self) -> str:
        return f"{self.given_id}: {self.step}"
