"""Calibration: several leads rate one transcript blind, compare, and agree on what it shows."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import SkillFrameVersion
from courses.models.course import SKILL_CHOICES
from portal.coaching.models.observation import HIGHEST_RATING, LOWEST_RATING
from portal.people.models import User

_ON_THE_SCALE = (LOWEST_RATING, HIGHEST_RATING)


class CalibrationRoundQuerySet(models.QuerySet["CalibrationRound"]):
    """Small named filters on rounds."""

    def of(self, person: User) -> "CalibrationRoundQuerySet":
        """Keep the rounds that somebody opened or rates in."""
        seats = CalibrationSeat.objects.filter(rater=person)
        return self.filter(Q(host=person) | Q(pk__in=seats.values("round")))


class CalibrationRound(models.Model):
    """One transcript to rate for one skill. Nobody sees another's ratings before `shown_at`.

    `frame` is the version of the skill frame whose words are in view.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    transcript = models.TextField(_("transcript"), max_length=12_000)
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    frame = models.ForeignKey(SkillFrameVersion, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CalibrationRoundQuerySet] = CalibrationRoundQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("calibration round")

    def __str__(self) -> str:
        return self.title


class CalibrationSeat(models.Model):
    """Somebody who rates in a round; `rated_at` once they did, which they do once."""

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="seats")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a calibration round")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "rater"), name="one_seat_for_each_rater_of_a_round"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rater} in {self.round}"


class CalibrationMark(models.Model):
    """How one rater saw one behavior in the transcript; no rating: not observed."""

    seat = models.ForeignKey(CalibrationSeat, on_delete=models.CASCADE, related_name="marks")
    behaviour = models.CharField(max_length=8)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("mark")
        constraints = (
            models.UniqueConstraint(
                fields=("seat", "behaviour"), name="one_mark_for_each_behaviour_of_a_seat"
            ),
            models.CheckConstraint(
                name="mark_is_on_the_scale_and_has_its_quote",
                condition=Q(rating__isnull=True) | (Q(rating__range=_ON_THE_SCALE) & ~Q(quote="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.behaviour}: {self.rating or 'not observed'}"


class AgreedExample(models.Model):
    """What a round agreed on for one behavior, after talking: the rating, and what shows it.

    Kept as an example for everybody who rates that behavior later.
    """

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="agreed")
    behaviour = models.CharField(max_length=8)
    rating = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("agreed example")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "behaviour"), name="one_agreement_for_each_behaviour_of_a_round"
            ),
            models.CheckConstraint(
                name="agreement_is_on_the_scale_and_has_words",
                condition=Q(rating__range=_ON_THE_SCALE) & ~Q(words=""),
            ),
        )
        indexes = (
            models.Index(fields=("behaviour", "-agreed_at"), name="examples_of_a_behaviour"),
        )

    def __str__(self) -> str:
        return f"{self.behaviour}: {self.rating}"
