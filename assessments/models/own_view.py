"""What people say of their own skills: a self-rating, and where they see it differently."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.evidence import SkillEvidence
from courses.models.course import SKILL_CHOICES


class SelfRating(models.Model):
    """How somebody rates one of their own skills, from 1 to 5. It moves no estimate.

    Each time is another row; the newest stands.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="self_ratings"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    rating = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("self-rating")
        constraints = (
            models.CheckConstraint(
                name="self_rating_is_on_the_scale",
                condition=models.Q(rating__gte=1, rating__lte=5),
            ),
        )
        indexes = (models.Index(fields=("user", "skill", "-rated_at"), name="self_ratings_newest"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.skill} {self.rating}"


class OtherViewQuerySet(models.QuerySet["OtherView"]):
    """Small named filters on other views."""

    def waiting(self) -> "OtherViewQuerySet":
        """Keep those that no lead has answered."""
        return self.filter(answered_at__isnull=True)


class OtherView(models.Model):
    """“I see this differently”: words on a skill, or on one piece of its evidence.

    A lead must answer. `said` is what the page said of the skill when it was written. Neither
    the words nor the answer change afterwards; whoever still disagrees writes another.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="other_views"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    evidence = models.ForeignKey(
        SkillEvidence, null=True, blank=True, on_delete=models.PROTECT, related_name="other_views"
    )
    said = models.CharField(max_length=15)
    words = models.TextField()
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OtherViewQuerySet] = OtherViewQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("other view")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "skill", "evidence"),
                condition=models.Q(answered_at__isnull=True),
                nulls_distinct=False,
                name="one_other_view_waits_for_each_thing",
            ),
            models.CheckConstraint(
                name="other_view_answer_fields_together",
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (
                    models.Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~models.Q(answer="")
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=("written_at",),
                condition=models.Q(answered_at__isnull=True),
                name="other_views_that_wait",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} on {self.skill}"

    @property
    def is_waiting(self) -> bool:
        """Whether no lead has answered yet."""
        return self.answered_at is None
