"""What a lead heard on one contact, rated on the anchored scales."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import SkillFrameVersion
from courses.models.course import SKILL_CHOICES
from portal.coaching.models.session import FeedbackSession

LOWEST_RATING, HIGHEST_RATING = 1, 5


class Observation(models.Model):
    """One contact, heard by one lead, for one skill. Written once: another look is another row.

    `frame` is the version of the skill frame whose words were in view.
    """

    session = models.ForeignKey(
        FeedbackSession, on_delete=models.PROTECT, related_name="observations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="observations"
    )
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="observations_made"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    heard_on = models.DateField(_("heard on"))
    frame = models.ForeignKey(SkillFrameVersion, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("observation")
        ordering = ("-heard_on", "-pk")

    def __str__(self) -> str:
        return f"{self.observer} heard {self.person}"


class BehaviourRating(models.Model):
    """How one behavior was heard, with the sentence that shows it; no rating: not observed."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="ratings")
    behaviour = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("rating")
        ordering = ("behaviour",)
        constraints = (
            models.UniqueConstraint(
                fields=("observation", "behaviour"), name="one_rating_per_behaviour_and_contact"
            ),
            models.CheckConstraint(
                name="rating_is_on_the_scale_and_has_its_quote",
                condition=models.Q(rating__isnull=True)
                | (
                    models.Q(rating__gte=LOWEST_RATING, rating__lte=HIGHEST_RATING)
                    & ~models.Q(quote="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.behaviour}: {self.rating or 'not observed'}"
