"""How far somebody is: in an activity, in a module, and what they wrote in a lesson."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.activity import Activity
from courses.models.course import Module
from courses.models.revision import ContentRevision


class ActivityProgress(models.Model):
    """One person's way through one activity; `place` is where to resume (a block's id).

    `handed_in_at` is there as long as a lead still has to mark it, unless it is finished already.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="progress"
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("progress")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "activity"), name="one_progress_per_person_and_activity"
            ),
            models.CheckConstraint(
                name="activity_finishes_after_it_started",
                condition=models.Q(finished_at__isnull=True)
                | models.Q(finished_at__gte=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="activity_waits_for_marking_until_it_is_finished",
                condition=models.Q(handed_in_at__isnull=True) | models.Q(finished_at__isnull=True),
            ),
        )
        indexes = (
            models.Index(fields=("user", "-last_seen_at"), name="progress_latest_first"),
            models.Index(
                fields=("user", "activity"),
                condition=models.Q(handed_in_at__isnull=False),
                name="progress_that_waits_for_a_mark",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.activity}"


class PastProgress(models.Model):
    """How far somebody came in an activity before its module came back to be done anew."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField()

    class Meta:
        verbose_name = _("past progress")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "activity", "set_aside_at"),
                name="progress_is_set_aside_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.activity}, until {self.set_aside_at}"


class ModuleCompletion(models.Model):
    """Somebody finished a module. Doing it again adds a row; none is changed or deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions"
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="completions")
    number = models.PositiveSmallIntegerField(default=1)
    completed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("completion")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "module", "number"), name="completion_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} finished {self.module}"


class BlockResponse(models.Model):
    """What somebody wrote or picked in a block of a lesson. Only they can see it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="block_responses",
    )
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="+")
    block_id = models.CharField(max_length=64)
    text = models.TextField(blank=True, max_length=4000)
    option_id = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager["BlockResponse"]] = models.Manager()

    class Meta:
        verbose_name = _("response")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "revision", "block_id"),
                name="one_response_per_person_and_block",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} at {self.block_id}"
