"""Refreshers: cards that come back to one person over days and weeks, and the answers to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import Attempt, AttemptState
from courses.models import ChangeKind, ContentRevision, Module, RefresherVersion


class CardKind(models.TextChoices):
    """What a card asks."""

    ITEM = "item", _("A question from a quiz")
    MOMENT = "moment", _("What would you say now?")
    RECALL = "recall", _("From memory")


class RetiredAs(models.TextChoices):
    """Why a card does not come back."""

    OWN_WISH = "own", _("Not needed, says its owner")
    REPLACED = "replaced", _("A newer one took its place")
    RIGHT = "right", _("The answer was right after all")


class SpacedCardQuerySet(models.QuerySet["SpacedCard"]):
    """Small named filters on cards."""

    def active(self) -> "SpacedCardQuerySet":
        """Keep cards that still come back."""
        return self.filter(retired_at__isnull=True, due_on__isnull=False)

    def showable(self) -> "SpacedCardQuerySet":
        """Keep what may be shown now, whether or not it is due.

        Not so what belongs to an attempt that its owner has still open or that waits for marking,
        what is no longer on offer, and what rests on a key that turned out to be wrong.
        """
        going_on = Attempt.objects.filter(
            user=OuterRef("user"),
            activity=OuterRef("revision__activity"),
            state__in=(AttemptState.OPEN, AttemptState.MARKING),
        )
        mended = ContentRevision.objects.filter(
            activity=OuterRef("revision__activity"),
            number__gt=OuterRef("revision__number"),
            change_kind=ChangeKind.WRONG_KEY,
        )
        return self.filter(
            ~Exists(going_on),
            ~Exists(mended),
            revision__activity__archived_at__isnull=True,
            module__archived_at__isnull=True,
            module__course__archived_at__isnull=True,
        )


class SpacedCard(models.Model):
    """Something that one person comes back to: what it asks never changes, when it does.

    A quiz item or a moment stands in a `revision`, which is what the person met; a moment also
    needs the run and the number of the reply. Cards from memory stand in a `version` of their
    module's cards. Where it stands (`due_on` and what follows) can be worked out anew from its
    reviews. `due_on` is a day of its owner's calendar, None once it has come back often enough.
    `shown_on` is the day on which a card from memory was turned, and `own_words` what was said
    before that; both are empty again once it is graded.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="spaced_cards"
    )
    kind = models.CharField(max_length=6, choices=CardKind)
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(
        ContentRevision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        RefresherVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    attempt = models.ForeignKey(
        Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="spaced_cards"
    )
    step_id = models.CharField(max_length=64)
    reply_number = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_on = models.DateField()
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviews = models.PositiveSmallIntegerField(default=0)
    reviewed_on = models.DateField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    own_words = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_as = models.CharField(max_length=8, choices=RetiredAs, blank=True)

    objects: ClassVar[SpacedCardQuerySet] = SpacedCardQuerySet.as_manager()  # type: ignore[assignment]  # a manager with our filters

    class Meta:
        verbose_name = _("refresher card")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "revision", "step_id"),
                condition=Q(revision__isnull=False),
                name="one_card_per_person_and_step",
            ),
            models.UniqueConstraint(
                fields=("user", "version", "step_id"),
                condition=Q(version__isnull=False),
                name="one_card_per_person_and_recall",
            ),
            models.CheckConstraint(
                name="card_source_fields_together",
                condition=Q(
                    kind=CardKind.ITEM,
                    revision__isnull=False,
                    version__isnull=True,
                    attempt__isnull=False,
                    reply_number__isnull=True,
                )
                | Q(
                    kind=CardKind.MOMENT,
                    revision__isnull=False,
                    version__isnull=True,
                    attempt__isnull=False,
                    reply_number__isnull=False,
                )
                | Q(
                    kind=CardKind.RECALL,
                    revision__isnull=True,
                    version__isnull=False,
                    attempt__isnull=True,
                    reply_number__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="card_retired_fields_together",
                condition=Q(retired_at__isnull=True, retired_as="")
                | (Q(retired_at__isnull=False) & ~Q(retired_as="")),
            ),
        )
        indexes = (
            models.Index(
                fields=("user", "due_on", "id"),
                condition=Q(retired_at__isnull=True, due_on__isnull=False),
                name="cards_that_come_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.step_id}"

    @property
    def next_number(self) -> int:
        """The number of its next review."""
        return self.reviews + 1

    @property
    def is_retired(self) -> bool:
        """Whether it does not come back."""
        return self.retired_at is not None


class CardReview(models.Model):
    """One answer to a card; never changed or deleted. It moves no estimate of a skill.

    `points` (0 to 1) are there where the card has a key; without one its owner gave the grade.
    """

    card = models.ForeignKey(SpacedCard, on_delete=models.PROTECT, related_name="past_reviews")
    number = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    points = models.FloatField(null=True, blank=True)
    response = models.JSONField(default=dict)
    on = models.DateField()
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of a card")
        constraints = (
            models.UniqueConstraint(
                fields=("card", "number"), name="review_number_is_unique_in_its_card"
            ),
            models.CheckConstraint(
                name="review_grade_is_known", condition=Q(grade__gte=1, grade__lte=3)
            ),
        )

    def __str__(self) -> str:
        return f"{self.card_id} #{self.number}: {self.grade}"


class RefresherPause(models.Model):
    """Until when somebody wants no cards: they begin again on the day `until`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="refresher_pause",
    )
    until = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pause of refreshers")

    def __str__(self) -> str:
        return f"{self.user_id} until {self.until}"
