"""How well the estimates of the whole site foretold what was then seen."""

from dataclasses import dataclass

from django.db.models import QuerySet

from assessments.models import EvidenceSource, NoiseScale, SkillEvidence
from assessments.skill_check import AS_MODELLED, SCALES, Held, Seen, held, histogram, nearest_scale
from courses.content.skills import Skill
from portal.kit.stored_queries import StoredQuery

NEWEST = 2000
_WIDTH, _HEIGHT = 280, 120


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing of residuals, in the drawing's own units, with its count."""

    x: float
    y: float
    width: float
    height: float
    count: int
    is_inside: bool


@dataclass(frozen=True)
class WhatIf:
    """How many a setting of the knob would have held."""

    percent: int
    held: Held
    is_now: bool
    is_nearest: bool


@dataclass(frozen=True)
class SkillCheck:
    """What came of the predictions since the knob was last turned, the newest `NEWEST` of them."""

    percent: int
    seen: tuple[Seen, ...]
    past: tuple[NoiseScale, ...]

    @property
    def all(self) -> Held:
        """Those of all skills."""
        return held(self.seen)

    @property
    def by_skill(self) -> tuple[tuple[Skill, Held], ...]:
        """Those of each skill."""
        return tuple(
            (skill, held(one for one in self.seen if one.skill == skill)) for skill in Skill
        )

    @property
    def settings(self) -> tuple[WhatIf, ...]:
        """What each setting would have held; the nearest to 80 of 100 is named once it is known."""
        nearest = None if self.all.is_few else nearest_scale(self.seen, self.percent)
        return tuple(
            WhatIf(
                scale,
                held(self.seen, scale / self.percent),
                is_now=scale == self.percent,
                is_nearest=scale == nearest,
            )
            for scale in SCALES
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The residuals as bars; those inside the band are the three in the middle."""
        counts = histogram(self.seen)
        most, wide = max(1, *counts), _WIDTH / len(counts)
        middle = len(counts) // 2
        return tuple(
            Bar(
                x=round(wide * number + 3, 1),
                y=round(_HEIGHT * (1 - count / most), 1),
                width=round(wide - 6, 1),
                height=round(_HEIGHT * count / most, 1),
                count=count,
                is_inside=abs(number - middle) <= 1,
            )
            for number, count in enumerate(counts)
        )


def noise_percent() -> int:
    """Return how noisy evidence is taken to be, 100 being as modelled. One query."""
    return _PERCENT.first() or AS_MODELLED


def skill_check() -> SkillCheck:
    """Return how the predictions held since the knob was last turned, in two queries."""
    past = tuple(_latest_first().select_related("set_by")[:20])
    evidence = SkillEvidence.objects.filter(source=EvidenceSource.SCENARIO)
    if past:
        evidence = evidence.filter(recorded_at__gte=past[0].set_at)
    rows = evidence.order_by("-pk").values_list(
        "skill", "value", "expected", "expected_variance", "noise"
    )[:NEWEST]
    return SkillCheck(
        percent=past[0].percent if past else AS_MODELLED,
        seen=tuple(Seen(*row) for row in rows),
        past=past,
    )


def _latest_first() -> QuerySet[NoiseScale]:
    return NoiseScale.objects.order_by("-pk")


_PERCENT = StoredQuery(lambda: _latest_first().values_list("percent", flat=True)[:1])
