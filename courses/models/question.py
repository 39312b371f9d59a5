"""The questions of all quizzes side by side, to find them by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.activity import Activity
from courses.models.course import SKILL_CHOICES
from courses.models.revision import ContentRevision


class BankQuestion(models.Model):
    """One question that learners are asked now: what an author looks for it by.

    It follows from the live revision of its quiz, where its words and its key stand, and can be
    made anew from it at any time. `shape` is that of `courses.content.shapes`; `origin` is the
    address of the question that it is a copy of, if it is one.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="bank_questions")
    revision = models.ForeignKey(ContentRevision, on_delete=models.PROTECT, related_name="+")
    step_id = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    prompt = models.TextField()
    type = models.CharField(max_length=16)
    behaviour = models.CharField(max_length=8)
    skill = models.CharField(max_length=14, choices=SKILL_CHOICES)
    difficulty = models.FloatField()
    tags = ArrayField(models.CharField(max_length=80), default=list)
    has_media = models.BooleanField(default=False)
    origin = models.CharField(max_length=250, blank=True)
    shape = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("question of the bank")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "step_id"), name="one_bank_question_per_item_of_a_quiz"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.step_id}"
