"""Evidence for attempts of before there was any, and estimates from the evidence alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from assessments.actions.evidence import record_evidence
from assessments.models import (
    Attempt,
    AttemptMode,
    EvidenceKind,
    SafetyCheck,
    SkillEstimate,
    SkillEvidence,
)
from assessments.skill_estimate import Estimate, estimate_of

ROUNDING = 1e-9
_PEOPLE_AT_ONCE = 200
_TAKEN_IN = ("user", "skill", "kind", "source", "value", "noise", "on")


@dataclass(frozen=True)
class Difference:
    """An estimate that is not what its evidence leads to."""

    estimate: SkillEstimate
    found: Estimate


def backfill_evidence(*, at: datetime) -> int:
    """Write down what attempts show that closed before evidence was kept; safe to repeat.

    In the order in which they closed. Returns how many attempts gave evidence.
    """
    closed = Attempt.objects.filter(mode=AttemptMode.ASSESSED, number=1, finished_at__isnull=False)
    missing = closed.filter(
        ~Exists(SkillEvidence.objects.filter(attempt=OuterRef("pk"))),
        ~Exists(SafetyCheck.objects.filter(attempt=OuterRef("pk"))),
    )
    ids = list(missing.order_by("finished_at", "pk").values_list("pk", flat=True))
    return sum(_backfill_one(pk, at=at) for pk in ids)


def differing_estimates() -> Iterator[Difference]:
    """Give every estimate that its evidence, taken in from the start, does not lead to."""
    for estimate, found in _recomputed():
        if not _is_same(estimate.value, found):
            yield Difference(estimate, found)


@transaction.atomic
def recompute_estimates(user_id: int) -> int:
    """Bring the estimates of a person in line with their evidence; return how many moved."""
    estimates = SkillEstimate.objects.select_for_update(of=("self",)).filter(user=user_id)
    moved = 0
    for estimate, found in _with_evidence(list(estimates.order_by("skill", "kind"))):
        if not _is_same(estimate.value, found):
            estimate.value = found
            estimate.save()
            moved += 1
    return moved


@transaction.atomic
def _backfill_one(attempt_id: UUID, *, at: datetime) -> bool:
    attempts = Attempt.objects.select_for_update(of=("self",))
    attempt = attempts.select_related("revision", "activity", "user").get(pk=attempt_id)
    if attempt.evidence.exists() or attempt.safety_checks.exists():
        return False
    return bool(record_evidence(attempt, at=at))


def _recomputed() -> Iterator[tuple[SkillEstimate, Estimate]]:
    """Give each estimate with what its evidence leads to, so many people at a time."""
    people = SkillEstimate.objects.order_by("user").values_list("user", flat=True).distinct()
    ids = list(people)
    for start in range(0, len(ids), _PEOPLE_AT_ONCE):
        some = SkillEstimate.objects.filter(user__in=ids[start : start + _PEOPLE_AT_ONCE])
        yield from _with_evidence(list(some.order_by("user", "skill", "kind")))


def _with_evidence(estimates: list[SkillEstimate]) -> Iterator[tuple[SkillEstimate, Estimate]]:
    of_whom = {one.user_id for one in estimates}
    standing = SkillEvidence.objects.standing().filter(user__in=of_whom)
    evidence = standing.in_place().only(*_TAKEN_IN)
    key = attrgetter("user_id", "skill", "kind")
    events = {which: [one.as_event for one in group] for which, group in groupby(evidence, key)}
    for estimate in estimates:
        found = events.get((estimate.user_id, estimate.skill, EvidenceKind(estimate.kind)), [])
        yield estimate, estimate_of(found, estimate.start)


def _is_same(stored: Estimate, found: Estimate) -> bool:
    return (
        abs(stored.mean - found.mean) < ROUNDING
        and abs(stored.variance - found.variance) < ROUNDING
        and (stored.on, stored.events, stored.sources) == (found.on, found.events, found.sources)
    )
