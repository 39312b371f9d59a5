"""Evidence: what attempts and ratings show of a skill."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt
from assessments.skill_estimate import Evidence, Source
from courses.models import SkillFrameVersion
from courses.models.course import SKILL_CHOICES


class EvidenceKind(models.TextChoices):
    """Where it was shown; the two are never mixed into one line."""

    PRACTICE = "practice", _("Practice")
    JOB = "job", _("On the job")


class EvidenceSource(models.TextChoices):
    """What it comes from."""

    SCENARIO = Source.SCENARIO.value, _("Practice call")
    QUIZ = Source.QUIZ.value, _("Quiz")
    LEAD = Source.LEAD.value, _("Rated call")
    IMPORTED = Source.IMPORTED.value, _("Call quality")


class SkillEvidenceQuerySet(models.QuerySet["SkillEvidence"]):
    """Small named filters on evidence."""

    def standing(self) -> "SkillEvidenceQuerySet":
        """Keep what no later evidence supersedes."""
        first = Coalesce(models.OuterRef("supersedes"), models.OuterRef("pk"))
        later = SkillEvidence.objects.filter(supersedes=first, pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later))

    def in_place(self) -> "SkillEvidenceQuerySet":
        """Order it as it was taken in, what supersedes in the place of what it does."""
        return self.order_by("user", "skill", "kind", Coalesce("supersedes", "pk"))


class SkillEvidence(models.Model):
    """One event that says something about one skill of one person; never changed or deleted.

    `value` (0 to 1) and `noise` are what the estimate took in on the day `on`; `expected` and
    `expected_variance` what was predicted before it was seen; `moved` how far the estimate went.
    `behaviours` has, by code, the sum of points and the number of items, in the words of `frame`.
    `proof` names what it rests on where that is no attempt. Where a key was wrong, another row
    `supersedes` the first one: of all that do, the latest stands, in the place of the first.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="skill_evidence"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    kind = models.CharField(max_length=8, choices=EvidenceKind)
    source = models.CharField(max_length=8, choices=EvidenceSource)
    value = models.FloatField()
    noise = models.FloatField()
    items = models.PositiveSmallIntegerField()
    behaviours = models.JSONField(default=dict)
    is_provisional = models.BooleanField(default=False)
    frame = models.ForeignKey(SkillFrameVersion, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey(
        Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    proof = models.CharField(max_length=64, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    expected = models.FloatField()
    expected_variance = models.FloatField()
    gain = models.FloatField()
    moved = models.FloatField()
    on = models.DateField()
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SkillEvidence"]] = SkillEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "skill"),
                condition=models.Q(attempt__isnull=False, supersedes__isnull=True),
                name="one_evidence_per_attempt_and_skill",
            ),
            models.UniqueConstraint(
                fields=("proof", "skill"),
                condition=~models.Q(proof=""),
                name="one_evidence_per_proof_and_skill",
            ),
            models.CheckConstraint(
                name="evidence_rests_on_an_attempt_or_another_proof",
                condition=models.Q(attempt__isnull=False, proof="")
                | (models.Q(attempt__isnull=True) & ~models.Q(proof="")),
            ),
            models.CheckConstraint(
                name="evidence_value_and_noise_in_range",
                condition=models.Q(value__gte=-1, value__lte=2, noise__gt=0),
            ),
        )
        indexes = (
            models.Index(fields=("user", "skill", "-on", "-id"), name="evidence_of_a_person"),
            models.Index(
                fields=("-id",),
                condition=models.Q(source="scenario"),
                name="evidence_that_was_predicted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.skill}, {self.source} on {self.on}"

    @property
    def as_event(self) -> Evidence:
        """What the model takes in."""
        return Evidence(Source(self.source), self.value, self.noise, self.on)
