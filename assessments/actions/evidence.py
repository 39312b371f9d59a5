"""Evidence: what an attempt or a rating shows is written down once, and moves the estimate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from assessments.actions.tallies import count_items
from assessments.models import (
    Attempt,
    EvidenceKind,
    SafetyCheck,
    SkillEstimate,
    SkillEvidence,
)
from assessments.queries.shown import ItemShown, Shown, counts_as_evidence, shown_in
from assessments.queries.skill_check import noise_percent
from assessments.queries.tallies import difficulty_of
from assessments.skill_estimate import (
    START_MEAN,
    START_SD,
    Evidence,
    Source,
    lead_noise,
    predict,
    quiz_noise,
    rating_value,
    scenario_noise,
    update,
)
from courses.actions.framing import frame_in_force
from courses.content.skills import Skill
from courses.models import ActivityKind
from portal.kit.clock import utc_day
from portal.kit.sql import kept_rows, kept_run
from portal.kit.stored_writes import insert
from portal.people.models import User

KIND_OF = {
    Source.SCENARIO: EvidenceKind.PRACTICE,
    Source.QUIZ: EvidenceKind.PRACTICE,
    Source.LEAD: EvidenceKind.JOB,
    Source.IMPORTED: EvidenceKind.JOB,
}


@dataclass(frozen=True)
class Finding:
    """What one event shows of one skill; `behaviours` has points and items by code."""

    skill: Skill
    value: float
    noise: float
    items: int
    behaviours: dict[str, tuple[float, int]]
    is_provisional: bool = False


@dataclass(frozen=True)
class Origin:
    """Where findings come from: an attempt, or `proof` of another kind and who gave it."""

    source: Source
    on: date
    attempt: Attempt | None = None
    proof: str = ""
    given_by: User | None = None


@transaction.atomic(savepoint=False)
def record_evidence(attempt: Attempt, *, at: datetime) -> list[SkillEvidence]:
    """Write down what a closed attempt shows, if it is evidence at all; once for each attempt.

    Safety gates become a record of their own and never move a skill.
    """
    if not counts_as_evidence(attempt):
        return []
    shown = shown_in(attempt)
    is_call = attempt.activity.kind == ActivityKind.SCENARIO
    source = Source.SCENARIO if is_call else Source.QUIZ
    assert attempt.finished_at is not None
    origin = Origin(source, on=utc_day(attempt.finished_at), attempt=attempt)
    findings = findings_of(shown, attempt.activity_id, source)
    count_items(shown.items, activity_id=attempt.activity_id, source=source)
    _keep_gates(shown, origin, at=at)
    return take_in(findings, origin, user=attempt.user, at=at)


def record_rating(
    skill: Skill,
    ratings: dict[str, int],
    *,
    user: User,
    by: User,
    proof: str,
    is_calibrated: bool,
    on: date,
    at: datetime,
) -> list[SkillEvidence]:
    """Write down how a lead rated behaviors of one skill on one observed call, from 1 to 5.

    `proof` names the rating it rests on, such as `coaching.rating:12`; give each of them once.
    """
    values = {code: rating_value(rating) for code, rating in ratings.items()}
    finding = Finding(
        skill=skill,
        value=sum(values.values()) / len(values),
        noise=lead_noise(is_calibrated=is_calibrated),
        items=len(values),
        behaviours={code: (value, 1) for code, value in values.items()},
    )
    origin = Origin(Source.LEAD, on=on, proof=proof, given_by=by)
    return take_in([finding], origin, user=user, at=at)


@transaction.atomic(savepoint=False)
def take_in(
    findings: Sequence[Finding], origin: Origin, *, user: User, at: datetime
) -> list[SkillEvidence]:
    """Let findings move the estimates of a person, without reading what moved them before."""
    if not findings:
        return []
    frame, scale = frame_in_force(at=at), noise_percent() / 100
    kind = KIND_OF[origin.source]
    estimates = locked_estimates(user, kind, [one.skill for one in findings])
    evidence = []
    for finding in findings:
        estimate = estimates[finding.skill]
        noise = finding.noise * scale
        event = Evidence(origin.source, finding.value, noise, origin.on)
        expected = predict(estimate.value, noise=noise, on=origin.on)
        step = update(estimate.value, event)
        estimate.value = step.after
        evidence.append(
            SkillEvidence(
                user=user,
                skill=finding.skill,
                kind=kind,
                source=origin.source,
                value=finding.value,
                noise=noise,
                items=finding.items,
                behaviours=finding.behaviours,
                is_provisional=finding.is_provisional,
                frame=frame,
                attempt=origin.attempt,
                proof=origin.proof,
                given_by=origin.given_by,
                expected=expected.mean,
                expected_variance=expected.variance,
                gain=step.gain,
                moved=step.moved,
                on=origin.on,
                recorded_at=at,
            )
        )
    _keep_estimates(estimates.values())
    insert(*evidence)
    return evidence


def findings_of(shown: Shown, activity_id: int, source: Source) -> list[Finding]:
    """Return what an attempt shows of each skill, evened out for how hard its items are."""
    difficulty = difficulty_of(activity_id, source)
    return [
        Finding(
            skill=skill,
            value=difficulty.value_of(items),
            noise=(
                scenario_noise(len(items), is_provisional=shown.is_provisional)
                if source is Source.SCENARIO
                else quiz_noise(len(items))
            ),
            items=len(items),
            behaviours=_by_behaviour(items),
            is_provisional=shown.is_provisional,
        )
        for skill, items in shown.by_skill().items()
    ]


def _by_behaviour(items: Iterable[ItemShown]) -> dict[str, tuple[float, int]]:
    sums: dict[str, tuple[float, int]] = {}
    for one in items:
        points, number = sums.get(one.behaviour, (0.0, 0))
        sums[one.behaviour] = (points + one.share, number + 1)
    return sums


def _keep_gates(shown: Shown, origin: Origin, *, at: datetime) -> None:
    assert origin.attempt is not None
    checks = [
        SafetyCheck(
            user=origin.attempt.user,
            attempt=origin.attempt,
            gate=one.gate,
            title=one.title,
            result=one.result,
            on=origin.on,
            recorded_at=at,
        )
        for one in shown.gates
    ]
    insert(*checks)


def locked_estimates(
    user: User, kind: EvidenceKind, skills: Sequence[Skill]
) -> dict[str, SkillEstimate]:
    """Return the estimates of these skills, locked in one order so that none waits in a circle.

    An estimate that is not there yet begins here.
    """
    params = {
        "user": user.pk,
        "kind": str(kind),
        "skills": sorted(map(str, skills)),
        "mean": START_MEAN,
        "variance": START_SD**2,
    }
    return {
        row[1]: SkillEstimate(user=user, kind=kind, **dict(zip(_OF_AN_ESTIMATE, row, strict=True)))
        for row in kept_rows(_LOCKED, params)
    }


def _keep_estimates(estimates: Iterable[SkillEstimate]) -> None:
    moved = list(estimates)
    params = {
        "ids": [one.pk for one in moved],
        "means": [one.mean for one in moved],
        "variances": [one.variance for one in moved],
        "days": [one.on for one in moved],
        "events": [one.events for one in moved],
        "sources": [",".join(one.sources) for one in moved],
    }
    kept_run(_KEEP_ESTIMATES, params)


_OF_AN_ESTIMATE = ("id", "skill", "start_mean", "mean", "variance", "on", "events", "sources")
# A row that is there is written as it was: that locks it, and gives it back like a new one.
_LOCKED = """
INSERT INTO assessments_skillestimate AS one
    (user_id, skill, kind, start_mean, mean, variance, events, sources)
SELECT %(user)s::bigint, skill, %(kind)s::text, %(mean)s::float, %(mean)s::float,
    %(variance)s::float, 0, '{}'::varchar[]
FROM unnest(%(skills)s::text[]) AS skill ORDER BY skill
ON CONFLICT (user_id, skill, kind) DO UPDATE SET mean = one.mean
RETURNING id, skill, start_mean, mean, variance, "on", events, sources
"""
_KEEP_ESTIMATES = """
UPDATE assessments_skillestimate AS one SET
    mean = fresh.mean, variance = fresh.variance, "on" = fresh.day, events = fresh.events,
    sources = string_to_array(fresh.sources, ',')
FROM unnest(
    %(ids)s::bigint[], %(means)s::float[], %(variances)s::float[], %(days)s::date[],
    %(events)s::int[], %(sources)s::text[]
) AS fresh (id, mean, variance, day, events, sources)
WHERE one.id = fresh.id
"""
