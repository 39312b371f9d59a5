"""An attempt: one person's run through one revision of a scenario or quiz."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Activity, ContentRevision

GRACE = timedelta(seconds=30)
"""How long after the deadline answers that were on their way still count."""


class AttemptMode(models.TextChoices):
    """How a run is meant, which also says who can see it."""

    GUIDED = "guided", _("Guided")
    PRACTICE = "practice", _("Practice")
    ASSESSED = "assessed", _("Assessed")


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    OPEN = "open", _("In progress")
    FINISHED = "finished", _("Finished")
    MARKING = "marking", _("Waiting for marking")
    EXPIRED = "expired", _("Time ran out")
    SET_ASIDE = "aside", _("Set aside")


ENDED = (AttemptState.FINISHED, AttemptState.EXPIRED)
"""The states in which an attempt stays for good."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Small named filters on attempts."""

    def open(self) -> "AttemptQuerySet":
        """Keep runs that go on."""
        return self.filter(state=AttemptState.OPEN)

    def expired(self, now: datetime) -> "AttemptQuerySet":
        """Keep open runs whose time is up, grace included; `has_expired` says the same of one."""
        return self.open().filter(deadline_at__lt=now - GRACE)

    def to_count(self) -> "AttemptQuerySet":
        """Keep first assessed attempts that ended, are marked and are in no statistic yet."""
        ended = self.filter(
            mode=AttemptMode.ASSESSED, number=1, finished_at__isnull=False, counted_at__isnull=True
        )
        return ended.exclude(state=AttemptState.MARKING)


class Attempt(models.Model):
    """One run. It stays on the revision that it began with; `key_revision` has the key that it
    counts by since a wrong one was mended.

    `next_seq` is the number the next answer must carry. `run_state` is the simulator's state
    after the last answer; `result` is what scoring made of the run once it has ended. `seed`
    decides shuffles and draws; `drawn` has the items that a quiz asks in this attempt, in order. A
    run set aside keeps its place and can be taken up again. A branch (`branched_from`) began with
    the first `branched_at` choices of another run; it is practice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attempts")
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="attempts")
    key_revision = models.ForeignKey(
        ContentRevision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mode = models.CharField(max_length=8, choices=AttemptMode)
    number = models.PositiveSmallIntegerField()
    card = models.CharField(max_length=64, blank=True, help_text="Which patient is on the line.")
    seed = models.PositiveIntegerField(default=0)
    drawn = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    state = models.CharField(max_length=8, choices=AttemptState, default=AttemptState.OPEN)
    next_seq = models.PositiveIntegerField(default=1)
    run_state = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    points = models.DecimalField(
        max_digits=7, decimal_places=3, null=True, blank=True, help_text="Of 100."
    )
    is_passed = models.BooleanField(null=True, blank=True)
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when leads may see this practice run."
    )
    reflection = models.TextField(blank=True)
    hinted = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="The numbers of the replies before which a hint was taken.",
    )
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is part of the authors’ statistics."
    )
    branched_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="branches"
    )
    branched_at = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many choices of that run it keeps."
    )

    objects: ClassVar[models.Manager["Attempt"]] = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "activity", "mode", "number"),
                name="attempt_number_is_unique",
            ),
            models.UniqueConstraint(
                fields=("user", "activity"),
                condition=models.Q(state=AttemptState.OPEN),
                name="one_open_attempt_per_person_and_activity",
            ),
            models.CheckConstraint(
                name="attempt_finished_fields_together",
                condition=models.Q(
                    state__in=(AttemptState.OPEN, AttemptState.SET_ASIDE),
                    finished_at__isnull=True,
                    result__isnull=True,
                )
                | (
                    models.Q(state__in=(*ENDED, AttemptState.MARKING))
                    & models.Q(finished_at__isnull=False, result__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="attempt_that_waits_for_marking_has_no_points",
                condition=~models.Q(state=AttemptState.MARKING)
                | models.Q(points__isnull=True, is_passed__isnull=True),
            ),
            models.CheckConstraint(
                name="attempt_branch_is_practice_and_says_where",
                condition=models.Q(branched_from__isnull=True, branched_at__isnull=True)
                | models.Q(
                    branched_from__isnull=False,
                    branched_at__isnull=False,
                    mode=AttemptMode.PRACTICE,
                ),
            ),
            models.CheckConstraint(
                name="attempt_shared_is_practice_that_ended",
                condition=models.Q(shared_at__isnull=True)
                | (~models.Q(mode=AttemptMode.ASSESSED) & models.Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="attempt_assessed_takes_no_hints",
                condition=~models.Q(mode=AttemptMode.ASSESSED) | models.Q(hinted=[]),
            ),
            models.CheckConstraint(
                name="attempt_assessed_is_never_set_aside",
                condition=~models.Q(mode=AttemptMode.ASSESSED, state=AttemptState.SET_ASIDE),
            ),
        )
        indexes = (
            models.Index(fields=("user", "activity", "-started_at"), name="attempts_of_a_person"),
            models.Index(
                fields=("deadline_at",),
                condition=models.Q(state=AttemptState.OPEN, deadline_at__isnull=False),
                name="open_attempts_by_deadline",
            ),
            models.Index(
                fields=("finished_at",),
                condition=models.Q(
                    mode=AttemptMode.ASSESSED,
                    number=1,
                    finished_at__isnull=False,
                    counted_at__isnull=True,
                ),
                name="attempts_to_count",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.activity} ({self.mode} {self.number})"

    @property
    def keyed_by(self) -> ContentRevision:
        """The revision whose key it counts by."""
        return self.key_revision or self.revision

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.state == AttemptState.OPEN

    def is_out_of_time(self, now: datetime) -> bool:
        """Whether the deadline has come, so that no more questions are shown."""
        return self.deadline_at is not None and self.deadline_at <= now

    def has_expired(self, now: datetime) -> bool:
        """Whether the grace after the deadline is over too, so that no more answers are taken."""
        return self.deadline_at is not None and self.deadline_at < now - GRACE

    def seconds_left(self, now: datetime) -> int | None:
        """How many seconds remain until the deadline, never under 0; None without one."""
        if self.deadline_at is None:
            return None
        return max(0, int((self.deadline_at - now).total_seconds()))

    @property
    def is_seen_by_leads(self) -> bool:
        """Whether those who answer for the person see it; `attempts_visible_to` lists the same."""
        is_for_leads = self.mode == AttemptMode.ASSESSED or self.shared_at is not None
        return is_for_leads and self.has_ended

    @property
    def waits_for_marking(self) -> bool:
        """Whether it is handed in, and a lead still has to mark something."""
        return self.state == AttemptState.MARKING

    @property
    def has_ended(self) -> bool:
        """Whether there is something to look back on: not so while it is open or set aside."""
        return self.finished_at is not None
