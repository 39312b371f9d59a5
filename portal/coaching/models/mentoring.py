"""Two colleagues of whom one helps the other with one skill."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.course import SKILL_CHOICES
from portal.people.models import User


class MentoringPairQuerySet(models.QuerySet["MentoringPair"]):
    """Small named filters on pairs."""

    def open(self) -> "MentoringPairQuerySet":
        """Keep those that were neither declined nor ended."""
        return self.filter(ended_at__isnull=True)

    def of(self, person: User) -> "MentoringPairQuerySet":
        """Keep those that somebody knows of: a mentor hears of it once the mentee wants it."""
        return self.filter(Q(mentee=person) | Q(mentor=person, mentee_agreed_at__isnull=False))


class MentoringPair(models.Model):
    """A pair from the proposal to its end.

    The mentee is asked first, so that nobody learns of a likely gap from a proposal; then the
    mentor. `goal` is the two people's own once both agreed.
    """

    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentoring"
    )
    mentee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentored"
    )
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    goal = models.CharField(_("goal"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    mentee_agreed_at = models.DateTimeField(null=True, blank=True)
    mentor_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[MentoringPairQuerySet] = MentoringPairQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("mentoring pair")
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="mentoring_is_between_two_people", condition=~Q(mentor=F("mentee"))
            ),
            models.CheckConstraint(
                name="mentor_agrees_after_the_mentee",
                condition=Q(mentor_agreed_at__isnull=True) | Q(mentee_agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mentoring_ended_fields_together",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("mentor", "mentee"),
                condition=Q(ended_at__isnull=True),
                name="one_open_mentoring_of_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.mentor} helps {self.mentee}"

    @property
    def is_running(self) -> bool:
        """Whether both agreed and it goes on."""
        return self.mentor_agreed_at is not None and self.ended_at is None

    @property
    def waits_for(self) -> User | None:
        """Who has to say yes or no next; nobody once it runs or is over."""
        if self.ended_at or self.mentor_agreed_at:
            return None
        return self.mentor if self.mentee_agreed_at else self.mentee

    @property
    def since(self) -> datetime | None:
        """Since when both have agreed."""
        return self.mentor_agreed_at

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.ended_at:
            return _("Ended") if self.mentor_agreed_at else _("Declined")
        if self.mentor_agreed_at:
            return _("Going on")
        return _("The mentor is asked") if self.mentee_agreed_at else _("The mentee is asked")

    def other(self, person: User) -> User:
        """Return the other one of the two."""
        return self.mentee if person == self.mentor else self.mentor
