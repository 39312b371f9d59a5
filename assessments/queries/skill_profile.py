"""Somebody's skills: estimates with how sure they are, in words, and the evidence behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import EvidenceKind, OtherView, SafetyCheck, SkillEstimate, SkillEvidence
from assessments.queries.own_views import OwnRating, own_rating, views_on
from assessments.skill_estimate import MIN_EVENTS, Estimate, Word, fade
from courses.content.skill_frame import Behaviour, Expected, SkillFrame
from courses.content.skills import Skill
from courses.queries.by_name import Place
from courses.queries.frame import current_frame
from portal.kit.clock import utc_day
from portal.kit.sql import kept_rows
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User
from portal.people.permissions import Role

RECENT_SHOWN, EVIDENCE_SHOWN, CHECKS_SHOWN = 6, 50, 5
TREND = timedelta(days=90)
STEADY = 0.015

WORDS: Mapping[Word, Promise] = {
    Word.STRENGTH: _("Likely strength"),
    Word.GAP: _("Likely gap"),
    Word.OPEN: _("Can’t tell yet"),
    Word.TOO_LITTLE: _("Not enough evidence yet"),
}


@dataclass(frozen=True)
class SkillLine:
    """One kind of evidence on one skill, as of today; numbers are percents of the points.

    `change` is how far the estimate moved within the last 90 days, from -1 to 1.
    """

    skill: Skill
    kind: EvidenceKind
    estimate: Estimate
    level: float
    change: float
    last_on: date | None

    @property
    def word(self) -> Word:
        """What may be said."""
        return self.estimate.word(self.level)

    @property
    def in_words(self) -> Promise:
        """The same, for a reader."""
        return WORDS[self.word]

    @property
    def is_known(self) -> bool:
        """Whether there is enough evidence for numbers."""
        return self.estimate.is_enough

    @property
    def is_practice(self) -> bool:
        """Whether it is about practice and not the job."""
        return self.kind == EvidenceKind.PRACTICE

    @property
    def percent(self) -> int:
        """The estimate."""
        return round(100 * min(1.0, max(0.0, self.estimate.mean)))

    @property
    def low(self) -> int:
        """The lower end of the likely range."""
        return round(100 * self.estimate.interval[0])

    @property
    def high(self) -> int:
        """The upper end of the likely range."""
        return round(100 * self.estimate.interval[1])

    @property
    def level_percent(self) -> int:
        """The level that the person's role is expected to reach."""
        return round(100 * self.level)

    @property
    def missing(self) -> int:
        """How many pieces of evidence are missing at least."""
        return max(1, MIN_EVENTS - self.estimate.events)

    @property
    def points_changed(self) -> int:
        """How many points the estimate moved lately, without a sign."""
        return round(100 * abs(self.change))

    @property
    def direction(self) -> str:
        """Where it went lately: "up", "down" or "steady"."""
        if abs(self.change) < STEADY:
            return "steady"
        return "up" if self.change > 0 else "down"


@dataclass(frozen=True)
class BehaviourLine:
    """A behavior with how many items of the evidence asked for it, and the points they earned."""

    behaviour: Behaviour
    items: int
    points: float

    @property
    def percent(self) -> int:
        """The share of the points."""
        return round(100 * self.points / self.items) if self.items else 0


@dataclass(frozen=True)
class SkillProfile:
    """Everything about the skills of one person; two lines for each skill."""

    person: User
    lines: tuple[SkillLine, ...]
    recent: tuple[SkillEvidence, ...]
    checks: tuple[SafetyCheck, ...]

    @property
    def has_any(self) -> bool:
        """Whether there is any evidence at all."""
        return any(line.estimate.events for line in self.lines)


@dataclass(frozen=True)
class SkillPage:
    """One skill of one person: both lines, the behaviors, and the evidence, newest first.

    `before` and `after` say where the pages of evidence beside this one begin.
    """

    person: User
    skill: Skill
    summary: str
    lines: tuple[SkillLine, ...]
    behaviours: tuple[BehaviourLine, ...]
    evidence: tuple[SkillEvidence, ...]
    before: int | None
    after: int | None
    own_rating: OwnRating | None
    views: tuple[OtherView, ...]

    @property
    def least_seen(self) -> Behaviour | None:
        """The behavior that earned the least share of its points, None where all earned all."""
        missed = [one for one in self.behaviours if one.items and one.points < one.items]
        return min(missed, key=lambda one: one.points / one.items).behaviour if missed else None


def skill_profile(person: User, *, now: datetime) -> SkillProfile:
    """Return the skills of a person as of today, in five queries."""
    return SkillProfile(
        person=person,
        lines=_lines(person, current_frame(), list(Skill), now),
        recent=tuple(_RECENT.all(person=person.pk)),
        checks=tuple(_CHECKS.all(person=person.pk)),
    )


def skill_page(person: User, skill: Skill, place: Place, *, now: datetime) -> SkillPage:
    """Return one skill of a person with a page of its evidence and what they say.

    In seven queries. A place in the evidence is how many pieces came before it.
    """
    frame = current_frame()
    framed = frame.skill(skill)
    start = place.after or max(0, (place.before or 0) - EVIDENCE_SHOWN)
    evidence = _of_skill(person, skill, start)
    sums = _by_behaviour(person, skill)
    lines = _lines(person, frame, [skill], now)
    return SkillPage(
        person=person,
        skill=skill,
        summary=framed.summary,
        lines=lines,
        behaviours=tuple(
            BehaviourLine(one, items=items, points=points)
            for one in framed.behaviours
            for points, items in [sums.get(one.code, (0.0, 0))]
        ),
        evidence=tuple(evidence[:EVIDENCE_SHOWN]),
        before=start or None,
        after=start + EVIDENCE_SHOWN if len(evidence) > EVIDENCE_SHOWN else None,
        own_rating=own_rating(person, skill, _surest(lines)),
        views=views_on(person, skill),
    )


def skill_lines(person: User, *, now: datetime) -> tuple[SkillLine, ...]:
    """Return what practice and the job say of each skill of a person, in three queries."""
    return _lines(person, current_frame(), list(Skill), now)


def practice_word(person: User, skill: Skill, *, at: datetime) -> Word:
    """Return what may be said of a skill from practice."""
    return _lines(person, current_frame(), [skill], at)[0].word


def evidence_of(person: User | int) -> QuerySet[SkillEvidence]:
    """Return a person's evidence, the newest first, with what a list of it shows."""
    found = SkillEvidence.objects.standing().filter(user=person).order_by("-on", "-pk")
    return found.select_related("attempt__activity", "given_by").defer(
        "attempt__run_state", "attempt__result", "attempt__activity__draft"
    )


_RECENT = StoredQuery(lambda person: evidence_of(person)[:RECENT_SHOWN])
_OF_SKILL = StoredQuery(
    lambda person, skill: evidence_of(person).filter(skill=skill)[: EVIDENCE_SHOWN + 1]
)
_CHECKS = StoredQuery(
    lambda person: (
        SafetyCheck.objects.filter(user=person)
        .select_related("attempt__activity")
        .order_by("-on", "-pk")[:CHECKS_SHOWN]
    )
)
_ESTIMATES = StoredQuery(lambda person: SkillEstimate.objects.filter(user=person))
_MOVED = StoredQuery(
    lambda person, since: (
        SkillEvidence.objects.standing()
        .filter(user=person, on__gt=since)
        .order_by()
        .values_list("skill", "kind")
        .annotate(Sum("moved"))
    )
)


def _of_skill(person: User, skill: Skill, start: int) -> list[SkillEvidence]:
    """Return a page of evidence, and one piece more where there is another page."""
    if not start:
        return _OF_SKILL.all(person=person.pk, skill=skill.value)
    return list(evidence_of(person).filter(skill=skill)[start : start + EVIDENCE_SHOWN + 1])


def _by_behaviour(person: User, skill: Skill) -> dict[str, tuple[float, int]]:
    """Return the sum of points and the number of items of each behavior, over all evidence."""
    found = kept_rows(_BY_BEHAVIOUR, {"person": person.pk, "skill": skill.value})
    return {code: (points, items) for code, points, items in found}


# Of all evidence that stands, as `standing()` has it.
_BY_BEHAVIOUR = """
SELECT b.key, sum((b.value ->> 0)::float), sum((b.value ->> 1)::int)
FROM assessments_skillevidence e, jsonb_each(e.behaviours) b
WHERE e.user_id = %(person)s AND e.skill = %(skill)s AND NOT EXISTS (
    SELECT FROM assessments_skillevidence later
    WHERE later.supersedes_id = coalesce(e.supersedes_id, e.id) AND later.id > e.id
)
GROUP BY b.key
"""


def expected_of(expected: Expected, roles: list[str]) -> float:
    """Return the level that these roles are expected to reach."""
    return expected.lead if Role.LEAD in roles else expected.agent


def _surest(lines: tuple[SkillLine, ...]) -> Estimate:
    """Return the estimate of the line that has most evidence behind it; practice if both do."""
    return max(lines, key=lambda line: (line.is_known, line.estimate.events)).estimate


def _lines(
    person: User, frame: SkillFrame, skills: list[Skill], now: datetime
) -> tuple[SkillLine, ...]:
    today = utc_day(now)
    estimates = {
        (one.skill, one.kind): one.value
        for one in _ESTIMATES.all(person=person.pk)
        if one.skill in skills
    }
    moved = _MOVED.all(person=person.pk, since=today - TREND)
    changes = {(skill, kind): points for skill, kind, points in moved}
    return tuple(
        SkillLine(
            skill=skill,
            kind=kind,
            estimate=fade(estimate, today),
            level=expected_of(frame.skill(skill).expected, person.roles),
            change=changes.get((skill, kind), 0.0),
            last_on=estimate.on,
        )
        for skill in skills
        for kind in EvidenceKind
        for estimate in [estimates.get((skill, kind), Estimate())]
    )
