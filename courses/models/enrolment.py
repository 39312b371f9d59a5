"""One person's duty to finish one module, and when they are reminded of it."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.learning_state import WithdrawnAs, due_soon_until
from courses.models.activity import Activity
from courses.models.assignment import Assignment
from courses.models.course import Module
from courses.models.progress import ActivityProgress

_IS_OPEN = models.Q(completed_at__isnull=True, withdrawn_at__isnull=True)


def _only_waits() -> models.Q:
    """Return the condition that all that is left was handed in, and is not marked yet.

    `courses.queries.states.ONLY_WAITS` says the same in SQL.
    """
    offered = models.Q(activity__archived_at__isnull=True, activity__live_revision__isnull=False)
    handed_in = ActivityProgress.objects.filter(
        offered,
        user=models.OuterRef("user"),
        activity__module=models.OuterRef("module"),
        handed_in_at__isnull=False,
    )
    own = ActivityProgress.objects.filter(
        models.Q(finished_at__isnull=False) | models.Q(handed_in_at__isnull=False),
        user=models.OuterRef(models.OuterRef("user")),
        activity=models.OuterRef("pk"),
    )
    left = Activity.objects.filter(
        ~models.Exists(own),
        module=models.OuterRef("module"),
        archived_at__isnull=True,
        live_revision__isnull=False,
    )
    return models.Q(models.Exists(handed_in), ~models.Exists(left))


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Small named filters on enrolments."""

    def open(self) -> "EnrolmentQuerySet":
        """Keep what is still to be finished."""
        return self.filter(completed_at__isnull=True, withdrawn_at__isnull=True)

    def waiting(self) -> "EnrolmentQuerySet":
        """Keep what is open and only waits for a lead's mark."""
        return self.open().filter(_only_waits())

    def pressing(self) -> "EnrolmentQuerySet":
        """Keep what is open and of which its person still has something to do."""
        return self.open().exclude(_only_waits())

    def standing(self) -> "EnrolmentQuerySet":
        """Keep what was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def overdue(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses although its last day has ended for its person."""
        return self.pressing().filter(due_at__lt=now)

    def due_soon(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses and is due within the next days."""
        return self.pressing().filter(due_at__gte=now, due_at__lt=due_soon_until(now))

    def due_later(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses and is neither overdue nor due soon."""
        return self.pressing().filter(due_at__gte=due_soon_until(now))

    def to_close(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses although finishing it does not count any more."""
        return self.pressing().filter(closes_at__lt=now)

    def to_remind(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses and whose reminder has come, but was not planned yet."""
        return self.pressing().filter(remind_at__lte=now, reminded_at__isnull=True)

    def to_note_overdue(self, now: datetime) -> "EnrolmentQuerySet":
        """Keep what presses and whose overdue note has come, but was not planned yet."""
        return self.pressing().filter(overdue_note_at__lte=now, overdue_noted_at__isnull=True)


class Enrolment(models.Model):
    """One person's duty to finish one module, made by an assignment.

    `due_on` is the day as written; `due_at` is the end of that day in the person's own zone, and
    `closes_at` the end of the last day on which finishing still counts (None: it never closes).
    `remind_at` and `overdue_note_at` say when a mail is to be planned (None: never), `reminded_at`
    and `overdue_noted_at` when that was done. What ended without being finished is withdrawn, and
    `withdrawn_as` says how: by a lead, as somebody need not do it, or because it has closed.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="enrolments")
    occurrence = models.PositiveSmallIntegerField(
        default=1, help_text="Counted up when a rule brings it back."
    )
    due_on = models.DateField()
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    overdue_note_at = models.DateTimeField(null=True, blank=True)
    overdue_noted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When its last day was moved and its person told."
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_as = models.CharField(max_length=10, choices=WithdrawnAs.choices, blank=True)

    objects: ClassVar[EnrolmentQuerySet] = EnrolmentQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("enrolment")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "module"),
                condition=_IS_OPEN,
                name="one_open_enrolment_per_person_and_module",
            ),
            models.UniqueConstraint(
                fields=("assignment", "user", "module", "occurrence"),
                name="an_assignment_gives_each_occurrence_once",
            ),
            models.CheckConstraint(
                name="enrolment_withdrawn_fields_together",
                condition=models.Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_as=""
                )
                | models.Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=True,
                    withdrawn_as=WithdrawnAs.CLOSED,
                )
                | models.Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    withdrawn_as__in=[WithdrawnAs.WITHDRAWN, WithdrawnAs.EXEMPT],
                ),
            ),
            models.CheckConstraint(
                name="enrolment_closes_at_its_due_time_or_later",
                condition=models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gte=models.F("due_at")),
            ),
            models.CheckConstraint(
                name="enrolment_is_completed_or_withdrawn_not_both",
                condition=models.Q(completed_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=_IS_OPEN, name="open_enrolments_by_due_time"
            ),
            models.Index(
                fields=("user", "due_at"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="enrolments_of_a_person",
            ),
            models.Index(
                fields=("remind_at",),
                condition=_IS_OPEN & models.Q(remind_at__isnull=False, reminded_at__isnull=True),
                name="enrolments_to_remind",
            ),
            models.Index(
                fields=("overdue_note_at",),
                condition=_IS_OPEN
                & models.Q(overdue_note_at__isnull=False, overdue_noted_at__isnull=True),
                name="enrolments_to_note_overdue",
            ),
            models.Index(
                fields=("closes_at",),
                condition=_IS_OPEN & models.Q(closes_at__isnull=False),
                name="enrolments_to_close",
            ),
            models.Index(
                fields=("completed_at",),
                condition=models.Q(completed_at__isnull=False),
                name="finished_enrolments_by_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.module}, due {self.due_on}"

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is open although its last day has ended for its person."""
        return self.completed_at is None and self.withdrawn_at is None and self.due_at < now
