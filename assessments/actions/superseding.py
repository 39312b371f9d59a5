"""Evidence that a mended key makes of an attempt: it stands for the old, and nothing is deleted."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from assessments.actions.evidence import Finding, findings_of, locked_estimates
from assessments.models import Attempt, EvidenceKind, SkillEstimate, SkillEvidence
from assessments.queries.shown import shown_in
from assessments.queries.skill_check import noise_percent
from assessments.skill_estimate import Evidence, Prediction, Source, Step, predict, steps_of
from courses.content.skills import Skill


@transaction.atomic
def supersede_evidence(attempt: Attempt, *, at: datetime) -> list[SkillEvidence]:
    """Let what an attempt shows by its new key stand for what it showed by the old one.

    Nothing is deleted: a row supersedes the first, and the estimates are worked out again as if it
    had stood there all along. What it moved then is what it moves in that place.
    """
    found = {
        one.skill: one for one in findings_of(shown_in(attempt), attempt.activity_id, Source.QUIZ)
    }
    standing = list(SkillEvidence.objects.standing().filter(attempt=attempt))
    estimates = locked_estimates(attempt.user, EvidenceKind.PRACTICE, sorted(found))
    evidence = []
    for old in standing:
        new, estimate = found.get(Skill(old.skill)), estimates.get(old.skill)
        if new is None or estimate is None:
            continue
        new = _weighed(old, new)
        if _is_as_before(old, new):
            continue
        steps = _steps_with(old, new, estimate)
        place, step = next((n, one) for n, one in enumerate(steps) if one[0] == old.pk)
        before = steps[place - 1][1].after if place else estimate.start
        expected = predict(before, noise=new.noise, on=old.on)
        estimate.value = steps[-1][1].after
        evidence.append(_successor(old, new, expected, step[1], at))
    SkillEstimate.objects.bulk_update(
        estimates.values(), ["mean", "variance", "on", "events", "sources"]
    )
    return SkillEvidence.objects.bulk_create(evidence)


def _weighed(old: SkillEvidence, new: Finding) -> Finding:
    """Keep the noise that was in force then, as long as as many items tell of the skill."""
    noise = old.noise if old.items == new.items else new.noise * noise_percent() / 100
    return replace(new, noise=noise)


def _is_as_before(old: SkillEvidence, new: Finding) -> bool:
    return (old.value, old.noise, old.items) == (new.value, new.noise, new.items)


def _steps_with(
    old: SkillEvidence, new: Finding, estimate: SkillEstimate
) -> list[tuple[int, Step]]:
    """Return every step of an estimate, the old finding replaced, with the id of its evidence."""
    rows = SkillEvidence.objects.standing().filter(user=old.user_id, skill=old.skill, kind=old.kind)
    in_place = list(rows.in_place())
    events = [
        Evidence(Source(one.source), new.value, new.noise, one.on) if one == old else one.as_event
        for one in in_place
    ]
    steps = steps_of(events, estimate.start)
    return [(row.pk, step) for row, step in zip(in_place, steps, strict=True)]


def _successor(
    old: SkillEvidence, new: Finding, expected: Prediction, step: Step, at: datetime
) -> SkillEvidence:
    return SkillEvidence(
        user_id=old.user_id,
        skill=old.skill,
        kind=old.kind,
        source=old.source,
        value=new.value,
        noise=new.noise,
        items=new.items,
        behaviours=new.behaviours,
        is_provisional=new.is_provisional,
        frame_id=old.frame_id,
        attempt_id=old.attempt_id,
        supersedes_id=old.supersedes_id or old.pk,
        expected=expected.mean,
        expected_variance=expected.variance,
        gain=step.gain,
        moved=step.moved,
        on=old.on,
        recorded_at=at,
    )
