"""Courses and the modules they are made of."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.content.skills import Skill

SKILL_NAMES = {
    Skill.LISTENING: _("Active Listening"),
    Skill.COMMUNICATION: _("Effective Communication"),
    Skill.EMPATHY: _("Empathy"),
    Skill.PROBLEM: _("Problem-Solving"),
    Skill.EQ: _("Emotional Intelligence"),
}
SKILL_CHOICES = [(skill.value, name) for skill, name in SKILL_NAMES.items()]


class CourseQuerySet(models.QuerySet["Course"]):
    """Small named filters on courses."""

    def on_offer(self) -> "CourseQuerySet":
        """Keep courses that have not been archived, in their order."""
        return self.filter(archived_at__isnull=True).order_by("position", "pk")


class Course(models.Model):
    """A course on one of the five skills; without a skill it looks at all of them."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"))
    skill = models.CharField(_("skill"), max_length=14, choices=SKILL_CHOICES, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Course"]] = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class Module(models.Model):
    """The piece one assigns and finishes: lessons, a scenario and a quiz on one objective."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="modules")
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=120)
    objective = models.TextField(_("objective"))
    summary = models.TextField(_("summary"))
    content_notice = models.TextField(_("content notice"), blank=True)
    behaviours = ArrayField(models.CharField(max_length=8), default=list)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("module")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("course", "slug"), name="module_slug_is_unique_in_its_course"
            ),
        )

    def __str__(self) -> str:
        return self.title
