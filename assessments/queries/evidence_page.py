"""One piece of evidence: what it rests on, what it says, and how and why it moved the estimate."""

from dataclasses import dataclass
from math import sqrt

from django.db.models import Q, QuerySet

from assessments.models import EvidenceSource, OtherView, SkillEvidence
from assessments.queries.own_views import views_about
from assessments.skill_estimate import HALF_WIDTH
from courses.content.skills import Skill
from courses.queries.frame import frame_of_version
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

CALL_QUALITY = "call-quality:"


@dataclass(frozen=True)
class BehaviourShown:
    """A behavior in the words of its day, and the share of the points that it earned."""

    title: str
    items: int
    percent: int


@dataclass(frozen=True)
class Likely:
    """An estimate with its likely range."""

    mean: int
    low: int
    high: int


@dataclass(frozen=True)
class EvidencePage:
    """A piece of evidence; numbers are percents of the points.

    `low` and `high` hold what was expected of it, in 80 of 100 cases; `reference` names it where
    it came from another system.
    """

    evidence: SkillEvidence
    skill: Skill
    value: int
    low: int
    high: int
    weight: int
    before: Likely
    after: Likely
    behaviours: tuple[BehaviourShown, ...]
    reference: str
    replaced_by: SkillEvidence | None
    views: tuple[OtherView, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether it lay within what was expected of it."""
        return self.low <= self.value <= self.high

    @property
    def is_above(self) -> bool:
        """Whether it lay above what was expected of it."""
        return self.value > self.high


def evidence_visible_to(viewer: User) -> QuerySet[SkillEvidence]:
    """Return one's own evidence, and that of people whom one oversees."""
    own_or_overseen = Q(user=viewer) | Q(user__in=people_overseen_by(viewer))
    found = SkillEvidence.objects.filter(own_or_overseen)
    return found.select_related("user", "attempt__activity", "given_by", "frame").defer(
        "attempt__run_state", "attempt__result", "attempt__activity__draft", "frame__content"
    )


def evidence_page(evidence: SkillEvidence) -> EvidencePage:
    """Return what a piece of evidence did to the estimate, in two queries."""
    titles = frame_of_version(evidence.frame.number).titles
    before = max(0.0, evidence.expected_variance - evidence.noise)  # the estimate's own variance
    half = HALF_WIDTH * sqrt(evidence.expected_variance)
    first = evidence.supersedes_id or evidence.pk
    later = SkillEvidence.objects.filter(supersedes=first, pk__gt=evidence.pk)
    is_scored = evidence.source == EvidenceSource.IMPORTED
    return EvidencePage(
        evidence=evidence,
        skill=Skill(evidence.skill),
        value=_percent(evidence.value),
        low=_percent(evidence.expected - half),
        high=_percent(evidence.expected + half),
        weight=_percent(evidence.gain),
        before=_likely(evidence.expected, before),
        after=_likely(evidence.expected + evidence.moved, (1 - evidence.gain) * before),
        behaviours=tuple(
            BehaviourShown(titles.get(code, code), items, _percent(points / items))
            for code, (points, items) in evidence.behaviours.items()
            if items
        ),
        reference=evidence.proof.removeprefix(CALL_QUALITY) if is_scored else "",
        replaced_by=later.order_by("-pk").first(),
        views=views_about(evidence),
    )


def _likely(mean: float, variance: float) -> Likely:
    half = HALF_WIDTH * sqrt(variance)
    return Likely(_percent(mean), _percent(mean - half), _percent(mean + half))


def _percent(share: float) -> int:
    return round(100 * min(1.0, max(0.0, share)))
