"""Sessions of two people that come back every few weeks."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.kit.clock import local_moment
from portal.kit.wording import weekday_date


class SessionSeriesQuerySet(models.QuerySet["SessionSeries"]):
    """Small named filters on series."""

    def running(self) -> "SessionSeriesQuerySet":
        """Keep those that go on."""
        return self.filter(ended_at__isnull=True)


class SessionSeries(models.Model):
    """When two people meet again and again: on the same weekday, at the same time on the wall.

    The wall is the lead's, in `zone`, so that a change of the clocks moves nothing there.
    `next_on` is the first day that was neither planned nor passed over. `passed_over` holds the
    days that did not suit, as ISO dates, the latest last.
    """

    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    clock = models.TimeField()
    zone = models.CharField(max_length=64)
    every_weeks = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    video_link = models.URLField(blank=True)
    next_on = models.DateField()
    passed_over: Any = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SessionSeriesQuerySet] = SessionSeriesQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")
        constraints = (
            models.UniqueConstraint(
                fields=("lead", "agent"),
                condition=Q(ended_at__isnull=True),
                name="one_running_series_of_two_people",
            ),
            models.CheckConstraint(
                name="series_is_between_two_people", condition=~Q(lead=F("agent"))
            ),
            models.CheckConstraint(
                name="series_comes_back_within_a_quarter", condition=Q(every_weeks__range=(1, 13))
            ),
        )
        indexes = (
            models.Index(
                fields=("next_on",),
                condition=Q(ended_at__isnull=True),
                name="running_series_by_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead} and {self.agent} every {self.every_weeks} weeks"

    @property
    def next_starts_at(self) -> datetime:
        """When the next one begins, in UTC."""
        return local_moment(self.next_on, self.clock, self.zone)

    @property
    def passed_over_words(self) -> str:
        """The days that did not suit, in the reader's language."""
        return ", ".join(weekday_date(date.fromisoformat(day)) for day in self.passed_over)

    def step_on(self) -> None:
        """Look at the day after the next one."""
        self.next_on += timedelta(weeks=self.every_weeks)
