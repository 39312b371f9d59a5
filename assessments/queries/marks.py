"""What leads have marked, what waits for them, and one answer with its rubric."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from assessments.models import AnswerMark, Attempt, AttemptState, MarkCorrection
from assessments.queries.quiz_page import Played
from assessments.queries.quiz_taken import quiz_taken
from courses.content.quiz_items import Item, Question
from courses.content.rubrics import Criterion, Level
from portal.people.models import User
from portal.people.permissions import Permission
from portal.people.queries.scope import OverseenQuery, people_overseen_by

MARKS_SHOWN = 100


@dataclass(frozen=True)
class Given:
    """One criterion and the level that an answer got."""

    criterion: Criterion
    level: Level


@dataclass(frozen=True)
class Corrected:
    """A correction of a mark, and the levels that the answer had before."""

    correction: MarkCorrection
    before: tuple[Given, ...]


class WaitingMark(NamedTuple):
    """A line of the queue."""

    pk: int
    person: str
    activity: str
    module: str
    state: str
    asked_at: datetime

    @property
    def state_label(self) -> str | Promise:
        """Where the attempt stands, in words."""
        return AttemptState(self.state).label


@dataclass(frozen=True)
class MarkPage:
    """One answer as the lead who marks it sees it."""

    mark: AnswerMark
    item: Item
    question: Question

    @property
    def attempt(self) -> Attempt:
        """The attempt that it belongs to."""
        return self.mark.attempt

    @property
    def video(self) -> Played | None:
        """The film of the question, if it has one."""
        video = self.question.video
        return Played(video, self.attempt.keyed_by.media) if video else None

    @property
    def text(self) -> str:
        """What was written."""
        return str(self.mark.answer.payload["text"])

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def given(self) -> tuple[Given, ...]:
        """The levels that were chosen, once it is marked."""
        return given_levels(self.item, self.mark)

    @property
    def corrections(self) -> tuple[Corrected, ...]:
        """What it was before it was corrected."""
        return corrections_of(self.item, self.mark)

    def can_be_corrected_by(self, viewer: User) -> bool:
        """Whether the viewer gave the mark."""
        return self.mark.marked_by_id == viewer.pk


def given_levels(item: Item, mark: AnswerMark | None) -> tuple[Given, ...]:
    """Return the level of each criterion that a mark gave; empty while it waits."""
    return () if mark is None or mark.levels is None else _levels(item, mark.levels)


def _levels(item: Item, chosen: Mapping[str, int]) -> tuple[Given, ...]:
    return tuple(
        Given(criterion, level)
        for criterion in item.rubric
        for level in criterion.levels
        if level.points == chosen.get(criterion.id)
    )


def corrections_of(item: Item, mark: AnswerMark) -> tuple[Corrected, ...]:
    """Return how often a mark was corrected, and what it was each time."""
    if mark.is_waiting:
        return ()
    found = mark.corrections.all()
    return tuple(Corrected(one, _levels(item, one.old_levels)) for one in found)


def marks_of(attempt: Attempt) -> dict[str, Mapping[str, int]]:
    """Return what leads gave in an attempt, by item."""
    marks = attempt.marks.given()
    return {step_id: levels or {} for step_id, levels in marks.values_list("step_id", "levels")}


def marks_for(viewer: User) -> QuerySet[AnswerMark]:
    """Return what was to be marked of those the viewer answers for; for others nothing."""
    if not viewer.may(Permission.MARK_ANSWERS):
        return AnswerMark.objects.none()
    people = people_overseen_by(viewer)
    found = AnswerMark.objects.filter(attempt__user__in=people)
    return found.select_related(
        "answer",
        "marked_by",
        "attempt__user",
        "attempt__revision",
        "attempt__key_revision",
        "attempt__activity__module",
    ).defer(
        "attempt__result",
        "attempt__run_state",
        "attempt__revision__content",
        "attempt__key_revision__content",
        "attempt__activity__draft",
    )


def waiting_marks(viewer: User) -> list[WaitingMark]:
    """Return what waits for the viewer, the longest waiting first; a hundred at most."""
    if not viewer.may(Permission.MARK_ANSWERS):
        return []
    return [WaitingMark(*found) for found in _WAITING.all(viewer)]


_WAITING = OverseenQuery(
    lambda people: (
        AnswerMark.objects.waiting()
        .filter(attempt__user__in=people)
        .order_by("asked_at", "pk")
        .values_list(
            "pk",
            "attempt__user__name",
            "attempt__activity__title",
            "attempt__activity__module__title",
            "attempt__state",
            "asked_at",
        )[:MARKS_SHOWN]
    )
)


def marks_given_by(viewer: User) -> QuerySet[AnswerMark]:
    """Return the marks that the viewer gave to those they answer for, and so may correct."""
    return marks_for(viewer).filter(marked_by=viewer)


def mark_page(mark: AnswerMark) -> MarkPage:
    """Return one answer with its question and rubric."""
    quiz = quiz_taken(mark.attempt)
    item = next(item for item in quiz.items if item.id == mark.step_id)
    return MarkPage(mark, item, item.asked(mark.attempt.seed, shuffled=False))
