"""A feedback session: two people, some time together; one of them hosts it."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from portal.coaching.models.series import SessionSeries
from portal.people.models import User


class SessionState(models.TextChoices):
    """Where a session stands. The last three are final."""

    ASKED = "asked", _("Asked for")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    MISSED = "missed", _("Did not happen")
    CANCELLED = "cancelled", _("Cancelled")


class SessionKind(models.TextChoices):
    """Between whom it is, which says what its host may see and do."""

    LEAD = "lead", _("With a lead")
    PEERS = "peers", _("Between peers")


class InvitationAnswer(models.TextChoices):
    """What the agent said to the invitation."""

    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    ANOTHER_TIME = "another_time", _("Asked for another time")


class FeedbackSessionQuerySet(models.QuerySet["FeedbackSession"]):
    """Small named filters on sessions."""

    def of(self, person: User | int) -> "FeedbackSessionQuerySet":
        """Keep the sessions that somebody, or the person of an id, takes part in."""
        return self.filter(Q(lead=person) | Q(agent=person))

    def planned(self) -> "FeedbackSessionQuerySet":
        """Keep those that have a time and have not been held."""
        return self.filter(state=SessionState.PLANNED)


class _TimeTaken(Func):
    """The span of a session as a range of the database."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _one_at_a_time(who: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"session_{who}_has_one_at_a_time",
        expressions=(
            (_TimeTaken("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
            (who, RangeOperators.EQUAL),
        ),
        condition=Q(state=SessionState.PLANNED),
    )


class FeedbackSession(models.Model):
    """A session, from being asked for to being followed up.

    `lead` hosts it: a lead of the agent or, between peers, whoever planned it, who then sees no
    evidence and rates nothing. `proposed_at` is the time that the agent asked for instead.
    `planned_at` is when its present time was set. `sequence` rises with each change of time or
    place, so that calendars update their entry. `shared_note` is for both; its version rises
    with each save, and a save that names an older one is refused. `ends_at` is when it is meant
    to end, `held_at` when it was closed. `usefulness` (1 to 5) is the agent's; nobody is shown a
    single one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions_led"
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions"
    )
    series = models.ForeignKey(
        SessionSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    kind = models.CharField(max_length=5, choices=SessionKind, default=SessionKind.LEAD)
    state = models.CharField(max_length=9, choices=SessionState)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    video_link = models.URLField(_("video link"), blank=True)
    word = models.TextField(_("a word from you"), max_length=1000, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=12, choices=InvitationAnswer, default=InvitationAnswer.OPEN
    )
    answer_words = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_day_at = models.DateTimeField(null=True, blank=True)
    reminded_hour_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancel_words = models.CharField(max_length=300, blank=True)
    reflection = models.TextField(max_length=2000, blank=True)
    shared_note = models.TextField(max_length=8000, blank=True)
    shared_note_version = models.PositiveIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledge_words = models.TextField(max_length=1000, blank=True)
    usefulness = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[FeedbackSessionQuerySet] = FeedbackSessionQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("feedback session")
        constraints = (
            models.CheckConstraint(
                name="session_has_its_time_once_planned",
                condition=Q(state=SessionState.ASKED, starts_at=None, ends_at=None)
                | Q(state=SessionState.CANCELLED)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="session_is_between_two_people", condition=~Q(lead=F("agent"))
            ),
            models.CheckConstraint(
                name="session_held_fields_together",
                condition=Q(state=SessionState.HELD, held_at__isnull=False)
                | (~Q(state=SessionState.HELD) & Q(held_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="session_cancelled_fields_together",
                condition=Q(
                    state=SessionState.CANCELLED,
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                )
                | (
                    ~Q(state=SessionState.CANCELLED)
                    & Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="session_usefulness_is_from_1_to_5",
                condition=Q(usefulness__isnull=True) | Q(usefulness__range=(1, 5)),
            ),
            _one_at_a_time("lead"),
            _one_at_a_time("agent"),
        )
        indexes = (
            models.Index(fields=("lead", "-starts_at"), name="sessions_of_a_lead"),
            models.Index(fields=("agent", "-starts_at"), name="sessions_of_an_agent"),
            models.Index(
                fields=("starts_at",),
                condition=Q(state=SessionState.PLANNED),
                name="planned_sessions_by_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead} and {self.agent}"

    @property
    def is_between_peers(self) -> bool:
        """Whether its host has a peer's rights only."""
        return self.kind == SessionKind.PEERS

    @property
    def minutes(self) -> int:
        """How long it is meant to take; 0 before it has a time."""
        if self.starts_at is None or self.ends_at is None:
            return 0
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_planned(self) -> bool:
        """Whether it has a time and is still to come or under way."""
        return self.state == SessionState.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether the last word on it is still to come."""
        return self.state in (SessionState.ASKED, SessionState.PLANNED)

    @property
    def takes_notes(self) -> bool:
        """Whether notes and actions can be written: from when it has a time, unless it fell out."""
        return self.state in (SessionState.PLANNED, SessionState.HELD)

    @property
    def is_under_way(self) -> bool:
        """Whether it has begun and was not closed."""
        return self.is_planned and self.begun_at is not None

    def other(self, person: User) -> User:
        """Return whom a person of the two meets."""
        return self.agent if person == self.lead else self.lead

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed, however it went."""
        return self.ends_at is not None and self.ends_at < now
