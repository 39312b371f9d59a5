"""What another key makes of attempts: who changes and how, before anything is changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from assessments.models import (
    ENDED,
    Answer,
    AnswerMark,
    Attempt,
    AttemptState,
    Regrade,
    Regrading,
)
from assessments.responses import InvalidResponse
from assessments.results import as_result
from assessments.scoring import ROUNDING, Mark, score_quiz
from assessments.scoring.rubric import fits_rubric
from courses.content.quiz import Quiz
from courses.models import ActivityKind, ChangeKind, ContentRevision
from courses.queries.content import quiz_of
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

SHOWN = 50
NOT_ENDED = (AttemptState.OPEN, AttemptState.MARKING)
_AT_ONCE = 500


@dataclass(frozen=True)
class NewResult:
    """A result by another key; `percent` is of 100."""

    result: dict[str, Any]
    percent: float
    is_passed: bool


@dataclass(frozen=True)
class RegradeLine:
    """One attempt whose result changes; a pass once given stays."""

    attempt: Attempt
    old_percent: int
    new_percent: int
    was_passed: bool
    is_passed: bool

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Its place among the others: who passes now first, then the greatest changes."""
        change = abs(self.new_percent - self.old_percent)
        return self.was_passed or not self.is_passed, -change, self.attempt.user.name


@dataclass(frozen=True)
class RegradePreview:
    """What a regrading would do now; `lines` has those who now pass first, at most `SHOWN`."""

    revision: ContentRevision
    begun: Regrading | None
    lines: tuple[RegradeLine, ...]
    changed: int
    now_pass: int
    unchanged: int
    unfit: int
    still_open: int
    done: int

    @property
    def waiting(self) -> int:
        """How many attempts would be looked at."""
        return self.changed + self.unchanged + self.unfit


def wrong_key_revision(activity: int, number: int) -> QuerySet[ContentRevision]:
    """Return the revision of a quiz with this number, if it was published as a wrong key."""
    revisions = ContentRevision.objects.select_related("activity__module__course")
    return revisions.filter(
        activity=activity,
        activity__kind=ActivityKind.QUIZ,
        number=number,
        change_kind=ChangeKind.WRONG_KEY,
    ).defer("activity__draft")


def attempts_covered(revision: ContentRevision) -> QuerySet[Attempt]:
    """Return the attempts that began after the last new content and before `revision`."""
    earlier = ContentRevision.objects.filter(
        activity=revision.activity_id, number__lt=revision.number
    )
    began_anew = earlier.filter(change_kind=ChangeKind.NEW_CONTENT).order_by("-number")
    first = began_anew.values_list("number", flat=True).first() or 1
    return Attempt.objects.filter(revision__in=earlier.filter(number__gte=first).values("pk"))


def attempts_to_regrade(revision: ContentRevision) -> QuerySet[Attempt]:
    """Return those that have ended and were not looked at by this key, or a later one."""
    ended = attempts_covered(revision).filter(state__in=ENDED)
    ended = ended.exclude(regrades__regrading__revision__number__gte=revision.number)
    return ended.select_related("user", "revision", "key_revision", "activity").defer(
        *("revision__content", "revision__media", "activity__draft"),
        *("key_revision__content", "key_revision__media"),
    )


def is_regraded(attempt: Attempt, revision: ContentRevision) -> bool:
    """Say whether an attempt was looked at by this key, or a later one.

    Ask again under its lock: what waited for that lock chose the attempt before others were done.
    """
    later = {"regrading__revision__number__gte": revision.number}
    return Regrade.objects.filter(attempt=attempt, **later).exists()


def regrade_preview(revision: ContentRevision) -> RegradePreview:
    """Return who changes and how. The same few queries for each 500 attempts."""
    lines: list[RegradeLine] = []
    unchanged = unfit = 0
    waiting = attempts_to_regrade(revision).order_by("pk").iterator(_AT_ONCE)
    for attempt, found in _with_new_results(waiting, quiz_of(revision)):
        if found is None:
            unfit += 1
        elif is_same(attempt, found):
            unchanged += 1
        else:
            lines.append(_line(attempt, found))
    lines.sort(key=lambda line: line.rank)
    begun = Regrading.objects.filter(revision=revision).select_related("begun_by").first()
    return RegradePreview(
        revision=revision,
        begun=begun,
        lines=tuple(lines[:SHOWN]),
        changed=len(lines),
        now_pass=sum(line.is_passed and not line.was_passed for line in lines),
        unchanged=unchanged,
        unfit=unfit,
        still_open=attempts_covered(revision).filter(state__in=NOT_ENDED).count(),
        done=Regrade.objects.filter(regrading=begun, is_changed=True).count() if begun else 0,
    )


def named_to(viewer: User, page: RegradePreview) -> frozenset[int]:
    """Return those of the people on a page whom the viewer oversees: only these are named."""
    shown = [line.attempt.user_id for line in page.lines]
    overseen = people_overseen_by(viewer).filter(pk__in=shown) if shown else User.objects.none()
    return frozenset(overseen.values_list("pk", flat=True))


def new_result(
    attempt: Attempt, quiz: Quiz, responses: Mapping[str, Any], marks: Mapping[str, Mark]
) -> NewResult | None:
    """Return what a key makes of an attempt; None if its questions are not those that it answered.

    What a lead marked counts by that mark, as long as the rubric has its levels. Points that no
    software can give stay as they are.
    """
    before = (attempt.result or {}).get("items", {})
    ids = attempt.drawn or list(before)
    if not set(ids) <= {item.id for item in quiz.items}:
        return None
    asked = quiz.only(ids)
    fitting = {
        item.id: marks[item.id]
        for item in asked.items
        if item.id in marks and fits_rubric(item, marks[item.id])
    }
    try:
        found = as_result(score_quiz(asked, responses, fitting))
    except InvalidResponse:
        return None
    items = {
        key: before.get(key, one) if one["points"] is None else one
        for key, one in found["items"].items()
    }
    given = [one["points"] for one in items.values() if one["points"] is not None]
    points, out_of = sum(given), len(given)
    if not out_of:
        return None
    is_passed = 100 * points >= quiz.pass_mark * out_of - ROUNDING
    result = (attempt.result or {}) | {"points": points, "out_of": out_of, "items": items}
    return NewResult(result, round(100 * points / out_of, 3), is_passed)


def is_same(attempt: Attempt, found: NewResult) -> bool:
    """Say whether nothing changes: no points, of no question, and nobody passes."""
    before = (attempt.result or {}).get("items")
    passes_now = found.is_passed and not attempt.is_passed
    return bool(before == found.result["items"]) and not passes_now


def _line(attempt: Attempt, found: NewResult) -> RegradeLine:
    return RegradeLine(
        attempt=attempt,
        old_percent=int(attempt.points or 0),
        new_percent=int(found.percent),
        was_passed=bool(attempt.is_passed),
        is_passed=bool(attempt.is_passed) or found.is_passed,
    )


def _with_new_results(
    attempts: Iterable[Attempt], quiz: Quiz
) -> Iterator[tuple[Attempt, NewResult | None]]:
    rest = iter(attempts)
    has_marks = quiz.is_marked_by_lead
    while some := list(islice(rest, _AT_ONCE)):
        responses, marks = _responses_of(some), _marks_of(some) if has_marks else {}
        for attempt in some:
            pk = attempt.pk
            yield attempt, new_result(attempt, quiz, responses[pk], marks.get(pk, {}))


def _responses_of(attempts: list[Attempt]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {one.pk: {} for one in attempts}
    answers = Answer.objects.filter(attempt__in=list(found)).order_by("attempt", "seq")
    for attempt, step_id, payload in answers.values_list("attempt_id", "step_id", "payload"):
        found[attempt][step_id] = payload
    return found


def _marks_of(attempts: list[Attempt]) -> dict[UUID, dict[str, Mark]]:
    found: dict[UUID, dict[str, Mark]] = {}
    marks = AnswerMark.objects.given().filter(attempt__in=[one.pk for one in attempts])
    for attempt, step_id, levels in marks.values_list("attempt_id", "step_id", "levels"):
        found.setdefault(attempt, {})[step_id] = levels or {}
    return found
