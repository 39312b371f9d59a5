"""The estimate of a skill that evidence has led to, kept up to date."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.evidence import EvidenceKind
from assessments.skill_estimate import Estimate, Source
from courses.models.course import SKILL_CHOICES


class SkillEstimate(models.Model):
    """What the evidence of one kind says of one skill of one person, kept up to date.

    It can be worked out from the evidence alone. `start_mean` is where it began.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="skill_estimates"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    kind = models.CharField(max_length=8, choices=EvidenceKind)
    start_mean = models.FloatField()
    mean = models.FloatField()
    variance = models.FloatField()
    on = models.DateField(null=True, blank=True)
    events = models.PositiveIntegerField(default=0)
    sources = ArrayField(models.CharField(max_length=8), default=list)

    class Meta:
        verbose_name = _("estimate of a skill")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "skill", "kind"), name="one_estimate_per_person_skill_and_kind"
            ),
            models.CheckConstraint(
                name="estimate_variance_is_positive", condition=models.Q(variance__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.skill} ({self.kind})"

    @property
    def start(self) -> Estimate:
        """What it was before any evidence."""
        return Estimate(mean=self.start_mean)

    @property
    def value(self) -> Estimate:
        """The estimate as of the day of its last evidence."""
        return Estimate(
            mean=self.mean,
            variance=self.variance,
            on=self.on,
            events=self.events,
            sources=frozenset(map(Source, self.sources)),
        )

    @value.setter
    def value(self, found: Estimate) -> None:
        self.mean, self.variance, self.on = found.mean, found.variance, found.on
        self.events, self.sources = found.events, sorted(found.sources)
