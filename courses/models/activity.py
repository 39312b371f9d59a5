"""Activities: the lessons, scenarios and quizzes of a module."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Module


class ActivityKind(models.TextChoices):
    """What one does in an activity."""

    LESSON = "lesson", _("Lesson")
    SCENARIO = "scenario", _("Practice call")
    QUIZ = "quiz", _("Quiz")
    PACKAGE = "package", _("Package")


class Activity(models.Model):
    """A lesson, scenario or quiz: one editable draft, and a pointer to what learners read.

    `draft_version` rises with each save of the draft; a save that names an older one is refused.
    An empty draft means that nobody is working on it. `draft_of` is the number of the revision
    that the draft began from, 0 where there was none.
    """

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="activities")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=ActivityKind)
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    position = models.PositiveSmallIntegerField(default=0)
    draft = models.JSONField(default=dict, blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    draft_of = models.PositiveIntegerField(default=0)
    draft_saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    locked_at = models.DateTimeField(null=True, blank=True)
    live_revision = models.ForeignKey(
        "courses.ContentRevision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("module", "slug"), name="activity_slug_is_unique_in_its_module"
            ),
            models.CheckConstraint(
                name="activity_lock_fields_together",
                condition=models.Q(locked_by__isnull=True, locked_at__isnull=True)
                | models.Q(locked_by__isnull=False, locked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def has_draft(self) -> bool:
        """Whether somebody is working on what comes next."""
        return bool(self.draft)


class EarlierDraft(models.Model):
    """A draft as it stood before a save replaced it, so that any save can be taken back.

    `version` is the `draft_version` that it had; empty content is where a draft began. Only the
    newest ones are kept.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="earlier_drafts")
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("earlier draft")
        ordering = ("activity", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "version"), name="one_earlier_draft_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity} · {self.version}"
