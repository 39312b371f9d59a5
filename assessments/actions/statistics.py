"""Counting first attempts into the statistics of quizzes, each once and however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction

from assessments.item_statistics import flags_of
from assessments.item_sums import ItemSeen, ItemSums, QuizSums
from assessments.models import Answer, Attempt, QuizStatistic
from assessments.queries.quiz_taken import quiz_taken
from courses.content.quiz_items import Item
from courses.content.shapes import item_shape, quiz_shape
from courses.models import ActivityKind
from courses.queries.content import quiz_of

BATCH = 1000
Sums = TypeVar("Sums", ItemSums, QuizSums)


class _Key(NamedTuple):
    """What sums are about: an item in one shape, or a whole quiz where `step_id` is empty."""

    activity_id: int
    step_id: str
    shape: str


class _Given(NamedTuple):
    """What stands as the answer to an item, and in how many seconds it was first given."""

    seconds: int
    payload: Mapping[str, Any]


class _Totals(NamedTuple):
    """What a batch of attempts comes to."""

    items: dict[_Key, ItemSums]
    asked: dict[_Key, Item]
    quizzes: dict[_Key, QuizSums]


def count_attempts(*, at: datetime, most: int = BATCH) -> int:
    """Count up to `most` attempts that no statistic has yet; return how many.

    Safe to run twice, and several at once: each attempt is claimed by its lock, and marked in the
    transaction that adds it. The cost grows with the attempts counted, not with those before.
    """
    with transaction.atomic():
        claimed = _claimed(most)
        quizzes = [one for one in claimed if one.activity.kind == ActivityKind.QUIZ]
        given = _answers_of(quizzes)
        totals = _Totals({}, {}, {})
        for attempt in quizzes:
            _take_in(totals, attempt, given[attempt.pk])
        _keep(totals, at=at)
        Attempt.objects.filter(pk__in=[one.pk for one in claimed]).update(counted_at=at)
    return len(claimed)


def uncount_attempt(attempt: Attempt, *, at: datetime) -> None:
    """Take a locked attempt back out of the statistics, if it is in any, before its key changes.

    Once its new result is kept, the next count takes it in again.
    """
    if attempt.counted_at is None or attempt.activity.kind != ActivityKind.QUIZ:
        return
    totals = _Totals({}, {}, {})
    _take_in(totals, attempt, _answers_of([attempt])[attempt.pk])
    _keep(totals, at=at, is_taken_back=True)
    attempt.counted_at = None


def _claimed(most: int) -> list[Attempt]:
    attempts = Attempt.objects.to_count().select_for_update(of=("self",), skip_locked=True)
    attempts = attempts.select_related("activity", "revision", "key_revision")
    attempts = attempts.defer(
        *("revision__content", "revision__media", "activity__draft"),
        *("key_revision__content", "key_revision__media"),
    )
    return list(attempts.order_by("finished_at")[:most])


def _answers_of(attempts: Sequence[Attempt]) -> dict[UUID, dict[str, _Given]]:
    """Return what was answered to each item; its time runs from the answer before."""
    before = {one.pk: one.started_at for one in attempts}
    found: dict[UUID, dict[str, _Given]] = {one.pk: {} for one in attempts}
    answers = Answer.objects.filter(attempt__in=list(before)).order_by("attempt", "seq")
    rows = answers.values_list("attempt_id", "step_id", "payload", "answered_at")
    for attempt, step_id, payload, answered_at in rows:
        first = found[attempt].get(step_id)
        seconds = first.seconds if first else int((answered_at - before[attempt]).total_seconds())
        found[attempt][step_id] = _Given(seconds, payload)
        before[attempt] = answered_at
    return found


def _take_in(totals: _Totals, attempt: Attempt, given: Mapping[str, _Given]) -> None:
    scores: Mapping[str, Any] = (attempt.result or {}).get("items", {})
    points = {key: one["points"] for key, one in scores.items() if one["points"] is not None}
    for item in quiz_taken(attempt).items:
        if item.id in scores:
            key = _Key(attempt.activity_id, item.id, item_shape(item))
            seen = _seen(item.id, points, scores[item.id]["answered"], given.get(item.id))
            totals.items.setdefault(key, ItemSums()).add(seen)
            totals.asked[key] = item
    key = _Key(attempt.activity_id, "", quiz_shape(quiz_of(attempt.keyed_by)))
    totals.quizzes.setdefault(key, QuizSums()).add(points)


def _seen(
    item_id: str, points: Mapping[str, float], is_answered: bool, given: _Given | None
) -> ItemSeen:
    own, total = points.get(item_id), sum(points.values())
    others = len(points) - (own is not None)
    return ItemSeen(
        points=own,
        rest=(total - (own or 0.0)) / others if others else 0.0,
        percent=int(100 * total / len(points)) if points else 0,
        chosen=tuple(_chosen_in(given.payload)) if given else (),
        is_answered=is_answered,
        seconds=given.seconds if given else None,
    )


def _chosen_in(payload: Mapping[str, Any]) -> Iterator[str]:
    """Give the options that an answer chose; of best and worst, which is which."""
    if option := payload.get("option"):
        yield option
    yield from payload.get("options", ())
    yield from (f"{name} {payload[name]}" for name in ("best", "worst") if payload.get(name))


def _keep(totals: _Totals, *, at: datetime, is_taken_back: bool = False) -> None:
    """Add sums to the row that each belongs to, or take them out; rows are locked in one order."""
    keys = [*totals.items, *totals.quizzes]
    fresh = [QuizStatistic(**key._asdict(), counted_at=at) for key in keys]
    QuizStatistic.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = QuizStatistic.objects.select_for_update().order_by("pk")
    rows = rows.filter(
        activity__in={key.activity_id for key in keys}, shape__in={key.shape for key in keys}
    )
    touched = []
    for row in rows:
        key = _Key(row.activity_id, row.step_id, row.shape)
        if of_item := totals.items.get(key):
            row.sums = _changed(ItemSums.from_json(row.sums), of_item, is_taken_back)
            raised = flags_of(totals.asked[key], ItemSums.from_json(row.sums))
            row.flags = [one.flag for one in raised]
        elif of_quiz := totals.quizzes.get(key):
            row.sums = _changed(QuizSums.from_json(row.sums), of_quiz, is_taken_back)
        else:
            continue
        row.counted_at = at
        touched.append(row)
    QuizStatistic.objects.bulk_update(touched, ["sums", "flags", "counted_at"])


def _changed(sums: Sums, by: Sums, is_taken_back: bool) -> dict[str, Any]:
    if is_taken_back:
        sums.take_out(by)
    else:
        sums.take_in(by)
    return sums.to_json()
