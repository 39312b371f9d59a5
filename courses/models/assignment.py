"""Who must learn what, by when: one decision of a lead, for as many people as it reaches."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.due_dates import DueKind, DuePolicy
from courses.models.course import Course, Module
from courses.models.saved_view import SavedView
from courses.reminder_times import ReminderChoice
from portal.people.models import Team, User
from portal.people.models.user import LONGEST_TAG

UNDO_TIME = timedelta(hours=1)

_GOES_ON = Q(reaches_later=True) | Q(renew_months__isnull=False)


class PausedAs(models.TextChoices):
    """Why a rule pauses: how its lead stands now."""

    LEFT = "left", _("can’t sign in any more")
    NO_LEAD = "no_lead", _("doesn’t assign learning any more")
    OTHER_TEAMS = "other_teams", _("doesn’t lead all of its teams any more")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Small named filters on assignments."""

    def going_on(self) -> "AssignmentQuerySet":
        """Keep the rules: what reaches people who join later, or comes back after some months."""
        return self.filter(_GOES_ON, stopped_at__isnull=True)

    def paused(self) -> "AssignmentQuerySet":
        """Keep the rules that pause, as their lead may not assign to their teams."""
        return self.going_on().exclude(paused_as="")


class Assignment(models.Model):
    """One decision of a lead: this module or course, for these people, by such a day.

    A course means all its modules. `due_on` is the day, or `due_days` the days that are counted
    for each person. With `closes_days_after` it can be finished only so many days longer. No
    `remind_days_before` means that nobody is reminded before the day. An assignment that was
    undone keeps its row; whatever of it was still open has been withdrawn.

    It is a rule, which goes on by itself until it is stopped, if it `reaches_later` whoever joins
    its teams or gets its roles, or if what was finished comes back after `renew_months`: open
    some days before these are over. It goes on in the name of the lead whom it was passed to, or
    else who made it; while that lead may not assign to its teams it pauses, and `paused_as` says
    why.
    """

    module = models.ForeignKey(
        Module, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    due_kind = models.CharField(
        _("due"), max_length=20, choices=DueKind.choices, default=DueKind.ON_DATE
    )
    due_on = models.DateField(_("on"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    closes_days_after = models.PositiveSmallIntegerField(
        _("closes, days after the last day"), null=True, blank=True
    )
    remind_days_before = models.PositiveSmallIntegerField(
        _("remind, days before"), null=True, blank=True, default=3
    )
    notes_overdue = models.BooleanField(_("note when overdue"), default=True)
    note = models.TextField(_("a word from you"), blank=True, max_length=1000)
    audience = models.CharField(max_length=300, help_text="Whom it was made for, in words.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments_made",
    )
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    teams = models.ManyToManyField(Team, related_name="+")
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    roles = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    reaches_later = models.BooleanField(_("reaches people who join later"), default=False)
    tags = ArrayField(
        models.CharField(max_length=LONGEST_TAG), default=list, db_default=[], blank=True
    )
    views = models.ManyToManyField(SavedView, related_name="+")
    renew_months = models.PositiveSmallIntegerField(_("renew, months"), null=True, blank=True)
    opens_days_before = models.PositiveSmallIntegerField(_("opens, days before"), default=30)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    passed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paused_as = models.CharField(
        max_length=12, choices=PausedAs.choices, default="", db_default="", blank=True
    )

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("assignment")
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                name="assignment_undone_after_it_was_made",
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("made_at")),
            ),
            models.CheckConstraint(
                name="assignment_reminds_on_an_earlier_day",
                condition=Q(remind_days_before__isnull=True) | Q(remind_days_before__gt=0),
            ),
            models.CheckConstraint(
                name="assignment_is_of_one_thing",
                condition=Q(module__isnull=False, course__isnull=True)
                | Q(module__isnull=True, course__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_is_due_on_a_day_or_after_some",
                condition=Q(due_kind=DueKind.ON_DATE, due_on__isnull=False, due_days__isnull=True)
                | (~Q(due_kind=DueKind.ON_DATE) & Q(due_on__isnull=True, due_days__isnull=False)),
            ),
            models.CheckConstraint(
                name="assignment_stopped_fields_together",
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("id",),
                condition=_GOES_ON & Q(stopped_at__isnull=True),
                name="assignments_going_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} for {self.audience}"

    @property
    def what(self) -> Module | Course:
        """What is to be learnt."""
        found = self.module or self.course
        assert found is not None
        return found

    @property
    def title(self) -> str:
        """What it is called."""
        return self.what.title

    @property
    def skill(self) -> str:
        """The skill it is about."""
        what = self.what
        return what.skill if isinstance(what, Course) else what.course.skill

    @property
    def lead(self) -> User:
        """In whose name it goes on, and who answers for it."""
        return self.passed_to or self.made_by

    @property
    def due(self) -> DuePolicy:
        """What its lead chose about the last day."""
        return DuePolicy(DueKind(self.due_kind), self.due_on, self.due_days)

    @property
    def goes_on(self) -> bool:
        """Whether it is a rule, stopped or not."""
        return self.reaches_later or self.renew_months is not None

    @property
    def reminder_choice(self) -> ReminderChoice:
        """What its lead chose about reminders."""
        return ReminderChoice(self.remind_days_before, self.notes_overdue)

    @property
    def undo_until(self) -> datetime:
        """When the hour is over in which it can be undone."""
        return self.made_at + UNDO_TIME

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it is younger than an hour and still stands."""
        return self.undone_at is None and now < self.undo_until
